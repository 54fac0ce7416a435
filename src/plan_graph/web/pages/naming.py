"""What resources are called on a page: by the graph, by the vocabularies, or by their shortened IRIs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plan_graph.iri import shorten
from plan_graph.web.shipped import labels
from plan_graph.web.site import Site


class Names:
    """The names of resources in a language: ``found`` as ``shipped.labels`` gives them, else the vocabularies'."""

    def __init__(self, site: Site, found: Mapping[str, Mapping[str, str]], lang: str) -> None:
        self._site, self._found, self._lang = site, found, lang

    @classmethod
    def of(cls, site: Site, iris: Iterable[str], lang: str) -> Names:
        """Ask for the names of some resources, all at once."""
        return cls(site, labels(site.store, iris), lang)

    def known(self, iri: str) -> str | None:
        """Give the name of a resource, or nothing if it has none in the graph or the vocabularies."""
        found = self._found.get(iri)
        if found:
            other = "zh" if self._lang == "en" else "en"
            return next((found[one] for one in (self._lang, other, "") if one in found), next(iter(found.values())))
        zh, en = self._site.terms.get(iri, ("", ""))
        return (en if self._lang == "en" else zh) or None

    def __call__(self, iri: str) -> str:
        """Give the name of a resource, or its IRI shortened."""
        return self.known(iri) or shorten(iri, self._site.base).strip("<>")

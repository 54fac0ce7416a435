"""What hosts are told: which file a client gets by the forms and the languages it accepts, what is gone, what is open.

Static hosts weigh no preferences (RFC 9110, section 12.5.1): a form is chosen by patterns over the Accept header. Among
the forms that are named without a weight below 1 the first is taken, then the first of the others; a browser names
HTML first. The same patterns stand in the configuration of nginx, of Apache and of w3id.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plan_graph.publish.layout import ENGLISH
from plan_graph.web.pages.templates import BESIDE
from plan_graph.web.representation import HTML, RDF

FORMS = {"html": HTML, **{suffix: RDF[suffix] for suffix in BESIDE}}
MEDIA = {
    **FORMS,
    "nq": "application/n-quads",
    "trig": "application/trig",
    "txt": "text/plain",
    "css": "text/css",
    "csv": "text/csv",
    "js": "application/javascript",
    "json": "application/json",
    "xml": "application/xml",
    "gexf": "application/xml",
    "graphml": "application/xml",
    "net": "text/plain",
    "dl": "text/plain",
    "cff": "application/yaml",
    "gz": "application/gzip",
    "svg": "image/svg+xml",
    "png": "image/png",
    "parquet": "application/vnd.apache.parquet",
}
_TEXTS = ("text/turtle", "application/ld+json", "application/n-triples", "application/n-quads", "application/trig")
# what is told on the page of something else (layout.PARTS), as hosts write it: pattern → page
_SUFFIX = r"(?:\.(?:html|ttl|jsonld|nt))?"
_PARTS = (
    (r"participation/(?<a>[^/]+/[^/]+)/[a-z]+-\d+(?<b>" + _SUFFIX + ")", "task/$a$b"),
    (r"(?<a>(?:directed-)?tie)/\d+/(?<b>[^/]+/[^/]+)", "$a/all/$b"),
)
# what is there as Turtle alone: one version of the terms, the shapes, what changed between two releases
_ALONE = (
    (r"(?<a>ns/\d+(?:\.\d+)*)", "$a.ttl"),
    ("shapes", "ontology/shapes.ttl"),
    (r"revision/(?<a>[0-9a-f]+-[0-9a-f]+)", "changes/$a.ttl"),
)
_PLACED = (
    ("participation/:document/:task/:role", "task/:document/:task"),
    ("tie/:year/:left/:right", "tie/all/:left/:right"),
    ("directed-tie/:year/:left/:right", "directed-tie/all/:left/:right"),
)
_LESS, _NEVER = r"\s*;\s*q\s*=\s*0", r"\s*;\s*q\s*=\s*0(?:\.0*)?\s*(?:,|$)"
ENGLISH_FIRST = r"^(?:(?!\bzh).)*\ben"


def patterns() -> list[tuple[str, str]]:
    """Give (suffix, pattern of Accept) in the order in which they are tried; what fits none is a page.

    >>> import re
    >>> def form(accept):
    ...     return next((suffix for suffix, one in patterns() if re.search(one, accept)), "html")
    >>> form("text/turtle"), form("text/html,application/xhtml+xml,*/*;q=0.8"), form("text/html;q=0.5, text/turtle")
    ('ttl', 'html', 'ttl')
    """
    made = []
    for unless in (_LESS, _NEVER):
        known = "|".join(_quoted(media) for media in FORMS.values())
        for suffix, media in FORMS.items():
            made.append((suffix, rf"^(?:(?!(?:{known})(?!{unless})).)*{_quoted(media)}(?!{unless})"))
    return made


def _quoted(media: str) -> str:
    return media.replace("+", r"\+")


def files(site: str, base: str, gone: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Give the files that configure hosts of a site at the address ``site`` with resources below ``base``.

    ``gone`` are the paths of pages of resources that are no more. Rules for w3id.org are for a base that is there.
    """
    values = {
        "site": site,
        "base": base,
        "below": "/".join(urlsplit(base).path.split("/")[2:]),
        "root": urlsplit(site).path,
        "path": unquote(urlsplit(site).path),  # as servers see it
        "patterns": patterns(),
        "media": MEDIA,
        "texts": _TEXTS,
        "parts": [(_named(pattern, "(?<"), _named(page, "$")) for pattern, page in (*_PARTS, *_ALONE)],
        "numbered": _numbered(_PARTS),
        "alone": _numbered(_ALONE),
        "placed": _PLACED,
        "english": ENGLISH,
        "english_first": ENGLISH_FIRST,
        "gone": gone,
    }
    for name, template in _FILES.items():
        if name.startswith(_W3ID) and not base.startswith("https://w3id.org/"):
            continue  # of a base elsewhere w3id leads nowhere
        yield name, _environment.get_template(template).render(values).encode()
    yield ".nojekyll", b""  # GitHub Pages: files whose names begin with . or _ are files


_NAMED = re.compile(r"\(\?<[ab]>")
_W3ID = "hosting/w3id/"
_FILES = {
    "hosting/nginx-http.conf": "nginx-http.conf.txt",
    "hosting/nginx-server.conf": "nginx-server.conf.txt",
    "hosting/w3id/.htaccess": "w3id/htaccess.txt",
    "hosting/w3id/README.md": "w3id/README.md.txt",
    ".htaccess": "htaccess.txt",
    "_redirects": "_redirects.txt",
    "_headers": "_headers.txt",
}


def _numbered(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Write captures by their numbers, as Apache does."""
    return [(_NAMED.sub("(", pattern), page.replace("$a", "$1").replace("$b", "$2")) for pattern, page in pairs]


def _named(text: str, sign: str) -> str:
    """Write the captures of a pattern or a page with names that no other configuration has."""
    return text.replace(f"{sign}a", f"{sign}plan_graph_a").replace(f"{sign}b", f"{sign}plan_graph_b")


_environment = Environment(  # of texts, not of pages: nothing is escaped
    loader=FileSystemLoader(Path(__file__).parent / "hosts"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)

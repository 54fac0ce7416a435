"""What search engines read on a page: the resource it is of in the terms of schema.org, and where its other forms are.

Only what the page says is said. A task is an ``Action`` whose agents lead or are responsible; documents are
``Legislation``, which schema.org has for all acts of authorities.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from plan_graph.graph.statements.registers import ORGANISATIONS
from plan_graph.model.plan import Role
from plan_graph.publish.layout import LANGUAGES, page_file, stem
from plan_graph.publish.release import Release
from plan_graph.web.pages.templates import BESIDE
from plan_graph.web.pages.visit import Page
from plan_graph.web.representation import RDF
from plan_graph.web.site import Site

Values = Mapping[str, Any]
Described = dict[str, Any]
_TAGS = {"zh": "zh-Hans", "en": "en"}


def head(release: Release, site: Site, page: Page, address: str, iri: str, lang: str, number: int = 1) -> Markup:
    """Give the elements for the head of a page: its own address, its other language, its data, and JSON-LD."""
    own = page_file(address, lang, number)
    up = "../" * own.count("/")
    made = [f'<link rel="canonical" href="{escape(release.address(own))}">']
    for one in LANGUAGES:
        to = escape(release.address(page_file(address, one, number)))
        made.append(f'<link rel="alternate" hreflang="{_TAGS[one]}" href="{to}">')
    beside = escape(f"{up}{stem(address)}")
    made += [
        f'<link rel="alternate" type="{RDF[suffix]}" href="{beside}.{suffix}">' for suffix in (BESIDE if iri else ())
    ]
    about = _KINDS[page.template](site, page.values, lang) if page.template in _KINDS else {}
    if address == "/":
        about = dataset(release, lang)
    if about:
        whole = {
            "@context": "https://schema.org/",
            **about,
            "@id": iri or f"{release.site}#dataset",
            "url": release.address(own),
        }
        text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        made.append(f'<script type="application/ld+json">{text}</script>')
    return Markup("\n".join(made))


def dataset(release: Release, lang: str) -> Described:
    """Describe the release as a dataset."""
    publisher = {"@type": "Organization", "name": release.publisher.name.of(lang)}
    if release.publisher.address:
        publisher["url"] = release.publisher.address
    return {
        "@type": "Dataset",
        "name": release.title.of(lang),
        "description": release.description.of(lang),
        "version": release.version,
        "datePublished": release.issued.isoformat(),
        "inLanguage": list(_TAGS.values()),
        "publisher": publisher,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/n-quads",
                "contentUrl": release.address("dumps/graph.nq.gz"),
            }
        ],
        **({"license": release.licence} if release.licence else {}),
    }


def _named(name: str, english: str | None, lang: str) -> Described:
    both = (english, name) if lang == "en" and english else (name, english)
    return {"name": both[0], **({"alternateName": both[1]} if both[1] and both[1] != both[0] else {})}


def _task(site: Site, values: Values, lang: str) -> Described:
    task, facts = values["task"], site.facts
    named: dict[str, list[Described]] = {"agent": [], "participant": []}
    for party in task.parties:
        agent = facts.agents.get(party.body)
        key = "agent" if party.role in (Role.LEAD, Role.RESPONSIBLE) else "participant"
        one = {"@type": "Organization", "name": agent.name if agent else party.name}
        if agent and agent.single:
            one["@id"] = f"{site.base}body/{agent.id}"
        if one not in named[key]:
            named[key].append(one)
    return {
        "@type": "Action",
        "name": f"{'Task' if lang == 'en' else '任务'} {task.id}",
        "description": task.text,
        "identifier": task.id,
        **{key: found for key, found in named.items() if found},
        **({"location": [_place_of(site, one.code, lang) for one in task.places]} if task.places else {}),
        "subjectOf": {"@type": "Legislation", "@id": f"{site.base}document/{task.plan}", "name": values["plan"].title},
    }


def _place_of(site: Site, code: str, lang: str) -> Described:
    place = site.facts.places.get(code)
    made: Described = {"@type": "AdministrativeArea", "@id": f"{site.base}place/{code}"}
    return made | _named(place.name, place.name_en, lang) if place else made


def _body(_: Site, values: Values, lang: str) -> Described:
    agent = values["agent"]
    kind = "GovernmentOrganization" if agent.single and agent.kind not in ORGANISATIONS else "Organization"
    names = [one for one in (agent.name_en, *agent.others) if one and one != agent.name]
    return {
        "@type": kind,
        "name": agent.name_en if lang == "en" and agent.name_en else agent.name,
        **({"alternateName": list(dict.fromkeys(names))} if names else {}),
        "identifier": agent.id,
        **({"foundingDate": agent.valid_from} if agent.valid_from else {}),
        **({"dissolutionDate": agent.valid_until} if agent.valid_until else {}),
    }


def _place(site: Site, values: Values, lang: str) -> Described:
    place = values["place"]
    within = {"containedInPlace": _place_of(site, place.parent, lang)} if place.parent else {}
    return {
        "@type": "AdministrativeArea",
        **_named(place.name, place.name_en, lang),
        "identifier": place.code,
        **within,
    }


def _theme(_: Site, values: Values, lang: str) -> Described:
    theme = values["theme"]
    return {"@type": "DefinedTerm", **_named(theme.name, theme.name_en, lang), "termCode": theme.key}


def _act(_: Site, values: Values, __: str) -> Described:
    about = values["about"]
    issuers = values["issuers"] if "issuers" in values else about.get("issuers", ())
    made: Described = {"@type": "Legislation", "name": about["title"], "inLanguage": "zh-Hans"}
    if about.get("number"):
        made["legislationIdentifier"] = about["number"]
    if about.get("issued"):
        made["legislationDate"] = str(about["issued"])
    if issuers:
        made["legislationPassedBy"] = [
            {"@type": "GovernmentOrganization", "@id": iri, "name": name} for iri, name in issuers
        ]
    return made


_KINDS: Mapping[str, Callable[[Site, Values, str], Described]] = {
    "task.html": _task,
    "body.html": _body,
    "place.html": _place,
    "theme.html": _theme,
    "document.html": _act,
    "plan.html": _act,
}

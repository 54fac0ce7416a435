"""What workers do for the reconciliation service: values of ``authority.reconciliation`` as JSON, previews as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

from plan_graph.authority.answer import describe_body
from plan_graph.authority.reconciliation.asked import TooManyError, read_json
from plan_graph.authority.reconciliation.extension import extend, propose
from plan_graph.authority.reconciliation.manifest import manifest
from plan_graph.authority.reconciliation.queries import PROPERTIES
from plan_graph.authority.reconciliation.records import BODY, COLLECTIVE, LEVELS, record_of
from plan_graph.authority.reconciliation.suggestions import suggest
from plan_graph.errors import InputError, NotFoundError
from plan_graph.model.register import Body
from plan_graph.web.job import Reply
from plan_graph.web.pages.templates import frame, template
from plan_graph.web.pages.visit import Visit
from plan_graph.web.site import Site

Asked = Mapping[str, Any]
_MOST = 1_000_000  # how far suggestions can be paged, and how many properties proposed


def reconcile(site: Site, asked: Asked, out: BinaryIO) -> Reply:
    """Do what ``asked['what']`` says, and write the answer.

    :raises NotFoundError: for an entity, type or property that there is not.
    :raises InputError: for what cannot be read; a batch that is too large is answered with status 413.
    """
    if asked["what"] in ("preview", "view"):
        return _page(site, asked, out)
    try:
        answer = _ANSWERS[asked["what"]](site, asked)
    except TooManyError as error:
        out.write(f"{error}\n{error.zh}".encode())
        return Reply(413, "error", {"Plan-Graph-Reason": "too-large"})
    out.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return Reply(200, "application/json")


def _queries(site: Site, asked: Asked) -> object:
    return site.reconciler.answer(read_json(asked["queries"]))


def _extend(site: Site, asked: Asked) -> object:
    return extend(site.reconciler, read_json(asked["extend"]))


def _manifest(site: Site, asked: Asked) -> object:
    return manifest(site.base, asked["service"])


def _properties(_: Site, asked: Asked) -> object:
    return propose(asked.get("type", ""), _number(asked["limit"]) if asked.get("limit") else None)


def _suggest(site: Site, asked: Asked) -> object:
    return suggest(site.reconciler, asked["kind"], asked.get("prefix", "")[:200], _number(asked.get("cursor") or "0"))


def _flyout(site: Site, asked: Asked) -> object:
    """Give a small piece of HTML about an entity, a type or a property (section 6.5)."""
    one, kind = asked.get("id", ""), asked["kind"]
    if kind == "entity":
        values = _known(site, one)
    else:
        known = {**site.reconciler.kinds, **dict((BODY, COLLECTIVE))} if kind == "type" else dict(PROPERTIES)
        if one not in known:
            raise _unknown(one)
        values = {"id": one, "label": known[one]}
    visit = Visit("/reconcile", {}, (), asked["lang"])
    return {
        "id": one,
        "html": template("reconciliation/flyout.html", visit.lang).render(one=values).strip(),
    }


def _page(site: Site, asked: Asked, out: BinaryIO) -> Reply:
    one = asked.get("id", "")
    iri = site.base + site.reconciler.id_of(one)
    if asked["what"] == "view" and iri in site.index.numbers:
        return Reply(303, "text/plain; charset=utf-8", {"Location": quote(site.local(iri) or "/")})
    values = _known(site, one)
    visit = Visit("/reconcile/preview", {}, [("id", one)], asked["lang"])
    page = {**frame(visit, site.build), "one": values, "iri": iri}
    out.write(template("reconciliation/preview.html", visit.lang).render(page).encode())
    return Reply(200, "text/html; charset=utf-8", {"Content-Language": asked["lang"]})


def _known(site: Site, one: str) -> dict[str, Any]:
    """Give what the registers say of an entity, for a template."""
    identifier = site.reconciler.id_of(one)
    record = record_of(site.register, identifier)
    if record is None:
        raise _unknown(one)
    if isinstance(record, Body):
        made = describe_body(site.register, record)
        shown = {"kind": site.reconciler.kinds.get(record.kind, record.kind), "level": LEVELS[record.level][0]}
        return {**made, **shown, "id": identifier, "label": record.name}
    members = [site.register.body(member).name for member in record.members if site.register.knows(member)]
    return {"id": identifier, "label": record.name, "kind": COLLECTIVE[1], "members": members}


def _unknown(one: str) -> NotFoundError:
    return NotFoundError(f"the registers have no {one[:80]!r}", f"登记册中没有 {one[:80]!r}")


def _number(words: str) -> int:
    if not words.isascii() or not words.isdigit() or len(words) > 9:
        raise InputError(f"{words[:40]!r} is no whole number", f"{words[:40]!r} 不是整数")
    return min(int(words), _MOST)


_ANSWERS: Mapping[str, Callable[[Site, Asked], object]] = {
    "queries": _queries,
    "extend": _extend,
    "manifest": _manifest,
    "properties": _properties,
    "suggest": _suggest,
    "flyout": _flyout,
}

"""The dataset as a whole, written by workers: as VoID, as SPARQL service, as words to complete, as quads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from pyoxigraph import RdfFormat, Triple

from plan_graph.graph.statements.service import SERVICE_PREFIXES, Described, service, void
from plan_graph.web.describe import write
from plan_graph.web.job import Reply
from plan_graph.web.jsonld import MEDIA
from plan_graph.web.site import Site


def write_void(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the VoID description of the dataset, for the service at ``asked['url']``, in ``asked['media']``."""
    url = asked["url"]
    dumps = (f"{url}dump.nq", f"{url}dump.nq.gz") if site.embedded else ()
    about = Described(f"{url}void", f"{url}void#dataset", site.base, site.licence, f"{url}sparql", dumps)
    made = void(about, site.statistics)
    return _write(site, made, asked["media"], out)


def write_service(site: Site, asked: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the SPARQL 1.1 Service Description of the service at ``asked['url']``, in ``asked['media']``."""
    functions = [one.value for one in site.functions] if site.embedded else []  # another store has none
    return _write(site, service(f"{asked['url']}sparql", site.statistics, functions), asked["media"], out)


def _write(site: Site, triples: list[Triple], media: str, out: BinaryIO) -> Reply:
    write(site, media, sorted(triples, key=str), SERVICE_PREFIXES, out)
    return Reply(200, media + ("; charset=utf-8" if media.startswith("text/") else ""))


def write_vocabulary(site: Site, _: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the words that an editor completes, as JSON."""
    out.write(site.words)
    return Reply(200, "application/json")


def write_context(site: Site, _: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write the context of JSON-LD."""
    out.write(json.dumps({"@context": site.jsonld.context()}, ensure_ascii=False, indent=1).encode() + b"\n")
    return Reply(200, MEDIA)


def write_dump(site: Site, _: Mapping[str, Any], out: BinaryIO) -> Reply:
    """Write all quads as N-Quads, for a graph that was not given as N-Quads."""
    site.store.dump(out, format=RdfFormat.N_QUADS)
    return Reply(200, "application/n-quads")

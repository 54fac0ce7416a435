"""JSON-LD frames: what a web developer takes a resource by, as plain JSON without knowing RDF.

A frame (JSON-LD 1.1 Framing, W3C Recommendation of 16 July 2020) says which class of resources is wanted and which of
their properties, under which names; any JSON-LD processor makes such documents of a dump or of a resource's own data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plan_graph.iri import PREFIXES
from plan_graph.publish.release import Release

FOLDER = "frames"


@dataclass(frozen=True, slots=True)
class Key:
    """A name of the document: the property it stands for, how its values are written, and what is told of them.

    ``type`` is a datatype, or ``@id`` for an address; ``many`` makes a list even of one; ``language`` leaves only texts
    of that language, as plain strings; ``by_language`` gives texts by language. ``inside`` are the keys of what the
    property leads to.
    """

    term: str
    type: str = ""
    many: bool = False
    language: str = ""
    by_language: bool = False
    inside: Mapping[str, Key] = field(default_factory=dict)

    def context(self) -> dict[str, Any]:
        """Give the definition of the name."""
        made: dict[str, Any] = {"@id": self.term}
        if self.type:
            made["@type"] = self.type
        if self.language:
            made["@language"] = self.language
        container = [*["@language"] * self.by_language, *["@set"] * self.many]
        if container:
            made["@container"] = container
        if self.inside:
            made["@context"] = _definitions(self.inside)
        return made


_NAME = {"name": Key("skos:prefLabel", by_language=True)}
_PLACE = {**_NAME, "code": Key("skos:notation")}
_BETWEEN = Key("pg:between", many=True, inside=_NAME)
_FIGURES = {"year": Key("pg:year", "xsd:gYear"), "sharedTasks": Key("pg:sharedTasks", "xsd:integer")}
# kind of resource → its classes, and what is told of it
FRAMES: Mapping[str, tuple[tuple[str, ...], Mapping[str, Key]]] = {
    "task": (
        ("pg:Task",),
        {
            "identifier": Key("dcterms:identifier"),
            "year": Key("pg:year", "xsd:gYear"),
            "number": Key("schema:position"),
            "text": Key("dcterms:description", language="zh"),
            "keywords": Key("schema:keywords", language="zh", many=True),
            "plan": Key("pplan:isStepOfPlan", "@id"),
            "section": Key("dcterms:isPartOf", "@id"),
            "participations": Key(
                "m8g:hasParticipation",
                many=True,
                inside={
                    "role": Key("m8g:role", "@id"),
                    "nameAsWritten": Key("pg:nameAsWritten", language="zh"),
                    "participant": Key("m8g:hasParticipant", inside=_NAME),
                },
            ),
            "targets": Key(
                "pg:hasTarget",
                many=True,
                inside={
                    "counted": Key("rdfs:label", language="zh"),
                    "value": Key("qudt:numericValue", "xsd:decimal"),
                    "unit": Key("schema:unitText", language="zh"),
                },
            ),
            "places": Key("dcterms:spatial", many=True, inside=_PLACE),
            "passages": Key("prov:wasQuotedFrom", "@id", many=True),
        },
    ),
    "body": (
        ("m8g:PublicOrganisation", "org:FormalOrganization"),
        {
            **_NAME,
            "otherNames": Key("skos:altLabel", language="zh", many=True),
            "identifier": Key("dcterms:identifier"),
            "level": Key("m8g:level", "@id"),
            "kind": Key("org:classification", "@id"),
            "validFrom": Key("pg:validFrom", "xsd:date"),
            "validUntil": Key("pg:validUntil", "xsd:date"),
            "place": Key("dcterms:spatial", inside=_PLACE),
            "partOf": Key("org:subOrganizationOf", "@id"),
        },
    ),
    "collective": (
        ("pg:CollectiveReference",),
        {
            **_NAME,
            "identifier": Key("dcterms:identifier"),
            "memberRule": Key("pg:memberRule"),
            "possibleMembers": Key("pg:possibleMember", many=True, inside=_NAME),
        },
    ),
    "place": (
        ("schema:AdministrativeArea",),
        {**_PLACE, "inside": Key("schema:containedInPlace", "@id"), "alike": Key("skos:closeMatch", "@id", many=True)},
    ),
    "document": (
        ("eli:LegalResource",),
        {
            "title": Key("dcterms:title", language="zh"),
            "number": Key("eli:id_local"),
            "date": Key("eli:date_document", "xsd:date"),
            "issuedBy": Key("eli:passed_by", many=True, inside=_NAME),
        },
    ),
    "tie": (
        ("pg:Tie",),
        {
            **_FIGURES,
            "between": _BETWEEN,
            "expectedTasks": Key("pg:expectedTasks", "xsd:decimal"),
            "p": Key("pg:pValue", "xsd:decimal"),
            "q": Key("pg:qValue", "xsd:decimal"),
        },
    ),
    "lineage": (
        ("pg:LineageLink",),
        {
            "kind": Key("pg:lineageKind"),
            "score": Key("pg:score", "xsd:decimal"),
            "earlier": Key("pg:earlier", "@id"),
            "later": Key("pg:later", "@id"),
            "sharedWording": Key("pg:sharedWording", language="zh", many=True),
        },
    ),
}


def frame(kind: str) -> dict[str, Any]:
    """Give the frame of a kind of resources."""
    wanted, keys = FRAMES[kind]
    return {
        "@context": {**PREFIXES, "id": "@id", "type": "@type", **_definitions(keys)},
        "type": list(wanted),
        "@explicit": True,
        "@embed": "@always",
        **_asked(keys),
    }


def _definitions(keys: Mapping[str, Key]) -> dict[str, Any]:
    return {name: key.context() for name, key in keys.items()}


def _asked(keys: Mapping[str, Key]) -> dict[str, Any]:
    """Ask for each key; what is not there is left out, and of an address only itself is told."""
    made: dict[str, Any] = {}
    for name, key in keys.items():
        asked: dict[str, Any] = {"@omitDefault": True}
        if key.inside:
            asked |= {"@explicit": True, **_asked(key.inside)}
        elif key.type == "@id":
            asked |= {"@explicit": True, "@embed": "@never"}
        made[key.term if key.by_language else name] = asked  # a map of languages is no place for a pattern
    return made


def write_frames(_: Release, folder: Path) -> list[Path]:
    """Write ``frames/KIND.jsonld``."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for kind in FRAMES:
        content = json.dumps(frame(kind), ensure_ascii=False, indent=1) + "\n"
        (folder / FOLDER / f"{kind}.jsonld").write_text(content, encoding="utf-8")
    return [Path(FOLDER, f"{kind}.jsonld") for kind in FRAMES]

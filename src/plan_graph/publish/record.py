"""How a release is cited, and what makes it one: its version, its checksums, and that it does not change.

``CITATION.cff`` is in the Citation File Format 1.2.0, ``datacite.json`` has the fields of the DataCite Metadata Schema
4.5 (without a DOI, which only a registration agency gives), ``SHA256SUMS`` is what ``sha256sum -c`` reads, and
``release.json`` is what a later run reads to know which release stands in a folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from plan_graph import __version__
from plan_graph.errors import InputError
from plan_graph.publish import dumps, networks, tables
from plan_graph.publish.catalogue import dataset_iri, previous_iri
from plan_graph.publish.release import Release

RECORD, SUMS = "release.json", "SHA256SUMS"
# licence → (its SPDX identifier, name)
_LICENCES = {
    "https://creativecommons.org/licenses/by/4.0/": ("CC-BY-4.0", "Creative Commons Attribution 4.0 International"),
    "https://creativecommons.org/licenses/by-sa/4.0/": (
        "CC-BY-SA-4.0",
        "Creative Commons Attribution Share Alike 4.0 International",
    ),
    "https://creativecommons.org/publicdomain/zero/1.0/": ("CC0-1.0", "Creative Commons Zero v1.0 Universal"),
}


def write_citation(release: Release, folder: Path) -> list[Path]:
    """Write ``CITATION.cff`` and ``datacite.json``."""
    (folder / "CITATION.cff").write_text(_yaml(citation(release)), encoding="utf-8")
    content = json.dumps(datacite(release), ensure_ascii=False, indent=1) + "\n"
    (folder / "datacite.json").write_text(content, encoding="utf-8")
    return [Path("CITATION.cff"), Path("datacite.json")]


def citation(release: Release) -> dict[str, Any]:
    """Give the fields of the Citation File Format."""
    known = _LICENCES.get(release.licence)
    return {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below. 引用数据请注明以下信息。",
        "type": "dataset",
        "title": release.title.en,
        "abstract": f"{release.description.en} {release.description.zh}",
        "version": release.version,
        "date-released": release.issued.isoformat(),
        "authors": [{"name": release.publisher.name.en}],
        "url": release.site,
        "repository-artifact": release.address(f"{dumps.FOLDER}/graph.nq.gz"),
        **({"license": known[0]} if known else {"license-url": release.licence} if release.licence else {}),
        "keywords": ["linked data", "RDF", "government plans", "China"],
    }


def _yaml(stated: dict[str, Any]) -> str:
    """Write fields as YAML: each value as JSON, which YAML 1.2 takes as it is."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in stated.items())


def datacite(release: Release) -> dict[str, Any]:
    """Give the fields of the DataCite Metadata Schema 4.5, in the form of its JSON."""
    known = _LICENCES.get(release.licence)
    rights: dict[str, str] = {}
    if release.licence:
        rights = {"rightsUri": release.licence, "rights": known[1] if known else release.licence}
    if known:
        rights |= {
            "rightsIdentifier": known[0],
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        }
    name = release.publisher.name
    related = [
        {
            "relatedIdentifier": release.address("catalog.ttl"),
            "relatedIdentifierType": "URL",
            "relationType": "HasMetadata",
            "schemeType": "DCAT-AP",
        }
    ]
    if release.previous:
        related.append(
            {
                "relatedIdentifier": previous_iri(release, "graph"),
                "relatedIdentifierType": "URL",
                "relationType": "IsNewVersionOf",
            }
        )
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "url": release.site,
        "alternateIdentifiers": [
            {"alternateIdentifier": dataset_iri(release, "graph"), "alternateIdentifierType": "IRI"}
        ],
        "creators": [{"name": name.en, "nameType": "Organizational", "lang": "en"}],
        "titles": [
            {"title": release.title.en, "lang": "en"},
            {"title": release.title.zh, "titleType": "TranslatedTitle", "lang": "zh"},
        ],
        "publisher": {"name": name.en, "lang": "en"},
        "publicationYear": str(release.issued.year),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "RDF graph"},
        "dates": [{"date": release.issued.isoformat(), "dateType": "Issued"}],
        "language": "zh",
        "subjects": [{"subject": one, "lang": "en"} for one in ("linked data", "government plans", "China")],
        "formats": ["application/n-quads", "application/trig", "application/ld+json", "text/turtle", "text/csv"],
        "version": release.version,
        "rightsList": [rights] if rights else [],
        "descriptions": [
            {"description": text, "descriptionType": "Abstract", "lang": tag}
            for tag, text in zip(("zh", "en"), release.description, strict=True)
        ],
        "relatedIdentifiers": related,
    }


def write_record(release: Release, folder: Path) -> list[Path]:
    """Write ``release.json``: which version this is, of what it was made, where it is."""
    record = {
        "version": release.version,
        "issued": release.issued.isoformat(),
        "site": release.site,
        "base": release.base,
        "software": release.report["software"],
        "previous": release.previous,
        "made_from": made_from(release),
    }
    (folder / RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [Path(RECORD)]


def write_sums(_: Release, folder: Path) -> list[Path]:
    """Write ``SHA256SUMS`` of the data and of what describes it; pages are not among them."""
    files = [
        file for place in (dumps, tables, networks) for file in (folder / place.FOLDER).rglob("*") if file.is_file()
    ]
    files += [
        folder / name for name in ("catalog.ttl", "void.ttl", "context.jsonld", RECORD) if (folder / name).is_file()
    ]
    lines = []
    for file in sorted(files):
        with file.open("rb") as content:
            lines.append(
                f"{hashlib.file_digest(content, 'sha256').hexdigest()}  {file.relative_to(folder).as_posix()}\n"
            )
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
    return [Path(SUMS)]


def made_from(release: Release) -> str:
    """Give one digest of all that a release's bytes depend on: the graph, the tables, what is said of it."""
    digest = hashlib.sha256()
    for file in (release.graph, *sorted((release.build / tables.FOLDER).glob("*.parquet"))):
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    said = {one.name: getattr(release, one.name) for one in fields(release) if one.name not in ("build", "earlier")}
    said |= {"issued": release.issued.isoformat(), "publisher": asdict(release.publisher), "software": __version__}
    digest.update(json.dumps(said, ensure_ascii=False).encode())
    return digest.hexdigest()


def check_version(release: Release, place: Path) -> None:
    """Refuse to write a release over one of the same version that was made of other things: a release stays as it is.

    :raises InputError: then; it says what to do.
    """
    found = read_record(place)
    if found.get("version") == release.version and found.get("made_from") != made_from(release):
        raise InputError(
            f"{place} holds release {release.version}, made of other data; a release is not changed: "
            "give this one another --version, or another folder",
            f"{place} 中已有版本 {release.version}，内容不同；已发布的版本不再改动，请另给 --version 或另选文件夹",
        )


def settled(release: Release, place: Path, *, named: bool) -> Release:
    """Give a release a version that is its own at a place: one that was ``named`` is refused if it stands for another.

    One that is only a date gets a number behind it, ``2026-11-29.2``, where that day has a release already.

    :raises InputError: as :func:`check_version` does.
    """
    if named:
        check_version(release, place)
        return release
    day, number = release.version, 1
    stands = str(read_record(place).get("version", ""))
    if stands == day or stands.startswith(f"{day}."):
        last = stands.removeprefix(day).removeprefix(".")
        number = int(last) if last.isdecimal() else 1
    made = release if number == 1 else replace(release, version=f"{day}.{number}")
    try:
        check_version(made, place)
    except InputError:
        return replace(release, version=f"{day}.{number + 1}")
    return made


def preceding(earlier: Sequence[Path], previous: str) -> tuple[str, str]:
    """Give the address and the version of the release before, as far as the folders of earlier releases tell.

    ``previous`` is its address where one is named. Of several folders the last one that is of a release counts.
    """
    for place in reversed(earlier):
        found = read_record(place)
        if found and previous in ("", found["site"]):
            return str(found["site"]), str(found["version"])
    return previous, ""


def read_record(place: Path) -> dict[str, Any]:
    """Give what ``release.json`` of a published folder says, or nothing if there is none."""
    try:
        return dict(json.loads((place / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}

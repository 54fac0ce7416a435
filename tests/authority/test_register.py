"""The registers as data: every record well formed, every name home, every mistake named by file and line."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from plan_graph.authority.register import COLUMNS, Register
from plan_graph.errors import InputError
from plan_graph.extraction.resolve import Resolver
from plan_graph.iri import KIND, LEVEL, Base
from plan_graph.model import Body, Collective
from plan_graph.resources import resource

FOLDER = resource("data", "authority")
REGISTER = Register.load()
FILES = sorted(path.name for path in FOLDER.glob("*.csv"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")
ISSUED = date(2016, 10, 30)
RESOLVER = Resolver(REGISTER, "210000", ISSUED)


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def alive(body: Body) -> bool:
    return (body.valid_from or ISSUED) <= ISSUED < (body.valid_until or date.max)


# --- the files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_the_form_the_readme_gives(name: str) -> None:
    raw = (FOLDER / name).read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert "\r" not in text
    assert text.endswith("\n")
    rows = list(csv.reader(text.splitlines()))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert all(cell == cell.strip() for row in rows for cell in row)
    assert not [part for row in rows for cell in row for part in cell.split("|") if part != part.strip()]


@pytest.mark.parametrize("name", FILES)
def test_rows_are_sorted_by_the_first_column(name: str) -> None:
    keys = [next(iter(row.values())) for row in table(name)]
    if name == "place_coincidences.csv":  # several guards a place, together
        assert [key for at, key in enumerate(keys) if at == 0 or keys[at - 1] != key] == list(dict.fromkeys(keys))
    else:
        assert keys == sorted(set(keys))


def described(name: str) -> set[str]:
    """Return the columns that the README lists for a file, in a table or in words."""
    section = re.search(rf"^### {re.escape(name)}: .*?(?=^##|\Z)", README, re.MULTILINE | re.DOTALL)
    if section:
        words = " ".join(re.findall(r"^\| (`[^|]*`) \|", section[0], re.MULTILINE))
    else:
        said = re.findall(rf"{re.escape(name)}(?:\*\*)?(?:: | \()(.*)", README)
        words = " ".join(re.split(r"\w+\.csv", after)[0] for after in said)
    quoted = [listed for listed in re.findall(r"`([^`]*)`", words) if re.fullmatch(r"[a-z_]+(, [a-z_]+)*", listed)]
    return {column for listed in quoted for column in listed.split(", ")}


@pytest.mark.parametrize("name", FILES)
def test_the_readme_lists_exactly_the_columns(name: str) -> None:
    assert described(name) == set(table(name)[0])


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_read_are_those_of_the_file(name: str) -> None:
    assert set(COLUMNS[name]) == set(table(name)[0])


@pytest.mark.parametrize("name", ["places.csv", "bodies.csv", "collectives.csv", "documents.csv", "abbreviations.csv"])
def test_every_record_names_its_source(name: str) -> None:
    assert [row for row in table(name) if not row["source"]] == []


# --- places ----------------------------------------------------------------------------------------------------------


def test_places_form_a_tree_of_three_levels() -> None:
    for code, place in REGISTER.places.items():
        assert re.fullmatch(r"21\d{4}", code)
        assert place.level in LEVEL
        level = "province" if code == "210000" else "prefecture" if code.endswith("00") else "county"
        parent = {"province": "", "prefecture": "210000", "county": code[:4] + "00"}[level]
        assert (place.level, place.parent) == (level, parent), place.name
        assert not parent or parent in REGISTER.places
        assert place.name_en
    assert Counter(place.level for place in REGISTER.places.values()) == {
        "province": 1,
        "prefecture": 14,
        "county": 100,
    }


def test_the_supplement_names_the_same_places() -> None:
    assert [row["code"] for row in table("places-supplement.csv")] == list(REGISTER.places)


def test_short_names_begin_the_full_names() -> None:
    for place in REGISTER.places.values():
        assert place.short != place.name
        assert not place.short or place.name.startswith(place.short) or place.name.startswith(place.short[0])


def test_a_name_that_two_places_bear_is_one_of_districts() -> None:
    names = Counter(name for p in REGISTER.places.values() for name in {p.name, *p.aliases, p.short} if name)
    assert {name for name, count in names.items() if count > 1} == {"铁西区"}


# --- bodies and collectives ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", REGISTER.bodies.values(), ids=lambda body: body.id)
def test_a_body_is_well_formed(body: Body) -> None:
    kind, fields = Base().parse(Base().iri("body", id=body.id).value)
    assert (kind, fields) == ("body", {"id": body.id})
    assert body.id.split("/")[0] in REGISTER.places
    assert body.kind in KIND
    assert body.level in LEVEL
    assert body.seat in REGISTER.places
    assert body.jurisdiction
    assert set(body.jurisdiction) <= REGISTER.places.keys()
    assert not body.parent or body.parent in REGISTER.bodies
    assert body.parent != body.id
    assert body.name not in (body.short, *body.aliases)
    assert len(set(body.aliases)) == len(body.aliases)
    if body.valid_from and body.valid_until:
        assert body.valid_from < body.valid_until


def test_parents_form_no_circle() -> None:
    for body in REGISTER.bodies.values():
        above, seen = body.parent, {body.id}
        while above:
            assert above not in seen
            seen.add(above)
            above = REGISTER.bodies[above].parent


def test_every_city_has_one_government() -> None:
    seats = Counter(body.seat for body in REGISTER.bodies.values() if body.kind == "city-government")
    assert seats == {code: 1 for code, place in REGISTER.places.items() if place.level == "prefecture"}


@pytest.mark.parametrize("one", REGISTER.collectives.values(), ids=lambda one: one.id)
def test_a_collective_is_well_formed(one: Collective) -> None:
    assert Base().parse(Base().iri("collective", id=one.id).value) == ("collective", {"id": one.id})
    assert one.id not in REGISTER.bodies
    assert one.member_rule in ("all", "some", "unresolved")
    assert bool(one.members) == (one.member_rule != "unresolved")
    assert set(one.members) <= REGISTER.bodies.keys()


def test_cities_of_a_province_are_its_governments() -> None:
    members = REGISTER.collectives["210000/ge-shi-zf"].members
    assert len(members) == 14
    assert all(REGISTER.bodies[member].kind == "city-government" for member in members)


def test_kinds_and_levels_are_those_of_the_vocabulary() -> None:
    assert {row["id"] for row in table("kinds.csv")} == set(KIND)
    assert {body.kind for body in REGISTER.bodies.values()} <= set(KIND)
    assert {row["class"] for row in table("kinds.csv")} == {"m8g:PublicOrganisation", "org:FormalOrganization"}


# --- names -----------------------------------------------------------------------------------------------------------


def test_no_name_is_ambiguous() -> None:
    assert {name: [one.id for one in ones] for name, ones in REGISTER.by_name.items() if len(ones) > 1} == {}


@pytest.mark.parametrize("name", sorted(REGISTER.by_name))
def test_every_name_finds_its_way_home(name: str) -> None:
    (record,) = REGISTER.by_name[name]
    found = RESOLVER.resolve(name)
    if isinstance(record, Collective):
        assert (found.rule, found.collective) == ("collective", record)
    elif alive(record):
        rule = "full-name" if name == record.name else "short-form" if name == record.short else "alias"
        assert (found.rule, found.body) == (rule, record)
    else:
        assert (found.rule, found.reason, found.candidates) == ("none", "not-at-that-date", (record.id,))


def test_a_suspected_slip_of_the_plan_has_no_record() -> None:
    assert "省林业局" not in REGISTER.by_name
    assert "省林业厅" in REGISTER.by_name


# --- the other registers ---------------------------------------------------------------------------------------------


def test_abbreviations_name_places_of_the_register() -> None:
    for written, codes in REGISTER.abbreviations.items():
        assert len(written) >= 2
        assert codes
        assert len(set(codes)) == len(codes)
        assert set(codes) <= REGISTER.places.keys(), written


def test_coincidences_guard_names_that_are_looked_for() -> None:
    looked_for = {name for p in REGISTER.places.values() for name in (p.name, p.short, p.name.rstrip("省市县区"))}
    for row in table("place_coincidences.csv"):
        assert row["name"] in looked_for
        assert row["before"] or row["after"], f"{row['name']}: a guard that forbids the name everywhere"
        assert row["note"]


def test_documents_are_well_formed() -> None:
    titles = Counter(title for d in REGISTER.documents.values() for title in (d.title, *d.aliases))
    assert [title for title, count in titles.items() if count > 1] == []
    assert set(titles) == REGISTER.documents_by_title.keys()
    for one in REGISTER.documents.values():
        Base().iri("document", id=one.id)
        assert "《" not in one.title[:1]
        assert not one.number or re.fullmatch(r".+〔\d{4}〕\d+号", one.number)


def test_themes_are_well_formed() -> None:
    labels = [theme.label for theme in REGISTER.themes.values()]
    assert len(set(labels)) == len(labels)
    assert REGISTER.themes_by_label.keys() == set(labels)
    for theme in REGISTER.themes.values():
        Base().iri("theme", key=theme.key)
        assert theme.label_en


def test_stop_words_are_unique_and_reasoned() -> None:
    words = [row["word"] for row in table("stop_words.csv")]
    assert len(words) == len(set(words)) == len(REGISTER.stop_words)
    assert all(row["reason"] for row in table("stop_words.csv"))


# --- looking up ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issuer", "code"),
    [
        ("辽宁省人民政府", "210000"),
        ("辽宁省人民政府办公厅", "210000"),
        ("中共辽宁省委", "210000"),
        ("沈阳市人民政府", "210100"),
        ("中共大连市委", "210200"),
        ("抚顺县人民政府", "210421"),  # not 抚顺市
        ("吉林省人民政府", ""),
        ("国务院办公厅", ""),
        ("", ""),
    ],
)
def test_the_place_of_an_issuer(issuer: str, code: str) -> None:
    assert REGISTER.issuer_place(issuer) == code


@pytest.mark.parametrize(("code", "province"), [("210000", "210000"), ("210100", "210000"), ("210124", "210000")])
def test_the_province_of_a_place(code: str, province: str) -> None:
    assert REGISTER.province_of(code) == province


def test_the_readmes_example_of_a_record() -> None:
    body = REGISTER.bodies["210000/fgw"]
    assert (body.name, body.short, body.kind, body.level) == (
        "辽宁省发展和改革委员会",
        "省发展改革委",
        "provincial-department",
        "province",
    )
    assert "省发改委" in body.aliases


# --- mistakes --------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the registers to spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "authority"))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_another_folder_is_read_alike(folder: Path) -> None:
    assert Register.load(folder) == REGISTER


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("themes.csv", "\ninnovation,", "\n,", "themes.csv, line 2: no id; fill it in or remove the row"),
        ("themes.csv", "\ninstitutions,", "\ninnovation,", "themes.csv, line 3: id innovation stands twice; keep one"),
        (
            "themes.csv",
            "\ninnovation,",
            '\nown,"甲\n乙",Own\n,',
            "themes.csv, line 4: no id; fill it in or remove the row",
        ),
        ("themes.csv", "\ninnovation,", "\n\n\n,", "themes.csv, line 4: no id; fill it in or remove the row"),
        (
            "themes.csv",
            "\ninnovation,",
            "\ninnovation,甲,",
            "themes.csv, line 2: 4 cells for 3 columns; quote a cell with a comma",
        ),
        (
            "themes.csv",
            "\ninnovation,",
            "\nown,甲\ninnovation,",
            "themes.csv, line 2: 2 cells for 3 columns; quote a cell with a comma",
        ),
        ("themes.csv", "label_zh", "label", "themes.csv, line 1: no column label_zh; add it"),
        ("places.csv", "\n210000,", "\n,", "places.csv, line 2: no code; fill it in or remove the row"),
        (
            "bodies.csv",
            "\n210000/bianban,",
            "\n210000/baojian,",
            "bodies.csv, line 3: id 210000/baojian stands twice; keep one",
        ),
        ("stop_words.csv", "\n一期,", "\n一批,", "stop_words.csv, line 3: word 一批 stands twice; keep one"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(folder: Path, name: str, old: str, new: str, message: str) -> None:
    spoil(folder, name, old, new)
    with pytest.raises(InputError) as error:
        Register.load(folder)
    assert str(error.value) == message
    assert re.findall(r"[\w-]+\.csv|\d+", error.value.zh)[:2] == re.findall(r"[\w-]+\.csv|\d+", message)[:2]


@pytest.mark.parametrize("day", ["2018-13-01", "2018", "2018年10月", "soon"])
def test_a_date_that_is_none(folder: Path, day: str) -> None:
    path = folder / "bodies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[2][rows[0].index("valid_until")] = day
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    with pytest.raises(
        InputError, match=f"^bodies.csv, line 3: valid_until {day} is no date; write it like 2018-10-31$"
    ):
        Register.load(folder)


def test_a_register_in_another_encoding(folder: Path) -> None:
    (folder / "themes.csv").write_bytes("id,label_zh,label_en\na,甲,A\n".encode("gb18030"))
    with pytest.raises(InputError, match=r"^themes\.csv is not in UTF-8 \(byte 23\); save it again as UTF-8$"):
        Register.load(folder)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_missing_register(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(InputError, match=rf"{name} is missing; put it back or name another folder$"):
        Register.load(folder)


def test_an_empty_register_has_no_columns(folder: Path) -> None:
    (folder / "themes.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"^themes\.csv, line 1: no column id, label_zh, label_en; add it$"):
        Register.load(folder)


def test_cells_may_hold_line_breaks_and_commas(folder: Path) -> None:
    spoil(folder, "themes.csv", "\ninnovation,", '\nan,"甲，\n乙,",An\ninnovation,')
    assert Register.load(folder).themes["an"].label == "甲，\n乙,"

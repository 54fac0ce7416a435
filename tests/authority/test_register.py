"""The registers as data: every record well formed, every name home, every mistake named by file and line."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from plan_graph.authority.issuer import Issuing, as_of, issued_at, issuing_place
from plan_graph.authority.places import relative_word
from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.authority.tables import COLUMNS
from plan_graph.errors import InputError
from plan_graph.extraction.tasks import extract
from plan_graph.iri import KIND, LEVEL, Base
from plan_graph.model.plan import Metadata
from plan_graph.model.register import Body, Collective, Place, Resolution
from plan_graph.reading.text import decode
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
    return body.alive(ISSUED)


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
    if name in ("place_coincidences.csv", "stems.csv", "cuts.csv"):  # several rows a place, a pattern, a reform
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


@pytest.mark.parametrize("name", [name for name in FILES if "source" in COLUMNS.get(name, ())])
def test_every_record_names_its_source(name: str) -> None:
    assert [row for row in table(name) if not row["source"]] == []


# --- places ----------------------------------------------------------------------------------------------------------


PLACES = [place for place in REGISTER.places.values() if place.level != "state"]


def test_places_form_a_tree_of_three_levels() -> None:
    for place in PLACES:
        code = place.code
        assert re.fullmatch(r"[1-8]\d{5}", code)
        level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        assert place.level == level, place.name
        assert place.parent in {"province": ("",)}.get(level, (code[:4] + "00", code[:2] + "0000")), place.name
        assert not place.parent or place.parent in REGISTER.places
        assert not place.seat or place.seat in REGISTER.places
        assert not place.successor or place.successor in REGISTER.places
    assert REGISTER.places["000000"].level == "state"


def test_the_lists_in_force_have_the_numbers_of_the_country() -> None:
    """34 provinces; 333 prefectures and 2,843 counties are what the yearbook counts, and eight cities of the corps."""
    now = Counter(place.level for place in PLACES if not place.last_list)
    assert (now["province"], now["prefecture"]) == (34, 333)
    assert 2840 <= now["county"] <= 2860


def test_liaoning_has_its_14_cities_and_100_counties() -> None:
    now = Counter(p.level for p in PLACES if p.code.startswith("21") and not p.last_list)
    assert now == {"province": 1, "prefecture": 14, "county": 100}
    assert all(p.name_en for p in PLACES if p.code.startswith("21") and not p.last_list)


@pytest.mark.parametrize(
    ("code", "name", "first", "last", "successor"),
    [
        ("110228", "密云县", "", "2015-10", "110118"),  # a county that became a district
        ("110103", "崇文区", "", "2009-12", ""),  # merged: whose successor it has is not in the lists
        ("420600", "襄阳市", "", "", ""),
        ("540481", "米林市", "2023-06", "", ""),
        ("371200", "莱芜市", "", "2019-04", "370116"),
    ],
)
def test_lifetimes_of_places(code: str, name: str, first: str, last: str, successor: str) -> None:
    place = REGISTER.places[code]
    assert (place.name, place.first_list, place.successor) == (name, first, successor)
    assert place.last_list[:4] == last[:4]


def test_a_former_name_says_until_when() -> None:
    assert ("襄樊市", "2010-10") in REGISTER.places["420600"].former
    for place in PLACES:
        for name, until in place.former:
            assert name != place.name
            assert re.fullmatch(r"\d{4}-\d{2}", until)


def test_links_lead_to_cities_of_geonames() -> None:
    linked = {place.code: place.links for place in PLACES if place.links}
    assert all(re.fullmatch(r"https://sws\.geonames\.org/\d+/", one) for links in linked.values() for one in links)
    assert {code for code in linked if code.startswith("21")} == {f"21{n:02d}00" for n in range(1, 15)}
    assert len({links[0] for links in linked.values()}) == len(linked)  # no two divisions have one city


def test_the_supplement_names_places_of_the_lists() -> None:
    assert {row["code"] for row in table("places-supplement.csv")} <= REGISTER.places.keys()


def test_short_names_begin_the_full_names() -> None:
    for place in PLACES:
        assert place.short != place.name
        assert not place.short or place.name.startswith(place.short) or place.name.startswith(place.short[0])


# --- bodies and collectives ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", REGISTER.bodies.values(), ids=lambda body: body.id)
def test_a_body_is_well_formed(body: Body) -> None:
    kind, fields = Base().parse(Base().iri("body", id=body.id).value)
    assert (kind, fields) == ("body", {"id": body.id})
    assert body.id.split("/")[0] in REGISTER.places
    assert body.kind in KIND
    assert body.level in LEVEL
    assert body.seat in REGISTER.places
    assert set(body.jurisdiction) <= REGISTER.places.keys()
    assert not body.parent or REGISTER.knows(body.parent)
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
            above = REGISTER.body(above).parent


@pytest.mark.parametrize(
    "place", [p for p in PLACES if p.level != "county" or p.code.startswith("21")], ids=lambda p: p.code
)
def test_every_place_has_a_government(place: Place) -> None:
    government = REGISTER.body(f"{place.code}/szf")
    assert government.kind.endswith("government")
    assert (government.seat in REGISTER.places, government.level) == (True, place.level)


@pytest.mark.parametrize("one", REGISTER.collectives.values(), ids=lambda one: one.id)
def test_a_collective_is_well_formed(one: Collective) -> None:
    assert Base().parse(Base().iri("collective", id=one.id).value) == ("collective", {"id": one.id})
    assert one.id not in REGISTER.bodies
    assert one.member_rule in ("all", "some", "unresolved")
    assert bool(one.members) == (one.member_rule != "unresolved")
    assert all(map(REGISTER.knows, one.members))


def test_cities_of_a_province_are_its_governments() -> None:
    members = REGISTER.collectives["210000/ge-shi-zf"].members
    assert len(members) == 14
    assert all(REGISTER.body(member).kind == "city-government" for member in members)


def test_kinds_and_levels_are_those_of_the_vocabulary() -> None:
    assert {row["id"] for row in table("kinds.csv")} == set(KIND)
    assert {body.kind for body in REGISTER.bodies.values()} <= set(KIND)
    assert {row["class"] for row in table("kinds.csv")} == {"m8g:PublicOrganisation", "org:FormalOrganization"}


# --- names -----------------------------------------------------------------------------------------------------------


def test_an_event_of_bodies_at_two_places_is_one_event() -> None:
    bodies = {"210100/renhang", "210000/renhang-fh"}
    events = [
        c for c in REGISTER.changes.of_bodies(bodies, REGISTER.places) if c.id.endswith("/branch-2023-pboc-210000")
    ]
    assert [(e.before, e.after) for e in events] == [(("210100/renhang",), ("210000/renhang-fh",))]


def together(one: Body, two: Body) -> bool:
    """Tell whether two bodies may have been there on one day."""
    begin = max(b.valid_from or b.begun or date.min for b in (one, two))
    end = min(b.valid_until or b.latest or date.max for b in (one, two))
    return begin < end


def test_no_name_is_borne_by_two_records_at_once() -> None:
    """Names with a relative word (省交投集团) belong to the province or city of the record."""
    ambiguous = {}
    for name, ones in REGISTER.by_name.items():
        bodies = [one for one in ones if isinstance(one, Body)]
        for at, one in enumerate(bodies):
            for two in bodies[at + 1 :]:
                own = relative_word(name) and one.id[:2] != two.id[:2]
                if together(one, two) and not own:
                    ambiguous[name] = (one.id, two.id)
    assert ambiguous == {}


def examples(name: str, key: str) -> list[tuple[str, str, str, str]]:
    """Give every example of a register: the name written, the issuer's place, the day, the record's key."""
    found = []
    for row in table(name):
        for example in filter(None, row["example"].split("|")):
            written, place, day = example.split("@")
            found.append((written, place, day, row[key]))
    return found


def at_point(bound: str, level: str, place: str) -> date | None:
    """Give the one day that stands for a bound: the last of a reform's span."""
    return REGISTER.cuts.span(bound, level, place)[1]


def test_no_form_is_borne_by_two_patterns_at_once() -> None:
    """Two kinds of body at one level and time may not share a form, unless their provinces differ."""
    clashes = []
    for form, stems in REGISTER.stems.by_form.items():
        for at, one in enumerate(stems):
            for two in stems[at + 1 :]:
                if one.key == two.key or (one.only and two.only and not set(one.only) & set(two.only)):
                    continue
                for level in set(one.levels) & set(two.levels):
                    where = "province" if level == "municipality" else level
                    begin = max(at_point(s.valid_from, where, "") or date.min for s in (one, two))
                    end = min(at_point(s.valid_until, where, "") or date.max for s in (one, two))
                    if begin < end:
                        clashes.append((form, one.key, two.key, level))
    assert clashes == []


@pytest.mark.parametrize("name", ["stems.csv", "changes.csv", "cuts.csv"])
def test_codes_and_levels_of_patterns_changes_and_reforms_exist(name: str) -> None:
    levels = {*LEVEL, "municipality", ""}
    for row in table(name):
        assert set(row["level"].split("|")) <= levels, row
        assert not row.get("place") or row["place"] in REGISTER.places, row
        where = [one for one in row.get("only", "").split("|") if one]
        assert all((one[1:] if one[0] == "-" else f"{one}0000") in REGISTER.places for one in where), row


def test_what_a_change_names_is_known() -> None:
    for row in REGISTER.changes.rows:
        assert row.kind in ("renamed", "merged", "split", "moved", "founded", "abolished")
        assert row.before or row.after, row.id
        for one in (*row.before, *row.after):
            assert REGISTER.knows(one) if "/" in one else one in REGISTER.stems.by_key, (row.id, one)


def test_bodies_are_founded_when_their_names_begin() -> None:
    begins = {(row["key"], level): row["valid_from"] for row in table("stems.csv") for level in row["level"].split("|")}
    for row in table("changes.csv"):
        if row["kind"] != "founded":
            continue
        for key in row["after"].split("|"):
            for level in row["level"].split("|"):
                assert begins.get((key, level), "") in ("", row["date"]), (row["id"], key, level)


def test_a_body_ends_before_its_successor_begins() -> None:
    """Where both days are known; a body that moved, or from which part was taken, goes on."""
    wrong = []
    for row in REGISTER.changes.rows:
        if row.kind not in ("renamed", "merged") or "/" not in "".join((*row.before, *row.after)):
            continue
        for old, new in ((o, n) for o in row.before for n in row.after if o != n):
            ended, began = REGISTER.body(old).valid_until, REGISTER.body(new).valid_from
            if ended and began and began > ended:
                wrong.append((row.id, old, ended, new, began))
    assert wrong == []


def test_every_name_of_a_state_body_finds_its_way_home() -> None:
    """In a document of the State Council, on a day of the body's life."""
    lost = []
    for body in REGISTER.bodies.values():
        if not body.id.startswith("000000"):
            continue
        end = body.valid_until or (body.latest or date(2026, 1, 1))
        day = max(body.valid_from or body.begun or date.min, end - timedelta(days=1))
        for name in filter(None, (body.name, body.short, *body.aliases)):
            found = Resolver(REGISTER, "000000", day).resolve(name)
            if found.body != body:
                lost.append((name, body.id, day.isoformat(), found.body.id if found.body else found.reason))
    assert lost == []


def resolve(written: str, place: str, day: str) -> Resolution:
    return Resolver(REGISTER, place, date.fromisoformat(day)).resolve(written)


@pytest.mark.parametrize("name", ["bodies.csv", "stems.csv", "collective_rules.csv"])
def test_every_record_that_needs_one_has_an_example(name: str) -> None:
    without = [row for row in table(name) if not row["example"] and not row.get("id", "").startswith("21")]
    assert without == []


def test_every_example_of_a_body_leads_home() -> None:
    assert [
        (written, place, day, home, found.body.id if found.body else found.reason)
        for written, place, day, home in examples("bodies.csv", "id")
        if (found := resolve(written, place, day)).body is None or found.body.id != home
    ] == []


def test_every_example_of_a_pattern_leads_home() -> None:
    assert [
        (written, place, day, home, found.body.id if found.body else (found.reason, found.candidates))
        for written, place, day, home in examples("stems.csv", "key")
        if (found := resolve(written, place, day)).body is None or found.body.id.split("/")[1] != home
    ] == []


def test_every_example_of_a_collective_leads_home() -> None:
    assert [
        (written, place, day, home)
        for written, place, day, home in examples("collective_rules.csv", "key")
        if (found := resolve(written, place, day)).collective is None
        or found.collective.id.split("/")[1] not in (f"ge-{home}", f"youguan-{home}")
    ] == []


@pytest.mark.parametrize("body", [b for b in REGISTER.bodies.values() if b.id.startswith("21")], ids=lambda b: b.id)
def test_every_name_of_a_record_of_liaoning_finds_its_way_home(body: Body) -> None:
    for name in (body.name, body.short, *body.aliases):
        if not name:
            continue
        issuer = "210000" if relative_word(name) in ("", "省") else body.id[:6]  # 市 is the city's own
        found = Resolver(REGISTER, issuer, ISSUED).resolve(name)
        if alive(body):
            rule = "full-name" if name == body.name else "short-form" if name == body.short else "alias"
            assert (found.rule, found.body) == (rule, body)
        else:
            assert found.body != body


@pytest.mark.parametrize("one", REGISTER.collectives.values(), ids=lambda one: one.id)
def test_every_name_of_a_collective_finds_its_way_home(one: Collective) -> None:
    for name in (one.name, *one.aliases):
        assert (RESOLVER.resolve(name).rule, RESOLVER.resolve(name).collective) == ("collective", one)


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
        ("吉林省人民政府", "220000"),
        ("吉林市人民政府", "220200"),
        ("国务院办公厅", "000000"),
        ("国家发展改革委等部门", "000000"),
        ("交通运输部办公厅", "000000"),
        ("中共中央办公厅", "000000"),
        ("内蒙古自治区人民政府", "150000"),
        ("新疆自治区党委政法委", "650000"),  # the usual form of the region
        ("恩施土家族苗族自治州人民政府", "422800"),
        ("湘西自治州人民政府", "433100"),  # without its peoples
        ("丰宁自治县人民政府", "130826"),
        ("杭州市西湖区人民政府", "330106"),  # one of five districts of that name
        ("西湖区人民政府", ""),  # which of them is not said
        ("国家税务总局广东省税务局", "440000"),  # a branch says where it is
        ("国家税务总局杭州市西湖区税务局", "330106"),
        ("徐州经济技术开发区管委会办公室", "320300"),  # a zone is of the city whose it is
        ("平潭综合实验区管委会", "350000"),
        ("横琴粤澳深度合作区执行委员会", "440400"),
        ("某某经济技术开发区管委会", ""),
        ("鞍钢集团", ""),
        ("", ""),
    ],
)
def test_the_place_of_an_issuer(issuer: str, code: str) -> None:
    assert issuing_place(REGISTER, issuer).code == code


@pytest.mark.parametrize(
    ("issuer", "title", "names", "code", "basis"),
    [
        ("广安市人民政府", "某省方案", [], "511600", "issuer"),
        ("领导小组办公室", "浙江省某方案", [], "330000", "title"),
        ("", "某方案", ["杭州市数据局", "宁波市数据局", "浙江证监局", "省数据局"], "330000", "names"),
        ("", "某方案", ["杭州市数据局", "宁波市数据局"], "", ""),  # too few to tell
        ("", "某方案", ["杭州市数据局", "宁波市数据局", "南京海关"], "", ""),  # two provinces
        ("某协会", "某方案", ["杭州市数据局", "宁波市数据局", "浙江证监局"], "", ""),  # an issuer nobody knows
        ("省政府办公厅", "某方案", ["杭州市数据局", "宁波市数据局", "浙江证监局"], "330000", "names"),
        ("", "某方案", ["财政部", "市场监管总局", "国家能源局", "证监会", "各地区"], "000000", "names"),
        ("", "某方案", ["财政部", "市场监管总局", "国家能源局", "市财政局"], "", ""),  # some are of a city
    ],
)
def test_what_the_place_of_an_issuer_rests_on(issuer: str, title: str, names: list[str], code: str, basis: str) -> None:
    assert issuing_place(REGISTER, issuer, title, names) == Issuing(code, basis)


def test_a_text_on_one_line_may_begin_with_the_place_of_its_letterhead() -> None:
    items = "1.甲事。（省甲厅负责）2.乙事。（省乙厅负责）"
    plans = [extract(decode(f"{head}{items}".encode(), "d", "d.txt"), REGISTER) for head in ("山东省某厅", "为做好甲")]
    assert [issued_at(plan, REGISTER) for plan in plans] == [Issuing("370000", "beginning"), Issuing()]


PLACELESS = "{number}\n{issuer}关于推进甲的通知\n各单位：\n{said}。\n一、推进甲。（责任单位：{who}）\n二、推进乙。\n"


@pytest.mark.parametrize(
    ("issuer", "number", "said", "who", "code", "basis", "reason"),
    [
        ("市政府办公厅", "", "深圳市是甲，深圳乙，深圳丙", "市财政局", "440300", "text", "its city again and again"),
        ("市政府办公厅", "", "深圳市是甲，深圳市场乙", "市财政局", "", "", "not often enough"),
        ("市政府办公厅", "", "深圳市、深圳市、深圳市、广州市、广州市", "市财政局", "", "", "two cities"),
        ("市政府办公厅", "", "深圳市、深圳市、深圳市、湖北省", "市财政局", "440300", "text", "a province is no city"),
        (
            "省政府办公厅",
            "",
            "湖北甲，湖北乙，湖北丙，深圳市",
            "省财政厅",
            "420000",
            "text",
            "a province by its short name",
        ),
        (
            "县政府办公室",
            "嘉政办发〔2021〕5号",
            "嘉鱼甲，嘉鱼乙，嘉鱼丙",
            "县财政局",
            "421221",
            "text",
            "as its number says",
        ),
        ("县政府办公室", "甲政办发〔2021〕5号", "嘉鱼甲，嘉鱼乙，嘉鱼丙", "县财政局", "", "", "嘉鱼县 is not written"),
        ("某协会", "", "深圳市、深圳市、深圳市", "市财政局", "", "", "an issuer nobody knows"),
    ],
)
def test_an_issuer_without_its_place_is_of_the_place_the_text_writes_oftenest(
    issuer: str, number: str, said: str, who: str, code: str, basis: str, reason: str
) -> None:
    text = PLACELESS.format(number=number, issuer=issuer, said=said, who=who).lstrip()
    plan = extract(decode(text.encode(), "d", "d.txt"), REGISTER)
    assert (plan.metadata.issuer, plan.metadata.number) == (issuer, number)
    assert issued_at(plan, REGISTER) == Issuing(code, basis), reason


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("赣江新区甲，赣江新区乙，赣江新区丙", "360000"),
        ("南昌市、九江市、吉安市、长沙市", "360000"),  # three times as often as the next
        ("南昌市、九江市、吉安市、长沙市、株洲市", ""),
        ("赣江新区甲", ""),
    ],
)
def test_a_province_that_names_itself_by_its_level_alone_is_told_by_its_parts(said: str, code: str) -> None:
    text = f"关于推进甲的通知\n{said}。\n一、推进甲。（责任单位：省财政厅）\n二、推进乙。（责任单位：省教育厅）\n"
    plan = extract(decode(text.encode(), "d", "d.txt"), REGISTER)
    assert issued_at(plan, REGISTER).code == code


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("甲市“十四五”乙规划", date(2021, 7, 1)),
        ("甲市国民经济和社会发展第十五个五年规划", None),
        ("甲市“十五”期间乙工作计划", date(2001, 7, 1)),
        ("甲市“十四五”乙规划（2023年修订）", date(2023, 7, 1)),  # a year is nearer
        ("第十五次甲会议要点", None),
    ],
)
def test_the_five_years_of_a_plan_date_it(title: str, day: date | None) -> None:
    assert as_of(Metadata(title=title)) == day


def test_a_plan_of_a_city_is_not_its_province_s_because_bodies_say_the_province() -> None:
    items = "一、甲。（责任单位：市财政局、市教育局、浙江证监局、宁波海关、温州海关、省数据局）\n二、乙。\n"
    plans = [
        extract(decode(f"{head}{items}".encode(), "d", "d.txt"), REGISTER)
        for head in ("说明\n为杭州市，杭州市，杭州市。\n", "说明\n")
    ]
    assert [issued_at(plan, REGISTER) for plan in plans] == [Issuing("330100", "text"), Issuing("330000", "names")]


@pytest.mark.parametrize(("code", "province"), [("210000", "210000"), ("210100", "210000"), ("210124", "210000")])
def test_the_province_of_a_place(code: str, province: str) -> None:
    assert REGISTER.province_of(code) == province


def test_the_readmes_example_of_a_record() -> None:
    body = REGISTER.bodies["210000/fgw"]
    assert (body.name, body.short, body.kind, body.level) == (
        "辽宁省发展和改革委员会",
        "省发展改革委",
        "department",
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
    other = Register.load(folder)
    assert other == REGISTER
    assert other.changes.rows == REGISTER.changes.rows
    assert other.collective_rules.rules == REGISTER.collective_rules.rules


@pytest.mark.parametrize(
    ("name", "asked", "key"), [("changes.csv", "changes", "id"), ("collective_rules.csv", "collective_rules", "key")]
)
def test_what_only_some_names_ask_for_is_read_then(folder: Path, name: str, asked: str, key: str) -> None:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][0] = ""
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    register = Register.load(folder)
    with pytest.raises(InputError, match=rf"^{name}, line 2: no {key}; fill it in or remove the row$"):
        getattr(register, asked)


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
        ("places.csv", "\n110000,", "\n,", "places.csv, line 3: no code; fill it in or remove the row"),
        (
            "bodies.csv",
            "\n000000/aiwei-w,",
            "\n000000/aiwei,",
            "bodies.csv, line 3: id 000000/aiwei stands twice; keep one",
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
        InputError, match=f"^bodies.csv, line 3: valid_until {day} is no date; write it like 2018-10-31, or "
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

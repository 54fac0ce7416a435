"""Administrative committees of development zones: read by kind, own part and place, or open with the candidates."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from plan_graph.authority.register import Register
from plan_graph.authority.resolve import Resolver
from plan_graph.authority.tables import read_rows
from plan_graph.authority.zones import FORMS, OFFICES
from plan_graph.errors import InputError
from plan_graph.model.register import Resolution
from plan_graph.resources import resource

REGISTER = Register.load()
DAY = date(2021, 6, 1)
FILE = resource("data", "authority", "zones.csv")


def resolve(name: str, issuer: str) -> Resolution:
    return Resolver(REGISTER, issuer, DAY).resolve(name)


@pytest.mark.parametrize(
    ("name", "issuer", "id", "reason"),
    [
        ("徐州经济技术开发区管理委员会", "320300", "320300/zone-jjjskfq", "the whole name"),
        ("徐州经济技术开发区管委会", "320000", "320300/zone-jjjskfq", "a shorter word for the committee"),
        ("徐州经开区管委会", "320000", "320300/zone-jjjskfq", "and for the kind"),
        ("徐州市经开区管委会", "320300", "320300/zone-jjjskfq", "with 市"),
        ("沈阳经济技术开发区管委会", "210000", "210100/zone-jjjskfq", "without it"),
        ("北京经开区管委会", "110000", "110000/zone-jjjskfq", "of a municipality"),
        ("兰州新区管委会", "000000", "620100/zone-xq", "named by the State Council"),
        ("苏州工业园区管委会", "", "320500/zone-gyyq", "of a city, by an unknown issuer"),
        ("经开区管委会", "320300", "320300/zone-jjjskfq", "the city's own, the only one beside its counties"),
        ("市经开区管委会", "320300", "320300/zone-jjjskfq", "with 市 for the city"),
        ("市经开区管委会", "320311", "320300/zone-jjjskfq", "in a plan of one of its districts"),
        ("经开区管委会", "340123", "340123/zone-jjkfq", "the county's own"),
        ("县经开区管委会", "340123", "340123/zone-jjkfq", "with 县"),
        ("泉山经开区管委会", "320300", "320311/zone-jjkfq", "a district of the city"),
        ("唐山海港经开区管委会", "130000", "130200/zone-haigang-jjkfq", "a name of its own after the city's"),
        ("海港经济开发区管委会", "130200", "130200/zone-haigang-jjkfq", "of the issuer's city"),
        ("海港经济开发区管委会", "130300", "130302/zone-jjkfq", "where 海港 is a district"),
        ("秦皇岛海港经济开发区管委会", "110000", "130302/zone-jjkfq", "and elsewhere, with its city"),
        ("广安经开区管委会", "511600", "511600/guangan-jkq", "a record of bodies.csv comes first"),
        ("高新区管委会", "610400", "610400/xianyang-gxq", "the city's own is recorded, and bears its name alone"),
        ("经开区管委会", "511600", "511600/guangan-jkq", "so in another city"),
        ("经开区管委会", "210100", "210100/zone-jjjskfq", "it bears the city's name alone, beside one with its own"),
        ("高新区管委会", "510100", "510100/chengdu-gxq", "a national zone without a statistical code"),
        ("西海岸新区管委", "370000", "370200/xihaian-xq", "the committee cut short"),
        ("新乡经开区管委会", "410700", "410700/zone-jjjskfq", "that of the city, beside one of a county named so"),
    ],
)
def test_a_committee(name: str, issuer: str, id: str, reason: str) -> None:
    found = resolve(name, issuer)
    assert found.body is not None, (found, reason)
    assert found.body.id == id, reason
    assert (found.rule == "zone") == ("zone-" in id or name in ("高新区管委会", "经开区管委会"))
    assert REGISTER.knows(id)
    assert REGISTER.body(id) == found.body


@pytest.mark.parametrize(
    ("name", "issuer", "why", "candidates", "reason"),
    [
        (
            "经开区管委会",
            "130200",
            "several-bodies",
            ("130200/tangshancaofeidian-jkq", "130200/zone-haigang-jjkfq", "130200/zone-lutai-jjkfq"),
            "three of the city",
        ),
        ("高新区管委会", "320000", "zone", (), "of a whole province"),
        ("高新区管委会", "", "zone", (), "of nobody knows whom"),
        ("海港经济开发区管委会", "110000", "zone", (), "a district of another province without its city"),
        ("某某经开区管委会", "320300", "zone", (), "a name that no zone has"),
        ("徐州旅游度假区管委会", "320300", "zone", (), "a kind that is not read"),
    ],
)
def test_committees_that_stay_open(name: str, issuer: str, why: str, candidates: tuple[str, ...], reason: str) -> None:
    found = resolve(name, issuer)
    assert (found.rule, found.reason, found.candidates) == ("none", why, candidates), reason


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("园区管委会", "320300/ge-yuanqu"),
        ("各高新区管委会", "320300/ge-gaoxinqu"),
        ("有关经开区管委会", "320300/youguan-jingkaiqu"),
        ("各开发区管委会", "320300/ge-yuanqu"),
    ],
)
def test_several_committees_stay_a_collective(name: str, id: str) -> None:
    found = resolve(name, "320300")
    assert found.collective is not None
    assert found.collective.id == id


def test_every_zone_finds_its_way_home() -> None:
    lost = []
    for zone in REGISTER.zones.by_id.values():
        found = resolve(zone.name + OFFICES[1], zone.place)
        if found.body is None or found.body.id != zone.id:
            lost.append((zone.name, found.reason, found.candidates))
    assert lost == [("北京工业园区", "several-bodies", ("653201/zone-beijing-gyyq", "653224/zone-beijing-gyyq"))], (
        "one name in two counties of one prefecture"
    )


def test_the_rows_say_what_their_names_say() -> None:
    rows = list(read_rows(FILE, "id"))
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    for row in rows:
        form = next(form for form in FORMS if row["name"].endswith(form))
        assert FORMS[form] == row["kind"], row
        assert row["name"].removesuffix(form).endswith(row["own"]), row
        assert row["id"].split("/")[0] in REGISTER.places
        assert len(row["code"]) in (6, 9)


def test_the_file_is_read_when_a_name_asks_for_it(tmp_path: Path) -> None:
    shutil.copytree(FILE.parent, tmp_path / "a")
    (tmp_path / "a" / "zones.csv").write_text("id\n", encoding="utf-8")
    register = Register.load(tmp_path / "a")
    assert Resolver(register, "320300", DAY).resolve("市发改委").body is not None
    with pytest.raises(InputError, match=r"zones\.csv, line 1"):
        Resolver(register, "320300", DAY).resolve("经开区管委会")
    (tmp_path / "a" / "zones.csv").unlink()
    with pytest.raises(InputError, match="missing"):
        Register.load(tmp_path / "a")

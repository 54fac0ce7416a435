"""The ZIP package of an office file is opened only if what it holds is of sane size and harmless XML."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from plan_graph.errors import UnreadableError
from plan_graph.reading import package as module
from plan_graph.reading.package import open_package, parse, part

Parts = dict[str, str | bytes]
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {c} "{f"&{b};" * 10}">' for b, c in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><a>&i;</a>"
)


def packed(parts: Parts, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as package:
        for path, data in parts.items():
            package.writestr(path, data)
    return held.getvalue()


def refused(raw: bytes, path: str = "a.xml") -> UnreadableError:
    with pytest.raises(UnreadableError) as raised:
        parse(open_package(raw, "计划.docx"), path, "计划.docx")
    return raised.value


def test_a_part_is_given_as_it_is() -> None:
    package = open_package(packed({"a.xml": "<a>甲</a>"}), "计划.docx")
    assert part(package, "a.xml", "计划.docx") == "<a>甲</a>".encode()
    assert parse(package, "a.xml", "计划.docx").text == "甲"


def flipped(raw: bytes) -> bytes:
    at = raw.index(b"a.xml") + 8
    return raw[:at] + bytes(b ^ 0xFF for b in raw[at : at + 4]) + raw[at + 4 :]


def encrypted(raw: bytes) -> bytes:
    """Set the bit that says an entry is encrypted, in its own head and in the directory."""
    made = bytearray(raw)
    made[6] |= 1
    made[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


PLAIN = packed({"a.xml": "<a>" + "甲乙" * 50 + "</a>"})


@pytest.mark.parametrize(
    ("raw", "en", "zh"),
    [
        pytest.param(PLAIN[:-10], "is damaged or cut off (its ZIP directory", "ZIP 目录无法读取", id="cut at the end"),
        pytest.param(b"PK\x03\x04", "is damaged or cut off (its ZIP directory", "重新获取", id="head only"),
        pytest.param(b"PK" + bytes(range(256)), "is damaged or cut off", "重新获取", id="no ZIP at all"),
        pytest.param(flipped(PLAIN), "is damaged (a.xml cannot be unpacked)", "a.xml 无法解压", id="bytes changed"),
        pytest.param(encrypted(PLAIN), "is protected by a password; save it without one", "密码保护", id="password"),
        pytest.param(packed({"b.xml": ""}), "lacks its part a.xml; open it and save", "缺少 a.xml", id="part missing"),
        pytest.param(packed({"a.xml": ""}), "is damaged (a.xml, line 1: ", "a.xml 第 1 行", id="empty part"),
        pytest.param(packed({"a.xml": "<a>\n<b></a>"}), "is damaged (a.xml, line 2: ", "a.xml 第 2 行", id="no XML"),
        pytest.param(packed({"a.xml": b"<a>\xff</a>"}), "is damaged (a.xml, line 1: ", "已损坏", id="no UTF-8"),
        pytest.param(packed({"a.xml": LAUGHS}), "declares a document type in a.xml", "声明了文档类型", id="laughs"),
        pytest.param(
            packed({"a.xml": LAUGHS.encode("utf-16")}), "declares a document type", "文档类型", id="in UTF-16"
        ),
        pytest.param(
            packed({"a.xml": LAUGHS.encode("utf-32")}), "declares a document type", "文档类型", id="in UTF-32"
        ),
        pytest.param(
            packed({"a.xml": '<!DOCTYPE a SYSTEM "http://a.example.org/a.dtd"><a/>'}),
            "declares a document type",
            "文档类型",
            id="a document type elsewhere",
        ),
        pytest.param(
            packed({"a.xml": "<a>" * 10_000 + "</a>" * 10_000}), "is nested too deeply or holds", "嵌套过深", id="deep"
        ),
        pytest.param(
            packed({"a.xml": b"<a>" + b" " * (module.MAX_RATIO * 30_000)}),
            "holds 'a.xml' packed to 1/1,",
            "压缩至 1/1,",
            id="bomb",
        ),
    ],
)
def test_what_is_refused(raw: bytes, en: str, zh: str) -> None:
    error = refused(raw)
    assert str(error).startswith(f"计划.docx {en}")
    assert error.zh.startswith("计划.docx ")
    assert zh in error.zh
    assert re.search(r"; \w", str(error)), "it says what to do"
    assert "请" in error.zh


def test_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 3)
    assert open_package(packed({f"{at}.xml": "" for at in range(3)}), "d")
    error = refused(packed({f"{at}.xml": "" for at in range(4)}))
    assert str(error) == "计划.docx holds 4 entries, more than the 3 allowed; take out pictures and save it again"


def test_too_much_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_UNPACKED", 8)
    assert open_package(packed({"a.xml": "1234", "b.xml": "1234"}), "d")
    assert "holds 9 bytes when unpacked, more than the 8 allowed" in str(
        refused(packed({"a.xml": "1234", "b.xml": "12345"}))
    )


def test_a_part_larger_than_it_says_is_not_unpacked() -> None:
    raw = packed({"a.xml": b"<a>" + b" " * 1_000_000 + b"</a>"})
    at = raw.index(b"PK\x01\x02") + 24  # the unpacked size in the directory
    lying = raw[:at] + (10).to_bytes(4, "little") + raw[at + 4 :]
    assert "is damaged (a.xml" in str(refused(lying))


def test_large_parts_that_pack_as_real_ones_do_are_read() -> None:
    line = "".join(chr(0x4E00 + at % 997) for at in range(2_000))
    assert parse(open_package(packed({"a.xml": f"<a>{line * 200}</a>"}), "d"), "a.xml", "d").text == line * 200

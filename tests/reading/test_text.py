"""A file is read exactly or refused: encodings, marks, line ends, and everything that is no text."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document
from plan_graph.reading import text as module
from plan_graph.reading.tables import text_tables
from plan_graph.reading.text import decode, read, render

EXACT = settings(derandomize=True, deadline=None, database=None, max_examples=200)
WORDS = "各市人民政府：\n为推进甲，省政府制定本计划。\n一、2016年重点工作（2项）\n1．甲。\n2．乙。\n"
ENCODINGS = {
    "utf-8": (b"", codecs.BOM_UTF8),
    "utf-16-le": (b"", codecs.BOM_UTF16_LE),
    "utf-16-be": (b"", codecs.BOM_UTF16_BE),
    "utf-32-le": (codecs.BOM_UTF32_LE,),
    "utf-32-be": (codecs.BOM_UTF32_BE,),
    "gb18030": (b"",),
}
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


def of(raw: bytes) -> Document:
    return decode(raw, "d", "d.txt")


KINDS = [(encoding, mark) for encoding, marks in ENCODINGS.items() for mark in marks]
CASES = [
    pytest.param(encoding, mark, end, id=f"{encoding}{' marked' if mark else ''} {name}")
    for encoding, mark in KINDS
    for name, end in LINE_ENDS.items()
    if mark or name != "CR" or not encoding.startswith("utf-16")  # without a mark the byte order shows by line feeds
]


@pytest.mark.parametrize(("encoding", "mark", "line_end"), CASES)
def test_every_encoding_mark_and_line_end(encoding: str, mark: bytes, line_end: str) -> None:
    raw = mark + WORDS.replace("\n", line_end).encode(encoding)
    document = of(raw)
    assert (document.text, document.encoding, document.bom) == (WORDS, encoding, mark)
    assert render(document) == raw
    assert (document.sha256, document.byte_count) == (hashlib.sha256(raw).hexdigest(), len(raw))
    assert [document.text[at] for at, _ in document.line_ends] == ["\n"] * len(document.line_ends)
    assert len(document.line_ends) == (0 if line_end == "\n" else WORDS.count("\n"))


@pytest.mark.parametrize("encoding", ["gbk", "gb2312"])
def test_older_chinese_encodings_are_part_of_gb18030(encoding: str) -> None:
    raw = WORDS.encode(encoding)
    document = of(raw)
    assert (document.text, document.encoding) == (WORDS, "gb18030")
    assert render(document) == raw


def test_traditional_characters_in_gbk_are_read() -> None:
    words = "為加快推進經濟發展，財政廳負責資金保障。"
    assert of(words.encode("gbk")).text == words


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (WORDS.encode(), []),
        (codecs.BOM_UTF8 + WORDS.encode(), ["a byte order mark was set aside"]),
        (WORDS.encode("gb18030"), ["decoded from GB18030"]),
        (WORDS.replace("\n", "\r\n").encode(), ["5 line ends written as \\n"]),
    ],
)
def test_what_was_changed_is_noted(raw: bytes, said: list[str]) -> None:
    notes = of(raw).notes
    assert [note.en for note in notes] == said
    assert all(note.zh for note in notes)


@pytest.mark.parametrize(
    ("raw", "text", "line_ends"),
    [
        ("甲\r\n乙\n丙\r丁", "甲\n乙\n丙\n丁", ((1, "\r\n"), (5, "\r"))),  # mixed
        ("甲\n\r乙", "甲\n\n乙", ((2, "\r"),)),  # two ends, not one
        ("甲\r\r\n乙", "甲\n\n乙", ((1, "\r"), (2, "\r\n"))),
        ("甲\r", "甲\n", ((1, "\r"),)),
        ("甲\u2028乙\x0b丙\x0c丁\x85戊", "甲\u2028乙\x0b丙\x0c丁\x85戊", ()),  # other separators stay
    ],
)
def test_line_ends(raw: str, text: str, line_ends: tuple[tuple[int, str], ...]) -> None:
    document = of(raw.encode())
    assert (document.text, document.line_ends) == (text, line_ends)
    assert render(document) == raw.encode()


@pytest.mark.parametrize("odd", ["\ue008\ue009", "\U00020bb7", "\ufeff甲", "\u200b", "\x7f", "\x1b", "e\u0301"])
def test_odd_characters_survive(odd: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        raw = (WORDS + odd).encode(encoding)
        assert of(raw).text == WORDS + odd
        assert render(of(raw)) == raw


LONG = ("为推进改革，省政府制定本方案。" * 5).encode()
BAD: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "is empty"),
    ("white space", " \n\t\u3000\n".encode(), "is empty"),
    ("a mark alone", codecs.BOM_UTF8, "is empty"),
    ("a mark and white space", codecs.BOM_UTF16_LE + " \n".encode("utf-16-le"), "is empty"),
    ("PNG", b"\x89PNG\r\n\x1a\n" + bytes(100), "is a PNG image"),
    ("JPEG", b"\xff\xd8\xff\xe0" + bytes(100), "is a JPEG image"),
    ("GIF", b"GIF89a" + bytes(100), "is a GIF image"),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF document"),
    ("DOCX", b"PK\x03\x04" + bytes(100), "is a ZIP archive (a DOCX or XLSX document is one)"),
    ("DOC", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office document"),
    ("gzip", b"\x1f\x8b\x08" + bytes(100), "is a gzip archive"),
    ("7-Zip", b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive"),
    ("RAR", b"Rar!\x1a\x07\x00", "is a RAR archive"),
    ("RTF", b"{\\rtf1 text}", "is an RTF document"),
    ("program", b"\x7fELF" + bytes(100), "is a program"),
    ("NUL in text", b"plan\x00plan", "is binary, not text (byte 0 at 4)"),
    (
        "NUL in UTF-16",
        codecs.BOM_UTF16_LE + "甲\x00乙".encode("utf-16-le"),
        "is binary, not text (control character at 1)",
    ),
    ("control characters", "甲\x01\x02\x03".encode(), "is binary, not text (control character at 1)"),
    ("UTF-8 cut off", LONG[:-1], f"is cut off in the middle of a character (UTF-8, byte {len(LONG) - 3} of"),
    ("UTF-8 damaged", LONG[:9] + b"\xff" + LONG[9:], "is damaged (UTF-8, byte 9 of"),
    ("UTF-8 with a mark, damaged", codecs.BOM_UTF8 + b"\xff" + LONG, "is damaged (UTF-8, byte 0 of"),
    (
        "UTF-16 cut off",
        codecs.BOM_UTF16_LE + "甲乙".encode("utf-16-le")[:-1],
        "is cut off in the middle of a character",
    ),
    ("GB18030 cut off", LONG.decode().encode("gb18030")[:-1], "is cut off in the middle of a character (GB18030"),
    (
        "GB18030 damaged",
        LONG.decode().encode("gb18030")[:60] + b"\xff" + LONG.decode().encode("gb18030")[60:],
        "is damaged (GB18030, byte 60",
    ),
    ("Latin-1", "Le théâtre a été très fréquenté.".encode("latin-1"), "is neither UTF-8, UTF-16 nor GB18030 text"),
    ("Latin-1 that decodes", "Les étés près de l'hôtel".encode("latin-1"), "is neither UTF-8 nor Chinese text"),
    (
        "Shift-JIS that decodes",
        "東京都の計画について、次のとおり".encode("shift-jis"),
        "is neither UTF-8 nor Chinese text",
    ),
    ("Big5", "臺灣省政府關於推進經濟發展的實施方案，請認真貫徹執行".encode("big5"), "is neither UTF-8"),
    ("UTF-8 cut off, short", "省政府".encode()[:-1], "is neither UTF-8"),
    ("one stray byte", b"\x80", "is neither UTF-8"),
]


def is_one_sentence(message: str) -> bool:
    return message.count("; ") == 1 and not re.search(r"[.!?。]\s|\n|[.。]$", message)


@pytest.mark.parametrize(("raw", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes, message: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(raw)
    with pytest.raises(UnreadableError) as error:
        read(path, "d")
    said = str(error.value)
    assert said.startswith(f"{path} {message}")
    assert is_one_sentence(said)


@pytest.mark.parametrize(("raw", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_the_refusal_is_said_in_chinese_too(raw: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as error:
        of(raw)
    assert error.value.zh.startswith("d.txt ")
    numbers = [sorted(re.findall(r"\d+", said)) for said in (error.value.zh, str(error.value))]
    assert numbers[0] == numbers[1], message


def test_what_would_not_come_back_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # no such bytes are known in the encodings tried; a codec of another Python may have some
    monkeypatch.setattr(module, "characters", lambda *_: (b"", "gb18030", "甲"))
    with pytest.raises(UnreadableError, match=r"uses GB18030 byte sequences that do not survive a round trip"):
        of("乙".encode("gb18030"))


def test_a_few_control_characters_are_let_through() -> None:
    assert of("甲\x01\x02".encode()).text == "甲\x01\x02"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"does not exist; check the path$"):
        read(tmp_path / "none.txt", "d")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"is not a plain file; give a text file$"):
        read(tmp_path, "d")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="is not a plain file"):
        read(tmp_path / "pipe", "d")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(WORDS, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything, so permissions alone prove nothing
    with pytest.raises(UnreadableError, match=r"cannot be read \(Permission denied\); check its permissions$"):
        read(path, "d")


def test_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(WORDS, encoding="utf-8")
    size = len(WORDS.encode())
    monkeypatch.setattr(module, "MAX_BYTES", size)
    assert read(path, "d").byte_count == size
    monkeypatch.setattr(module, "MAX_BYTES", size - 1)
    with pytest.raises(UnreadableError, match=rf"has {size} bytes, more than the {size - 1} a text may have"):
        read(path, "d")


def test_reading_keeps_id_and_name(tmp_path: Path) -> None:
    path = tmp_path / "计划.txt"
    path.write_text(WORDS, encoding="utf-8")
    document = read(path, "some-id")
    assert (document.id, document.name, document.text) == ("some-id", "计划.txt", WORDS)


def test_rendering_another_text_of_the_same_length() -> None:
    document = of("甲\r\n乙".encode("gb18030"))
    assert render(document, "丙\n丁") == "丙\r\n丁".encode("gb18030")


CHARACTERS = st.text(
    st.sampled_from("甲乙丙省政府，。（）1．a \t\ue008\U00020bb7") | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "rows", "reason"),
    [
        (
            "任务表\n\n序号\n\n任务\n\n责任单位\n\n1\n\n甲\n\n县甲局\n\n2\n\n乙\n\n县乙局\n\n甲县\n",
            ["序号 任务 责任单位", "1 甲 县甲局", "2 乙 县乙局"],
            "a cell a line, as a page gives it",
        ),
        (
            "序号\n任务\n牵头单位\n1\n甲\n县甲局\n2\n乙\n县乙局\n3\n丙\n4\n丁\n县丁局\n",
            ["序号 任务 牵头单位", "1 甲 县甲局", "2 乙 县乙局", "3 丙 ", "4 丁 县丁局"],
            "a row that lacks its last cell",
        ),
        (
            "序号\n任务\n牵头单位\n备注\n一、甲类\n1\n甲\n县甲局\n2\n乙\n县乙局\n新增\n二、丙类\n3\n丙\n县丙局\n",
            ["序号 任务 牵头单位 备注", "1 甲 县甲局 ", "2 乙 县乙局 新增", "3 丙 县丙局 "],
            "remarks are mostly empty, and headings part the rows",
        ),
        (
            "序号\n任务\n责任单位\n时限\n一\n甲类\n1\n甲\n县甲局\n2\n乙\n县乙局、各乡镇\n二\n丙类\n1\n丙\n县丙局\n附件\n",
            ["序号 任务 责任单位 时限", "1 甲 县甲局 ", "2 乙 县乙局、各乡镇 ", "1 丙 县丙局 "],
            "a last column may be empty, and each heading begin to count anew",
        ),
        ("序号\n姓名\n电话\n1\n甲\n乙\n2\n丙\n丁\n", [], "no column of bodies"),
        (
            "任务表\n序号 工 作 任 务 牵头负责部门\n1 增长3%左右 甲部\n2 建成AI 中心5个 乙局、丙局\n3 甲\n",
            ["序号 工 作 任 务 牵头负责部门", "1 增长3%左右 甲部", "2 建成AI 中心5个 乙局、丙局"],
            "cells parted by spaces",
        ),
        (
            "序号 任务 牵头单位 时限\n1 甲 乙局 年底\n2 丙 甲局 乙局 年底\n3 丁 丙局 年底\n",
            [],
            "two names or a task and one",
        ),
        ("序号 任务 时限 牵头单位\n1 甲 年底 乙局\n2 丙 年底 丁局\n", [], "which words are the task is not clear"),
        (
            "任务表\n\n| 序号 | 任务 | 单位 |\n|---|:--:|---|\n| 1 | 甲 | 县甲局 |\n| 2 |  | 县乙局 |\n文|字|\n",
            ["序号 任务 单位", "1 甲 县甲局", "2  县乙局"],
            "bars of Markdown",
        ),
        ("| 甲 | 乙 | 丙 |\n一、任务\n| 甲 | 乙 | 丙 |\n", [], "one line with bars is no table"),
        (
            "事项 | 内容 | 责任单位 |\n甲 | 办甲。 | 县甲局 |\n乙 | 办乙。 | 县乙局 |\n",
            ["事项 内容 责任单位", "甲 办甲。 县甲局", "乙 办乙。 县乙局"],
            "bars behind the cells alone",
        ),
        (
            "重點任務 | 內容 | 責任單位\n甲 | 辦甲。 | 縣甲局\n乙 | 辦乙。 | 縣乙局\n",
            ["重點任務 內容 責任單位", "甲 辦甲。 縣甲局", "乙 辦乙。 縣乙局"],
            "traditional characters",
        ),
        ("序号\n任务\n责任单位\n甲\n乙\n", [], "no numbers"),
        (
            "序号\n|\n任务\n|\n责任单位\n|\n1\n|\n办甲。\n|\n县甲局\n|\n2\n|\n办乙。\n|\n县乙局\n|\n",
            ["序号 任务 责任单位", "1 办甲。 县甲局", "2 办乙。 县乙局"],
            "bars between them",
        ),
        (
            "任务表\n任务\n要求\n责任单位\n时限\n丙类\n1\n办甲。\n县甲局\n年底前\n2\n办乙。\n县乙局\n6月底\n丁类\n3\n办戊。\n县丙局\n年底前\n",
            [
                "任务 要求 责任单位 时限",
                "丙类 办甲。 县甲局 年底前",
                "丙类 办乙。 县乙局 6月底",
                "丁类 办戊。 县丙局 年底前",
            ],
            "numbers and groups under one head",
        ),
        (
            "任务表\n工作任务\n责任单位\n时限\n1\n办甲。\n县甲局\n年底前\n2\n办乙。\n县乙局\n6月底\n",
            ["工作任务 责任单位 时限", "办甲。 县甲局 年底前", "办乙。 县乙局 6月底"],
            "numbers under no head",
        ),
        (
            "任务表\n工作任务\n责任单位\n时限\n1\n办甲。\n年底前\n县甲局\n2\n办乙。\n县乙局\n6月底\n",
            [],
            "cells that do not agree",
        ),
        ("序号\n任务\n责任单位\n1\n甲\n县甲局\n", [], "one row may be anything"),
        ("序号\n任务\n责任单位\n1\n", [], "heads alone"),
    ],
)
def test_tables_with_a_cell_a_line(text: str, rows: list[str], reason: str) -> None:
    found = [" ".join(cell.of(text) for cell in row) for table in text_tables(text) for row in table.rows]
    assert found == rows, reason


@pytest.mark.parametrize(
    ("text", "rows", "reason"),
    [
        (
            "| 工作任务 | 责任单位 |\n|---|---|\n| 建设甲。 | 市乙局 |\n",
            ["工作任务 责任单位", "建设甲。 市乙局"],
            "bars",
        ),
        (
            "责任部门\t主要措施\n市乙局\t建设甲。\n",
            ["责任部门 主要措施", "市乙局 建设甲。"],
            "tabs, in the other order",
        ),
        (
            "附件\t一\n任务\t牵头单位\n建设甲。\t市乙局\n",
            ["任务 牵头单位", "建设甲。 市乙局"],
            "a line with a tab above",
        ),
        ("| 姓名 | 单位 |\n|---|---|\n| 某某 | 市乙局 |\n", [], "names of persons"),
        ("责任单位\t电话\n市乙局\t12345\n", [], "telephones"),
        ("1.\t建设甲。\n2.\t建设乙。\n", [], "numbers"),
    ],
)
def test_tables_of_two_columns(text: str, rows: list[str], reason: str) -> None:
    found = [" ".join(cell.of(text) for cell in row) for table in text_tables(text) for row in table.rows]
    assert found == rows, reason


@EXACT
@given(st.sampled_from(KINDS), st.lists(CHARACTERS), st.data())
def test_what_is_read_is_given_back(kind: tuple[str, bytes], lines: list[str], data: st.DataObject) -> None:
    encoding, mark = kind
    ends = data.draw(st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=len(lines), max_size=len(lines)))
    body = WORDS + "".join(line + end for line, end in zip(lines, ends, strict=True))
    raw = mark + body.encode(encoding)
    try:
        document = of(raw)
    except UnreadableError:  # bytes of one encoding that read as another are refused, never guessed
        assert encoding in ("gb18030", "utf-16-le", "utf-16-be")
        assert not mark
        return
    assert render(document) == raw
    assert "\r" not in document.text
    if document.encoding == encoding:
        assert document.text == body.replace("\r\n", "\n").replace("\r", "\n")


@EXACT
@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda raw: LONG + raw))
def test_any_bytes_are_read_exactly_or_refused(raw: bytes) -> None:
    try:
        document = of(raw)
    except UnreadableError as error:
        assert str(error).startswith("d.txt ")
        return
    assert render(document) == raw

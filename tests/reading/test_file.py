"""Which kind a file is shows in its bytes; a name that says another, and kinds that are not read, are refused."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from plan_graph.errors import UnreadableError
from plan_graph.reading import assembly, package, text
from plan_graph.reading.file import ENDINGS, read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
TEXT = "一、建成甲平台。\n".encode()
PAGE = "<!DOCTYPE html><html><body><p>一、建成甲平台。</p></body></html>".encode()
CELLS = "序号,任务\n1,建成甲平台\n".encode()


def zipped(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for path, data in parts.items():
            package.writestr(path.replace("__", "/").replace("_xml", ".xml"), data)
    return held.getvalue()


def workbook() -> bytes:
    made, held = openpyxl.Workbook(), io.BytesIO()
    made.active["A1"] = "建成甲平台"
    made.save(held)
    return held.getvalue()


DOCX = zipped(
    word__document_xml=f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>一、建成甲平台。</w:t></w:r></w:p></w:body></w:document>'
)
XLSX = workbook()
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le")


def put(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("name", "raw", "media_type"),
    [
        ("计划.txt", TEXT, "text/plain"),
        ("计划.TXT", TEXT, "text/plain"),
        ("计划", TEXT, "text/plain"),  # no ending
        ("计划.2016", TEXT, "text/plain"),  # an ending that says nothing
        ("计划.md", TEXT, "text/plain"),
        ("计划.html", PAGE, "text/html"),
        ("计划.htm", PAGE, "text/html"),
        ("计划", PAGE, "text/html"),
        ("计划.html", "<p>一、建成甲平台。</p>".encode(), "text/html"),  # a piece of a page
        ("计划.html", b"\xef\xbb\xbf<!-- x -->\n" + PAGE, "text/html"),
        ("计划.html", '<?xml version="1.0"?>\n<html><body>甲</body></html>'.encode(), "text/html"),
        ("计划.html", PAGE.decode().encode("utf-16"), "text/html"),
        ("计划", "<HTML><BODY>甲</BODY></HTML>".encode(), "text/html"),
        ("计划.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("计划", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("计划.csv", CELLS, "text/csv"),
        ("计划.tsv", CELLS.replace(b",", b"\t"), "text/tab-separated-values"),
        ("计划.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_kinds(tmp_path: Path, name: str, raw: bytes, media_type: str) -> None:
    document = read(put(tmp_path, name, raw), "d")
    assert (document.id, document.name, document.media_type) == ("d", name, media_type)
    assert document.byte_count == len(raw)
    assert "甲" in document.text


@pytest.mark.parametrize(
    ("name", "raw", "en", "zh"),
    [
        ("a.txt", b"", "is empty; give", "空文件"),
        ("a.html", b" \r\n", "is empty; give", "空文件"),
        ("a.docx", b"", "is empty; give", "空文件"),
        ("a.docx", TEXT, "holds plain text, but its name ends in .docx; name it a.txt", "改名为 a.txt"),
        ("a.docx", PAGE, "holds a web page (HTML), but its name ends in .docx; name it a.html", "改名为 a.html"),
        ("a.doc", PAGE, "holds a web page (HTML), but its name ends in .doc; name it a.html", "改名为 a.html"),
        ("a.xls", CELLS, "holds plain text, but its name ends in .xls; name it a.txt", "改名为 a.txt"),
        ("a.txt", PAGE, "holds a web page (HTML), but its name ends in .txt; name it a.html", "改名为 a.html"),
        ("a.txt", DOCX, "holds a Word document (DOCX), but its name ends in .txt; name it a.docx", "改名为 a.docx"),
        ("a.doc", DOCX, "holds a Word document (DOCX), but its name ends in .doc; name it a.docx", "改名为 a.docx"),
        ("a.wps", DOCX, "holds a Word document (DOCX), but its name ends in .wps; name it a.docx", "改名为 a.docx"),
        ("a.xlsx", DOCX, "holds a Word document (DOCX), but its name ends in .xlsx; name it a.docx", "改名为 a.docx"),
        ("a.docx", XLSX, "holds an Excel workbook (XLSX), but its name ends in .docx; name it a.xlsx", "改名为 a.xlsx"),
        ("a.csv", XLSX, "holds an Excel workbook (XLSX), but its name ends in .csv; name it a.xlsx", "改名为 a.xlsx"),
        ("a.csv", PAGE, "holds a web page (HTML), but its name ends in .csv; name it a.html", "改名为 a.html"),
        ("a.doc", OLE, "is an old Office document (DOC, XLS or WPS), which is not read; open it and save it as .docx", "另存为 .docx"),
        ("a.wps", OLE, "is an old Office document (DOC, XLS or WPS), which is not read; open it and save it as .docx", "另存为 .docx"),
        ("a.xls", OLE, "is an old Office document (DOC, XLS or WPS), which is not read; open it and save it as .xlsx", "另存为 .xlsx"),
        ("a.docx", ENCRYPTED, "is protected by a password; save it without one", "取消密码"),
        ("a.xlsx", ENCRYPTED, "is protected by a password; save it without one", "取消密码"),
        ("a.rtf", b"{\\rtf1 a}", "is an RTF document, which is not read; open it and save it as .docx", "另存为 .docx"),
        ("a.mht", b"MIME-Version: 1.0\r\n\r\nx", "is a web archive (MHTML), which is not read; open it and save it as .html", "另存为 .html"),
        ("a.odt", zipped(mimetype="application/vnd.oasis.opendocument.text"), "is an OpenDocument file (ODT or ODS), which is not read; open it and save it as .docx", "另存为 .docx"),
        ("a.ods", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "is an OpenDocument file (ODT or ODS), which is not read; open it and save it as .xlsx", "另存为 .xlsx"),
        ("a.ofd", zipped(OFD_xml="<a/>"), "is an OFD document, which is not read; open it and save it as .docx", "另存为 .docx"),
        ("a.xlsb", zipped(**{"xl__workbook.bin": "x"}), "is a binary Excel workbook (XLSB), which is not read; open it and save it as .xlsx", "另存为 .xlsx"),
        ("a.zip", zipped(a="x"), "is a ZIP archive without a Word or Excel document; unpack it", "解压"),
        ("a.docx", zipped(a="x"), "is a ZIP archive without a Word or Excel document; unpack it", "解压"),
        ("a.docx", DOCX[:-40], "is damaged or cut off (its ZIP directory cannot be read); get the file again", "重新获取"),
        ("a.docx", DOCX[200:], "is not a Word document (DOCX), or its beginning is missing; get the file again", "重新获取"),
        ("a.xlsx", b"\x00" * 4000, "is damaged (it begins with zeros); get the file again", "重新获取"),
        ("a.et", bytes(range(1, 256)) * 4, "is a .et file, which is not read; open it and save it as .xlsx", "另存为 .xlsx"),
        ("a.html", bytes(range(256)) * 4, "is binary, not text (byte 0 at 0); give", "二进制"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(20), "is a PNG image, not text; give", "PNG 图片"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, name: str, raw: bytes, en: str, zh: str) -> None:
    path = put(tmp_path, name, raw)
    with pytest.raises(UnreadableError) as raised:
        read(path, "d")
    assert str(raised.value).startswith(f"{path} {en}")
    assert raised.value.zh.startswith(f"{path} ")
    assert zh in raised.value.zh
    for message in (str(raised.value), raised.value.zh):  # one sentence
        assert not re.search(r"\.\s|。", message.removeprefix(str(path)))


def test_many_comments_before_a_piece_of_a_page_are_passed_over_at_once(tmp_path: Path) -> None:
    """In a process of its own, for a pattern that backtracks without bound would need years."""
    path = put(tmp_path, "计划.html", b"<!-- made by a program -->\n" * 100 + "<p>一、建成甲平台。</p>".encode())
    code = "import sys, pathlib; from plan_graph.reading.file import read; read(pathlib.Path(sys.argv[1]), 'x')"
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60).returncode == 0


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"无 does not exist; check the path$"):
        read(tmp_path / "无", "d")


@pytest.mark.parametrize(
    "stated",
    [
        f"{text.MAX_BYTES >> 20} MB",
        f"{package.MAX_UNPACKED >> 20} MB",
        f"{package.MAX_ENTRIES:,}",
        f"1/{package.MAX_RATIO}",
        f"{assembly.MAX_CELLS:,}",
    ],
)
def test_the_limits_in_the_documentation_are_those_of_the_code(stated: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "formats.md").read_text(encoding="utf-8")
    assert stated in page


def test_every_ending_that_is_read_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "formats.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(\.\w+)`", " ".join(re.findall(r"^\| (`\..*?) \|", page, re.M)))) == set(ENDINGS)

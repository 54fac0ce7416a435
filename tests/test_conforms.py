"""Documents of unlike shapes build, validate, and lose nothing: what extraction gives the graph can say."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from plan_graph.corpus import Options, build_corpus

HEAD = "甲市方案\n一、任务\n"
TEXTS = {
    "joint-issue": "中共甲县委办公室\n甲县人民政府办公室\n2021年5月1日\n甲县方案\n一、任务\n（一）乙。（责任单位：县丙局）\n",
    "annexes": HEAD
    + "（一）乙。（甲局负责）\n甲市人民政府\n2020年9月21日\n附件1\n清单\n1．丙。\n2．丁。（乙局负责）\n附件2\n名单\n",
    "bare-annex": HEAD + "（一）乙。（甲局负责）\n附件\n1．丙。（乙局负责）\n2．丁。（乙局负责）\n",
    "note-at-the-end": HEAD
    + "（一）乙。（责任单位：甲局、乙局）\n（二）丙。（责任单位：丙局、丁局）\n注：列第一位的为牵头单位。\n",
    "deep": "甲市方案\n一、任务\n（一）甲类\n1．乙类\n（1）丙事。（甲局负责）\n2．丁类\n（1）戊事。（乙局负责）\n（二）乙类\n1．己类\n（1）庚事。（丙局负责）\n",
    "duties": "甲县方案\n一、职责分工\n县财政局：落实经费。\n县水利局：做好防汛。\n",
    "one-line": "甲市方案各县人民政府：一、任务（一）乙。（甲局牵头，乙局配合，6月底前完成）（二）丙。〔责任单位：丙局〕二、保障 加强领导。甲市人民政府2021年3月1日",
    "odd-names": HEAD + "（一）乙。（责任单位：省“双减”专班办、市、县财政局，和平区政府、甲局（乙局）等）\n",
    "twice": HEAD
    + "（一）乙。（牵头单位：甲局；责任单位：甲局、乙局。以下均需丙局落实，不再列出）\n（二）丙。（牵头单位：丙局；责任单位：甲局）\n",
    "same-headings": "甲市方案\n一、任务\n（一）甲。（甲局负责）\n二、任务\n（一）乙。（乙局负责）\n一、任务\n（一）丙。（丙局负责）\n",
    "no-clause": "一、甲\n二、乙\n",
    "wrapped": HEAD
    + "".join(
        "（一）推进数字化改革建设一张网提升服务效能，推\n动公共数据共享开放和开发利用，完善管理制度，形\n成长效机制（责\n任单位：省\n甲厅）。\n"
        for _ in range(8)
    ),
    "private-use": HEAD + "（一）\ue008乙\ue009做好㈠、１０％工作\U00020bb7。（甲局负责）\n",
    "table": "重点任务\n序号\t任务\t责任单位\t完成时限\n1\t乙\t县甲局、县乙局\t6月底\n\t丙\t同上\t\n合计\t\t\t\n",
    "table-of-nobody": "重点任务\n任务\t责任单位\t备注\n乙\t无\t\n丙\t县甲局（负责人：张三）\t\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_conforms(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.txt"
    file.write_text(TEXTS[name], encoding="utf-8")
    made = build_corpus([file], tmp_path / "b", Options(draws=0, keywords=False))
    assert made.failed == ()
    assert made.report is not None
    assert made.report.conforms


def test_sheets_without_numbers_conform(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("任务,牵头单位,配合单位\n乙,县甲局,县乙局\n丙,县丙局（牵头）,\n", encoding="utf-8")
    page = (
        "<html><body><p>甲县清单</p><table><tr><th>任务<th>责任单位<tr><td>乙<td>县甲局<br>县乙局</table></body></html>"
    )
    (tmp_path / "b.html").write_text(page, encoding="utf-8")
    made = build_corpus([tmp_path / "a.csv", tmp_path / "b.html"], tmp_path / "out", Options(draws=0, keywords=False))
    assert made.failed == ()
    assert made.report is not None and made.report.conforms


def test_a_number_above_a_table_that_holds_no_task_is_no_task(tmp_path: Path) -> None:
    rows = "<table><tr><th>名称<th>数量<tr><td>甲<td>3<tr><td>乙<td>4</table>"
    page = f"<html><body><p>甲县工作安排</p><p>一、推进建设。（牵头单位：县甲局）</p><p>二、</p>{rows}</body></html>"
    (tmp_path / "d.html").write_text(page, encoding="utf-8")
    made = build_corpus([tmp_path / "d.html"], tmp_path / "out", Options(draws=0, keywords=False))
    assert made.failed == ()
    assert made.documents[0]["counts"]["tasks"] == 1
    assert made.report is not None and made.report.conforms


def test_a_word_file_without_numbers_conforms(tmp_path: Path) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rows = "".join(
        f"<w:tr><w:tc><w:p><w:r><w:t>{a}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{b}</w:t></w:r></w:p></w:tc></w:tr>"
        for a, b in (("任务", "责任单位"), ("乙", "县甲局"), ("丙", "县乙局"))
    )
    with zipfile.ZipFile(tmp_path / "c.docx", "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document {space}><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>"
        )
    made = build_corpus([tmp_path / "c.docx"], tmp_path / "out", Options(draws=0, keywords=False))
    assert made.failed == ()
    assert made.report is not None and made.report.conforms

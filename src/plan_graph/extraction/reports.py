"""What is reported of a document's outline: numbers out of order, counts that disagree, titles not found."""

from __future__ import annotations

from plan_graph.extraction.outline import Block
from plan_graph.model.plan import Section
from plan_graph.model.text import Note


def no_title() -> Note:
    """Say that no title was found."""
    return Note(
        "第一个编号之前没有找到标题，以文件名代替",
        "no title found before the first numbered block; the file name stands in for it",
    )


def wrong_count(section: Section, held: int) -> Note:
    """Say that a heading states another number of tasks than it holds."""
    return Note(
        f"标题“{section.number}{section.title}”写明 {section.stated_tasks} 项，实有 {held} 项，请与原文核对",
        f"heading {section.number}{section.title} states {section.stated_tasks} tasks "
        f"but holds {held}; compare with the original",
    )


def heading_alone(section: Section) -> Note:
    """Say that a heading has a clause and the items beneath it have none: the items were given no parties."""
    words = f"{section.number}{section.title}"[:40]
    return Note(
        f"“{words}”的标题写有责任分工，其下各项没有：只记在标题一项，请核对",
        f"{words}: the heading has a clause and its items have none; "
        "the clause was read for the heading alone, check it",
    )


def governed_note(text: str, block: Block) -> Note:
    """Say that a clause at the end of several items was read as the clause of the item that holds them."""
    words = (block.mark.of(text) + block.body.of(text).split("\n", 1)[0])[:40]
    return Note(
        f"“{words}”下各项只在末尾有一处责任分工，已作为整项的责任分工，请核对",
        f"{words}: the one clause at the end of its items was read as the clause of the whole; check it",
    )


def disorder(blocks: tuple[Block, ...]) -> list[Note]:
    """Report numbers that are missing or stand twice.

    Beside each other, blocks of one style count up; under the next heading they run on or begin again.
    """
    warnings: list[Note] = []
    last: dict[float, int] = {}

    def follow(level: tuple[Block, ...]) -> None:
        beside: set[float] = set()
        for block in level:
            before, number = last.get(block.rank), block.number
            if before is None:
                if number > 1:
                    warnings.append(
                        Note(
                            f"编号从 {number} 开始：缺 {number - 1} 项",
                            f"the numbers begin with {number}: {number - 1} missing",
                        )
                    )
            elif number != before + 1 and (block.rank in beside or number != 1):
                zh, en = "编号重复或次序有误", "a number stands twice or out of order"
                if number > before:
                    zh, en = f"缺 {number - before - 1} 项", f"{number - before - 1} missing"
                warnings.append(
                    Note(f"第 {before} 项之后是第 {number} 项：{zh}", f"{before} is followed by {number}: {en}")
                )
            last[block.rank] = number
            beside.add(block.rank)
            follow(block.children)

    follow(blocks)
    return warnings

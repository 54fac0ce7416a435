"""Words that set a text apart: cut by a dictionary that knows the register, weighed against the other texts."""

from __future__ import annotations

from typing import Any

import pytest

from plan_graph.authority.register import Register
from plan_graph.authority.words import cut, tokenizer
from plan_graph.extraction.keywords import keywords, pooled


@pytest.fixture(scope="module")
def words(register: Register) -> Any:
    return tokenizer(register)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("省发展改革委负责", ["省发展改革委", "负责"]),  # a name of the register stays whole
        ("哈长沈大经济带", ["哈长沈大", "经济带"]),  # so does an abbreviation
        ("在喀喇沁左翼蒙古族自治县", ["喀喇沁左翼蒙古族自治县"]),  # and a place
        ("沈阳市和大连市", ["沈阳市", "大连市"]),  # a word of one character says nothing
        ("，。2016（）", []),
        ("", []),
    ],
)
def test_cutting(words: Any, text: str, expected: list[str]) -> None:
    assert cut(words, text, frozenset()) == expected


def test_stop_words_are_left_out(words: Any, register: Register) -> None:
    assert "推进" in register.stop_words
    assert cut(words, "推进沈阳市建设", register.stop_words | {"建设"}) == ["沈阳市"]


def test_the_dictionary_is_ours_alone(words: Any) -> None:
    import jieba

    assert words is not jieba.dt
    assert "省发展改革委" not in jieba.dt.FREQ


def test_rarer_words_weigh_more() -> None:
    texts = [["甲甲", "乙乙", "乙乙", "丙丙"], ["甲甲", "丙丙"], ["甲甲", "丁丁"]]
    assert keywords(texts, 5) == [("乙乙", "丙丙"), ("丙丙",), ("丁丁",)]  # 甲甲 is in all three


def test_frequency_counts_and_ties_keep_their_order() -> None:
    texts = [["乙乙", "甲甲", "丙丙", "丙丙"], ["丁丁"]]
    assert keywords(texts, 3) == [("丙丙", "乙乙", "甲甲"), ("丁丁",)]
    assert keywords(texts, 1) == [("丙丙",), ("丁丁",)]


@pytest.mark.parametrize(
    ("texts", "expected"), [([], []), ([[]], [()]), ([["甲甲"]], [()]), ([["甲甲"], []], [("甲甲",), ()])]
)
def test_few_texts(texts: list[list[str]], expected: list[tuple[str, ...]]) -> None:
    assert keywords(texts, 3) == expected


def test_texts_of_one_key_are_pooled_in_order() -> None:
    assert pooled([("一", ["甲"]), ("二", ["乙"]), ("一", ["丙"])]) == {"一": ["甲", "丙"], "二": ["乙"]}

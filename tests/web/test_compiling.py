"""Templates that are compiled in a shorter way give what Jinja's own compiler gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from plan_graph.web.pages.compiling import Compiled, escaped

values = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.text("<>&'\"a中").map(Markup)


@given(values | st.text("<>&'\"a中"))
def test_a_value_is_escaped_as_by_markupsafe(value: Any) -> None:
    assert str(escaped(value)) == str(escape(value))


TEMPLATES = {
    "macros": """{% macro one(a, b="<b>", c=none) %}{{ a }}|{{ b }}|{{ c }}{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}
{% macro each(rows) %}{% for row in rows %}{{ caller(row) }}{% endfor %}{% endmacro %}""",
    "base": "{% set title %}{% block title %}{% endblock %}{% endset %}<title>{{ title }}</title>{% block main %}{% endblock %}",
    "page": """{% extends "base" %}{% import "macros" as m %}{% set kept = given[:2] %}
{% block title %}{{ name }} & {{ name|upper }}{% endblock %}
{% block main %}{{ m.one(name) }}{{ m.one(name, b=name ~ "<", **{"c": 1}) }}{{ m.one(*kept) }}
{% call(row) m.each(given) %}<i title="{{ row }}">{{ row }}{{ loop_of(row) }}</i>{% endcall %}
{% for row in given %}{% set inner = m.one(row) %}{{ inner }}{{ loop.index }}{{ loop.cycle("a", "<") }}{% endfor %}
{% call m.one("x") %}{{ given|join(", ") }}{% endcall %}{{ name.upper() }}{{ {"a": name}.get("a") }}{% endblock %}""",
}


@pytest.mark.parametrize("given_", [[0], ["a"], ["<a>", "b & c", "'", '"', 1, None, 2.5, Markup("<br>")]])
def test_a_template_with_all_that_calls_gives_the_same(given_: list[Any]) -> None:
    made = []
    for kind in (Environment, Compiled):
        environment = kind(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
        page = environment.get_template("page")
        made.append(page.render(given=given_, name="甲 <乙>", loop_of=lambda row: f"<{row}>"))
    assert made[0] == made[1]
    assert "甲 &lt;乙&gt;" in made[1]


@pytest.mark.parametrize("wrong", ["{{ nothing }}", "{{ nothing() }}", "{{ name.nothing() }}"])
def test_what_is_not_given_is_an_error(wrong: str) -> None:
    with pytest.raises(UndefinedError):
        Compiled(autoescape=True, undefined=StrictUndefined).from_string(wrong).render(name="x")


def test_wordings_are_chosen_by_language() -> None:
    environment = Compiled(autoescape=True)
    environment.lang = "en"
    assert environment.from_string("{{ t('任务', 'Tasks & more') }}").render() == "Tasks &amp; more"

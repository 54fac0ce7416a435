"""What keeps people from using a page, as axe-core finds it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map(one => [one.id, one.help, one.nodes.slice(0, 3).map(node => node.html)]);
}"""


@cache
def _source() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[Any]:
    """Give what axe-core finds wrong on the page as it stands, each as rule, meaning and up to three elements."""
    page.evaluate(_source())
    return list(page.evaluate(_RUN))

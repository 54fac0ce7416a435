"""A tab of a browser from which only the service can be reached, and which must stay quiet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from .conftest import Served

SIZES = {"phone": (390, 844), "tablet": (768, 1024), "desk": (1280, 900)}


@contextmanager
def opened(
    browser: Browser, served: Served, *, scripts: bool = True, size: str = "desk", scheme: str = "light"
) -> Iterator[Page]:
    """Open a tab that may reach nobody but the service; a word on its console or another host asked fails the test."""
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=served.url,
        java_script_enabled=scripts,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="zh-CN",
        accept_downloads=True,
    )
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(served.url) else None)
    context.route(lambda url: not url.startswith(served.url), lambda route: route.abort())
    yield page
    context.close()
    assert said == []

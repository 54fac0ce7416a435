"""What a visitor asked for, and what a page is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page: its address in parts, its parameters in order, the language to speak (``zh`` or ``en``)."""

    path: str
    arguments: Mapping[str, str]
    parameters: Sequence[tuple[str, str]]
    lang: str

    def one(self, name: str) -> str | None:
        """Give the last value of a parameter that is not empty."""
        return next((value.strip() for key, value in reversed(self.parameters) if key == name and value.strip()), None)

    def every(self, name: str) -> list[str]:
        """Give all values of a parameter that are not empty, once each and in order."""
        return list(dict.fromkeys(value.strip() for key, value in self.parameters if key == name and value.strip()))

    def address(self, **changed: str | int | None) -> str:
        """Give the address of this page with some parameters set, or left out where they are ``None``."""
        kept = [(key, value) for key, value in self.parameters if key not in changed and value]
        query = urlencode([*kept, *((key, str(value)) for key, value in changed.items() if value is not None)])
        return f"{self.path}?{query}" if query else self.path

    @property
    def choice(self) -> tuple[tuple[str, str], ...]:
        """What a list is narrowed and sorted by: the parameters but the number of its page."""
        return tuple((key, value) for key, value in self.parameters if key != "page")

    def t(self, zh: str, en: str) -> str:
        """Choose a wording."""
        return en if self.lang == "en" else zh

    def page(self, pages: int) -> int:
        """Give the number of the page asked for, from 1 to the last there is; what is no number is the first."""
        asked = self.one("page") or ""
        return max(1, min(int(asked), pages)) if asked.isdecimal() and len(asked) < 10 else 1


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template and what that is given; ``status`` is 200 but for pages that say what is missing."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class File:
    """An answer that is no page: its bytes, media type, the name to save it under, other headers."""

    content: bytes
    media_type: str
    name: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        """The headers that say so."""
        saved = {"Content-Disposition": f'attachment; filename="{self.name}"'} if self.name else {}
        return {**saved, **self.said}

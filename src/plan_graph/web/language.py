"""Which language a visitor speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

LANGUAGES = ("zh", "en")


def language(request: Request) -> str:
    """Give the language of an answer: the parameter ``lang``, else the visitor's cookie, else what the browser asks."""
    for said in (request.query_params.get("lang"), request.cookies.get("lang")):
        if said in LANGUAGES:
            return str(said)
    wanted = request.headers.get("accept-language", "")[:1000].lower()
    ranked = sorted(
        ((part.partition(";q=")[2] or "1", part.strip()[:2]) for part in wanted.split(",") if part.strip()),
        key=lambda one: -_number(one[0]),
    )
    return next((code for _, code in ranked if code in LANGUAGES), "zh")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0

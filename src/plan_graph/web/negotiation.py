"""Which representation a client gets, by its Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plan_graph.errors import InputError

_LONGEST = 4096  # characters of a header that are read: one that is longer says nothing more


class NotAcceptableError(InputError):
    """None of the representations there are is acceptable to the client."""


def parse_accept(header: str) -> list[tuple[str, float, int]]:
    """Read an Accept header into (media range, quality, precision); what cannot be read is left out.

    Precision is 2 for a full type, 1 for ``text/*``, 0 for ``*/*``; parameters other than ``q`` are not told apart.
    """
    made = []
    for item in header[:_LONGEST].split(","):
        media, *parameters = (part.strip() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if media == "*":
            media = "*/*"
        if media.count("/") == 1:
            made.append((media.lower(), quality, 2 - media.split("/").count("*")))
    return made


def takes_gzip(header: str) -> bool:
    """Tell by an Accept-Encoding header whether a client takes gzip (RFC 9110, section 12.5.3).

    >>> takes_gzip("br, gzip;q=0.8"), takes_gzip("*"), takes_gzip("gzip;q=0, *"), takes_gzip("")
    (True, True, False, False)
    """
    weights = {}
    for item in header[:_LONGEST].lower().split(","):
        name, _, parameter = item.partition(";")
        weights[name.strip()] = re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", parameter) is None
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", False)))


def best(header: str, offered: Sequence[str]) -> str | None:
    """Choose among media types, the first of which is preferred where the client has no preference.

    Nothing acceptable gives ``None``; a header that says nothing accepts everything.
    """
    ranges = parse_accept(header)
    if not ranges:
        return offered[0] if not header.strip() else None
    scored: list[tuple[float, int, str]] = []
    for at, media in enumerate(offered):
        fitting = [
            (precision, quality)
            for accepted, quality, precision in ranges
            if accepted in (media, media.split("/")[0] + "/*", "*/*")
        ]
        if fitting and (quality := max(fitting)[1]) > 0:
            scored.append((quality, -at, media))
    return max(scored)[2] if scored else None

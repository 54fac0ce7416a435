"""The exceptions of plan-graph.

    PlanGraphError
    ├── InputError            (ValueError)  a file, a name or a parameter that cannot be used
    │   ├── NotFoundError     (LookupError) a named query, body, document or term that does not exist
    │   │   └── GoneError                   a resource that an earlier build had and this one has not
    │   └── UnreadableError                 a document that is empty, binary, truncated or too large
    ├── OutputError           (OSError)     a result that cannot be written
    └── ConformanceError                    a graph that breaks its shapes, so it was not written

Every message is one sentence that says what was wrong, where, and what to do.
"""

from __future__ import annotations


class PlanGraphError(Exception):
    """Base of all errors that plan-graph raises on purpose; ``zh`` says the same in Chinese, or is empty."""

    def __init__(self, message: str, zh: str = "") -> None:
        super().__init__(message)
        self.zh = zh


class InputError(PlanGraphError, ValueError):
    """Something handed to plan-graph cannot be used."""


class NotFoundError(InputError, LookupError):
    """A name that was asked for does not exist."""


class GoneError(NotFoundError):
    """A resource existed in an earlier build and does no more; ``replaced_by`` are the IRIs of what took its place."""

    def __init__(self, en: str, zh: str, iri: str = "", replaced_by: tuple[str, ...] = ()) -> None:
        super().__init__(en, zh)
        self.iri, self.replaced_by = iri, replaced_by


class UnreadableError(InputError):
    """A document cannot be read as text."""


class OutputError(PlanGraphError, OSError):
    """A result cannot be written."""


class ConformanceError(PlanGraphError):
    """The graph made does not conform to the shapes; nothing was written.

    ``report`` holds the readable validation report, one finding a line.
    """

    def __init__(self, message: str, zh: str, report: str) -> None:
        super().__init__(message, zh)
        self.report = report

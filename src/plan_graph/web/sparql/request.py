"""What a request of the SPARQL 1.1 Protocol asks (sections 2.1.1 to 2.1.4), read once and strictly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from plan_graph.web.sparql.results import CSV, JSON, TSV, XML

FORMATS = {
    "json": JSON,
    "xml": XML,
    "csv": CSV,
    "tsv": TSV,
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
_PAIRS = 1_000


class BadRequestError(Exception):
    """A request that is none of the protocol: ``status`` and a sentence in English and Chinese."""

    def __init__(self, status: int, en: str, zh: str) -> None:
        super().__init__(en)
        self.status, self.zh = status, zh


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the graphs it is to be over, and the media type asked for by a parameter, if any."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    media: str | None


def pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Decode ``a=b&c=d`` once: plus signs, then percent signs, then UTF-8.

    :raises BadRequestError: if it is no UTF-8, or more pairs than anybody needs.
    """
    if (count := encoded.count(b"&")) > _PAIRS:
        raise BadRequestError(
            400,
            f"the request has more than {count:,} parameters, {_PAIRS:,} are allowed",
            f"请求的参数超过 {count:,} 个，最多 {_PAIRS:,} 个",
        )
    try:
        return [
            (unquote_to_bytes(name.replace(b"+", b" ")).decode(), unquote_to_bytes(value.replace(b"+", b" ")).decode())
            for name, _, value in (item.partition(b"=") for item in encoded.split(b"&") if item)
        ]
    except UnicodeDecodeError as error:
        raise BadRequestError(
            400,
            f"the parameters are no UTF-8 (byte {error.start} of one of them); encode them as UTF-8",
            "参数不是 UTF-8 编码，请用 UTF-8 编码后再提交",
        ) from error


def asked_by_post(media_type: str, url: Sequence[tuple[str, str]], body: bytes) -> Asked:
    """Read a POST: a form, or a query itself with its graphs in the URL.

    :raises BadRequestError: for another media type, text that is no UTF-8, or parameters that make no query.
    """
    media, _, parameters = media_type.partition(";")
    media = media.strip().lower()
    charset = parameters.lower().partition("charset=")[2].strip(' "') or "utf-8"
    if media not in (FORM, DIRECT):
        raise BadRequestError(
            415,
            f"a query is posted as {FORM} or {DIRECT}, not as {media or 'nothing said'}; name one in Content-Type",
            f"POST 查询的 Content-Type 应为 {FORM} 或 {DIRECT}",
        )
    if charset.split(";")[0].strip(' "') not in ("utf-8", "utf8"):
        raise BadRequestError(415, "a query is UTF-8; encode it so", "查询须为 UTF-8 编码")
    if any(name == "update" for name, _ in url):
        raise _read_only()
    if media == FORM:
        # the graphs of a form stand in its body; some clients leave them in the URL, as the W3C's own tests do
        return asked([*(pair for pair in url if pair[0].endswith("-graph-uri")), *pairs(body)])
    try:
        query = body.decode()
    except UnicodeDecodeError as error:
        raise BadRequestError(
            400,
            f"the query is no UTF-8 (byte {error.start}); encode it as UTF-8",
            f"查询不是 UTF-8 编码（第 {error.start} 字节），请用 UTF-8 编码后再提交",
        ) from error
    if any(name == "query" for name, _ in url):
        raise BadRequestError(
            400, "there is a query in the URL and one in the body; send one", "URL 与正文中各有一个查询，请只保留一个"
        )
    return asked([*url, ("query", query)])


def _read_only() -> BadRequestError:
    return BadRequestError(400, "this endpoint is read only: it takes no update", "本端点只读，不接受更新")


def asked(found: Sequence[tuple[str, str]]) -> Asked:
    """Read parameters.

    :raises BadRequestError: unless there is exactly one query and no update.
    """
    queries = [value for name, value in found if name == "query"]
    if any(name == "update" or name.startswith("using-") for name, _ in found):
        raise _read_only()
    if len(queries) != 1:
        raise BadRequestError(
            400,
            f"a request asks one query, this one has {len(queries)}; give it as the parameter query",
            f"一次请求只能有一个查询，此请求有 {len(queries)} 个；请用 query 参数给出",
        )
    named_format = next((value for name, value in found if name in ("format", "output") and value), None)
    media = None if named_format is None else FORMATS.get(named_format.lower(), named_format)
    if media is not None and "/" not in media:
        raise BadRequestError(
            400,
            f"there is no format {named_format!r}; the formats are {', '.join(FORMATS)}",
            f"没有名为 {named_format!r} 的格式；可用格式有 {'、'.join(FORMATS)}",
        )
    return Asked(
        queries[0],
        tuple(value for name, value in found if name == "default-graph-uri"),
        tuple(value for name, value in found if name == "named-graph-uri"),
        media,
    )

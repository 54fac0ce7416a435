"""What version 0.2 of the Reconciliation Service API asks of answers, as JSON Schemas in our own words.

Stricter than the specification where it says "should": a candidate has all fields, no object has fields it does not
name. Sections are those of https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
WORDS: Schema = {"type": "string", "minLength": 1}
URL: Schema = {"type": "string", "pattern": "^https?://"}


def record(needed: dict[str, Schema], other: dict[str, Schema] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": {**needed, **(other or {})},
        "required": sorted(needed),
        "additionalProperties": False,
    }


def many(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def each(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


NAMED = record({"id": WORDS, "name": WORDS})
TYPE = record({"id": WORDS, "name": WORDS}, {"broader": many(NAMED), "description": WORDS})
SUGGEST = record({"service_url": URL, "service_path": {"type": "string", "pattern": "^/"}}, {"flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"}})  # fmt: skip
TEMPLATE: Schema = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
PIXELS: Schema = {"type": "integer", "minimum": 1}

# 3.2: the manifest
MANIFEST = record(
    {
        "versions": many(WORDS, contains={"const": "0.2"}),
        "name": WORDS,
        "identifierSpace": URL,
        "schemaSpace": URL,
        "defaultTypes": many(NAMED, minItems=1, uniqueItems=True),
        "serviceVersion": WORDS,
        "batchSize": {"type": "integer", "minimum": 1},
        "view": record({"url": TEMPLATE}),
        "preview": record({"url": TEMPLATE, "width": PIXELS, "height": PIXELS}),
        "suggest": record({"entity": SUGGEST, "type": SUGGEST, "property": SUGGEST}),
        "extend": record(
            {
                "propose_properties": record({"service_url": URL, "service_path": {"type": "string", "pattern": "^/"}}),
                "property_settings": many({"type": "object"}),
            }
        ),
    }
)

# 4.2: candidates of each query of a batch
FEATURE = record({"id": WORDS, "value": {"type": ["boolean", "number"]}})
CANDIDATE = record(
    {
        "id": WORDS,
        "name": WORDS,
        "description": {"type": "string"},
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": many(NAMED, minItems=1),
        "features": many(FEATURE, minItems=1),
    }
)
RESULTS = each(record({"result": many(CANDIDATE)}))

# 6: suggestions and flyouts
ENTITIES = record({"result": many(record({"id": WORDS, "name": WORDS}, {"description": WORDS, "notable": many(NAMED)}))})  # fmt: skip
TYPES = record({"result": many(TYPE)})
PROPERTIES = record({"result": many(record({"id": WORDS, "name": WORDS}, {"description": WORDS}))})
FLYOUT = record({"id": WORDS, "html": WORDS})

# 7: properties proposed, and their values
PROPOSED = record({"properties": many(NAMED)}, {"type": {"type": "string"}, "limit": {"type": "integer"}})
VALUE: Schema = {
    "oneOf": [
        NAMED,
        record({"str": {"type": "string"}}),
        record({"date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}}),
    ]
}
EXTENSION = record(
    {"meta": many(record({"id": WORDS, "name": WORDS}, {"type": NAMED})), "rows": each(each(many(VALUE)))}
)

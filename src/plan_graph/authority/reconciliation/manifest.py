"""What the service says of itself (section 3.2 of the specification)."""

from __future__ import annotations

from typing import Any

from plan_graph import __version__
from plan_graph.authority.reconciliation.asked import MOST
from plan_graph.authority.reconciliation.records import BODY, COLLECTIVE
from plan_graph.iri import KIND

VERSION = "0.2"
PREVIEW = (440, 320)  # pixels


def manifest(base: str, service: str) -> dict[str, Any]:
    """Describe the service.

    :param base: the IRI below which resources have theirs, ending in /; an id added to it is the IRI of the entity
    :param service: the address of the service, without / at its end
    """
    width, height = PREVIEW
    return {
        "versions": [VERSION],
        "name": "plan-graph 机构登记册 bodies of China's government plans",
        "identifierSpace": base,
        "schemaSpace": KIND.namespace,
        "serviceVersion": __version__,
        "defaultTypes": [{"id": one, "name": label} for one, label in (BODY, COLLECTIVE)],
        "batchSize": MOST,
        "view": {"url": f"{service}/view?id={{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": width, "height": height},
        "suggest": {what: _suggest(service, what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _suggest(service: str, what: str) -> dict[str, str]:
    return {
        "service_url": service,
        "service_path": f"/suggest/{what}",
        "flyout_service_path": f"/flyout/{what}?id=${{id}}",
    }

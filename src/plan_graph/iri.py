"""The only place where an IRI is formed or parsed.

Two kinds of IRI: *terms* of a vocabulary, in closed namespaces (an unknown term is an error at
once), and *resources* below a base IRI that is a parameter everywhere. Resource IRIs are ASCII,
readable and stable; ``Base`` prints and parses them from one table of patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from plan_graph.model.text import Span

DEFAULT_BASE = "https://w3id.org/plan-graph/id/"


class Terms:
    """A closed namespace: attributes are the declared terms, anything else is an ``AttributeError``.

    A trailing underscore in the attribute name is dropped (``PG.from_`` is ``pg:from``); hyphens are
    reached by ``[...]``.

    >>> Terms("https://example.org/ns#", "Task lead-body").Task.value
    'https://example.org/ns#Task'
    >>> Terms("https://example.org/ns#", "Task").Tsak
    Traceback (most recent call last):
        ...
    AttributeError: no term 'Tsak' in https://example.org/ns#
    """

    def __init__(self, namespace: str, names: str) -> None:
        self.namespace = namespace
        self._terms = {name: NamedNode(namespace + name) for name in names.split()}
        self.__dict__.update(self._terms)  # found without a call: a build asks some 200,000 times

    def __getattr__(self, name: str) -> NamedNode:
        return self[name.removesuffix("_")]

    def __getitem__(self, name: str) -> NamedNode:
        try:
            return self._terms[name]
        except KeyError:
            raise AttributeError(f"no term {name!r} in {self.namespace}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)


PG = Terms(
    "https://w3id.org/plan-graph/ns#",
    # classes
    "Task CollectiveReference UnresolvedName Target Tie DirectedTie LineageLink OrganisationMention UnreadPassage "
    # documents, sections, tasks
    "sha256 fileName encoding byteCount statedTaskCount year numberAsWritten produces revises hasTarget deadline "
    "deadlineAsWritten clause leadBy supportedBy responsibleBy guidedBy "
    # participations and names
    "nameAsWritten roleAsWritten resolutionRule clauseRule openList roleBasis doubtful deadlinePassage "
    "unresolvedReason candidate suspectedVariantOf "
    # bodies and collectives
    "validFrom validUntil jurisdiction possibleMember memberRule standingBody function changeKind notBefore notAfter "
    "firstListed lastListed besideName "
    # targets
    "baselineValue comparator unit-Mu unit-TenThousandMu unit-HundredMillionYuan unit-TenThousandYuan "
    # passages
    "containsPlaceName unreadReason originalPlace "
    # ties and what computed them
    "between from to sharedTasks coLeadTasks leadSupportTasks newmanWeight expectedTasks pValue qValue "
    "method draws seed switchesPerEdge "
    # lineage
    "earlier later lineageKind score assertedBy sharedWording",
)
ROLE = Terms("https://w3id.org/plan-graph/role/", "lead support responsible guide")
KIND = Terms(
    "https://w3id.org/plan-graph/kind/",
    "state-government provincial-government city-government county-government township-government department "
    "party-committee party-organ peoples-congress cppcc court procuratorate military peoples-organisation "
    "public-institution central-branch "
    "leading-group management-committee firm bank institute",
)
LEVEL = Terms("https://w3id.org/plan-graph/level/", "state province prefecture county township")
METRIC = Terms(
    "https://w3id.org/plan-graph/metric/",
    "tasks stated-tasks sections clauses mentions leads supports bodies collectives unresolved-names citations "
    "documents places targets deadlines tasks-without-clause tasks-without-support warnings code-points "
    "heading-code-points preamble-code-points task-code-points clause-code-points unread-code-points",
)
RDF = Terms("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type")
RDFS = Terms("http://www.w3.org/2000/01/rdf-schema#", "label comment")
XSD = Terms(
    "http://www.w3.org/2001/XMLSchema#",
    "string integer nonNegativeInteger decimal date gYear gYearMonth boolean dateTime hexBinary",
)
SKOS = Terms(
    "http://www.w3.org/2004/02/skos/core#",
    "Concept ConceptScheme prefLabel altLabel inScheme notation topConceptOf definition closeMatch exactMatch",
)
DCTERMS = Terms(
    "http://purl.org/dc/terms/",
    "title identifier description date spatial temporal isPartOf subject language audience source format "
    "Location PeriodOfTime license isReplacedBy replaces "
    "publisher creator issued modified accessRights accrualPeriodicity provenance rights conformsTo type isVersionOf "
    "hasPart LicenseDocument LinguisticSystem RightsStatement Frequency ProvenanceStatement Standard MediaType "
    "MediaTypeOrExtent",
)
DCAT = Terms(
    "http://www.w3.org/ns/dcat#",
    "startDate endDate Catalog Dataset Distribution DataService dataset service distribution theme themeTaxonomy "
    "keyword contactPoint landingPage accessURL downloadURL mediaType compressFormat byteSize version prev "
    "endpointURL endpointDescription servesDataset accessService bbox centroid",
)
DQV = Terms("http://www.w3.org/ns/dqv#", "QualityMeasurement Metric computedOn isMeasurementOf value")
ELI = Terms(
    "http://data.europa.eu/eli/ontology#",
    "LegalResource LegalResourceSubdivision id_local date_document passed_by is_part_of number cites based_on amends "
    "has_annex is_annex_of",
)
FOAF = Terms("http://xmlns.com/foaf/0.1/", "Agent Document primaryTopic homepage name page")
ITSRDF = Terms("http://www.w3.org/2005/11/its/rdf#", "taIdentRef")
M8G = Terms(
    "http://data.europa.eu/m8g/",
    "Participation PublicOrganisation AdminUnit role hasParticipant hasParticipation code level",
)
NIF = Terms(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Context RFC5147String beginIndex endIndex referenceContext anchorOf superString",
)
ORG = Terms(
    "http://www.w3.org/ns/org#",
    "FormalOrganization OrganizationalCollaboration ChangeEvent classification subOrganizationOf changedBy "
    "resultedFrom originalOrganization "
    "resultingOrganization",
)
PPLAN = Terms("http://purl.org/net/p-plan#", "Plan Step isStepOfPlan isPrecededBy")
PROV = Terms(
    "http://www.w3.org/ns/prov#",
    "Entity Activity SoftwareAgent wasDerivedFrom wasQuotedFrom wasGeneratedBy wasAssociatedWith used",
)
QUDT = Terms("http://qudt.org/schema/qudt/", "QuantityValue numericValue unit")
UNIT = Terms("http://qudt.org/vocab/unit/", "NUM PERCENT CCY_CNY KiloM TON_Metric")
SCHEMA = Terms("https://schema.org/", "AdministrativeArea position unitText keywords containedInPlace softwareVersion")
VOID = Terms(
    "http://rdfs.org/ns/void#",
    "Dataset DatasetDescription Linkset triples entities classes properties distinctSubjects distinctObjects "
    "sparqlEndpoint dataDump uriSpace exampleResource class property classPartition propertyPartition vocabulary "
    "feature subset target subjectsTarget objectsTarget linkPredicate",
)
SD = Terms(
    "http://www.w3.org/ns/sparql-service-description#",
    "Service Dataset Graph NamedGraph Function endpoint supportedLanguage SPARQL11Query feature UnionDefaultGraph "
    "resultFormat extensionFunction defaultDataset defaultGraph namedGraph name graph",
)
FORMATS = Terms(
    "http://www.w3.org/ns/formats/",
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV Turtle N-Triples JSON-LD RDF_XML "
    "TriG N-Quads",
)
AS = Terms(
    "https://www.w3.org/ns/activitystreams#",
    "Collection Create Update Delete Move Add Remove object origin target summary name totalItems items",
)
DCATAP = Terms("http://data.europa.eu/r5r/", "availability")
GEOSPARQL = Terms("http://www.opengis.net/ont/geosparql#", "wktLiteral")
OWL = Terms("http://www.w3.org/2002/07/owl#", "deprecated versionInfo")
SPDX = Terms("http://spdx.org/rdf/terms#", "Checksum checksum algorithm checksumValue checksumAlgorithm_sha256")
VCARD = Terms("http://www.w3.org/2006/vcard/ns#", "Kind Organization fn hasEmail hasURL")
HTTP = Terms("http://www.w3.org/2011/http#", "Response statusCodeNumber reasonPhrase")
CHINESE = NamedNode("http://publications.europa.eu/resource/authority/language/ZHO")
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

PREFIXES = {
    "pg": PG.namespace,
    "pgrole": ROLE.namespace,
    "pgkind": KIND.namespace,
    "pglevel": LEVEL.namespace,
    "pgmetric": METRIC.namespace,
    "rdf": RDF.namespace,
    "rdfs": RDFS.namespace,
    "xsd": XSD.namespace,
    "skos": SKOS.namespace,
    "dcterms": DCTERMS.namespace,
    "dcat": DCAT.namespace,
    "dqv": DQV.namespace,
    "eli": ELI.namespace,
    "foaf": FOAF.namespace,
    "itsrdf": ITSRDF.namespace,
    "m8g": M8G.namespace,
    "nif": NIF.namespace,
    "org": ORG.namespace,
    "pplan": PPLAN.namespace,
    "prov": PROV.namespace,
    "qudt": QUDT.namespace,
    "unit": UNIT.namespace,
    "schema": SCHEMA.namespace,
}

_BASE = re.compile(
    r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?/(?:(?:[!$&-.0-;=@-Z_a-z~]|%[0-9A-Fa-f]{2})+/)*"
)
_WORD = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"  # one segment of a readable identifier
_ANY = r"[0-9a-z.-]+"
# kind of resource → (template, pattern of each field)
_SHAPES: dict[str, tuple[str, dict[str, str]]] = {
    "document": ("document/{id}", {"id": rf"{_WORD}(?:/(?:cited-\d+|notice))?"}),
    "source": ("source/{document}", {"document": _WORD}),
    "text": ("text/{document}.txt", {"document": _WORD}),
    "passage": ("text/{document}.txt#char={begin},{end}", {"document": _WORD, "begin": r"\d+", "end": r"\d+"}),
    "plan": ("plan/{document}", {"document": _WORD}),
    "section": ("section/{document}/{path}", {"document": _WORD, "path": r"\d+(?:/\d+)*"}),
    "theme": ("theme/{key}", {"key": rf"{_WORD}(?:/\d+(?:/\d+)*)?"}),
    "themes": ("theme/", {}),
    "period": ("period/{span}", {"span": r"\d{4}(?:-\d{4})?"}),
    "task": ("task/{document}/{task}", {"document": _WORD, "task": _WORD}),
    "participation": (
        "participation/{document}/{task}/{role}-{number}",
        {"document": _WORD, "task": _WORD, "role": "lead|support|responsible|guide", "number": r"\d+"},
    ),
    "target": ("target/{document}/{task}/{number}", {"document": _WORD, "task": _WORD, "number": r"\d+"}),
    "name": ("name/{document}/char-{begin}", {"document": _WORD, "begin": r"\d+"}),
    "quality": ("quality/{document}/{metric}", {"document": _WORD, "metric": _WORD}),
    "body": ("body/{id}", {"id": rf"\d{{6}}/{_WORD}"}),
    "collective": ("collective/{id}", {"id": rf"\d{{6}}/{_WORD}"}),
    "change": ("change/{id}", {"id": rf"\d{{6}}/{_WORD}"}),
    "place": ("place/{code}", {"code": r"\d{6}"}),
    "tie": ("tie/{period}/{left}/{right}", {"period": r"all|\d{4}", "left": _ANY, "right": _ANY}),
    "directed-tie": ("directed-tie/{period}/{lead}/{support}", {"period": r"all|\d{4}", "lead": _ANY, "support": _ANY}),
    "lineage": (
        "lineage/{later_document}/{later}/{earlier_document}/{earlier}",
        {"later_document": _WORD, "later": _WORD, "earlier_document": _WORD, "earlier": _WORD},
    ),
    "revision": ("revision/{name}", {"name": _WORD}),
    "revision-change": ("revision/{name}#change-{number}", {"name": _WORD, "number": r"\d+"}),
    "graph": ("graph/{name}", {"name": _WORD}),
    "activity": ("activity/{name}", {"name": _WORD}),
    "software": ("software/{name}", {"name": _WORD}),
}
_CHECKS = {kind: {f: re.compile(p, re.ASCII) for f, p in fields.items()} for kind, (_, fields) in _SHAPES.items()}


def _parser(template: str, fields: dict[str, str]) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", lambda m: f"(?P<{m[1]}>{fields[m[1]]})", re.escape(template)), re.ASCII)


_PARSERS = {kind: _parser(template, fields) for kind, (template, fields) in _SHAPES.items()}


@dataclass(frozen=True, slots=True)
class Base:
    """The base IRI of a dataset; prints resource IRIs and parses them back.

    >>> Base().iri("task", document="ln-2016-revitalisation", task="2016-057").value
    'https://w3id.org/plan-graph/id/task/ln-2016-revitalisation/2016-057'
    >>> Base().parse("https://w3id.org/plan-graph/id/place/210100")
    ('place', {'code': '210100'})

    :raises ValueError: for a base that is not an absolute http(s) IRI ending in ``/``, for an
        identifier that is not of its kind, for an IRI that is not below the base.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):  # not in #: a passage's IRI has its own fragment
            raise ValueError(f"base IRI {self.base!r} must be an absolute http or https IRI in ASCII that ends in /")

    def iri(self, kind: str, **fields: str | int) -> NamedNode:
        """Form the IRI of one resource; ``fields`` are those of its pattern."""
        template, patterns = _SHAPES[kind]
        if fields.keys() != patterns.keys():
            raise ValueError(f"a {kind} IRI takes {sorted(patterns)}, not {sorted(fields)}")
        for name, check in _CHECKS[kind].items():
            if not check.fullmatch(str(fields[name])):
                raise ValueError(f"{fields[name]!r} is not a {name} of a {kind} IRI")
        return NamedNode(self.base + template.format(**fields))

    def passage(self, document: str, span: Span) -> NamedNode:
        """Form the IRI of a stretch of a document's text (RFC 5147 character range)."""
        return NamedNode(f"{self.base}text/{document}.txt#char={span.begin},{span.end}")

    def parse(self, iri: str) -> tuple[str, dict[str, str]]:
        """Give the kind and the fields of a resource IRI."""
        if iri.startswith(self.base):
            local = iri[len(self.base) :]
            for kind, parser in _PARSERS.items():
                if found := parser.fullmatch(local):
                    return kind, found.groupdict()
        raise ValueError(f"{iri!r} is not a resource below {self.base}")


def media_type(name: str) -> NamedNode:
    """Give the IRI of a media type in the register of IANA.

    >>> media_type("text/html").value
    'https://www.iana.org/assignments/media-types/text/html'

    :raises ValueError: for what is no media type.
    """
    if not re.fullmatch(r"[a-z]+/[a-z0-9][a-z0-9.+-]*", name):
        raise ValueError(f"{name!r} is not a media type such as text/plain")
    return NamedNode(MEDIA_TYPES + name)


def shorten(iri: str, base: str = "") -> str:
    """Write an IRI with a known prefix, or relative to ``base`` in angle brackets, for people to read.

    >>> shorten("https://w3id.org/plan-graph/ns#Task")
    'pg:Task'
    """
    if base and iri.startswith(base):
        return f"<{iri[len(base) :]}>"
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri

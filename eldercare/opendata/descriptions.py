"""What there is, for machines: index, Data Package, DCAT (JSON-LD) and OpenAPI, all from the same declarations.

Addresses are relative to where these files stand, so that they hold under any host name and path.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from eldercare.data import catalogue
from eldercare.opendata import answers, exhibited, offers
from eldercare.opendata.answers import FEW, PERSONS
from eldercare.opendata.formats import FORMATS, LICENCE
from eldercare.opendata.offers import Offer
from eldercare.opendata.parameters import Parameter
from eldercare.talks.decks import MAKERS

PUBLISHER = "长三角养老一体化看板"
RIGHTS = "本项目的整理与结构按 CC BY 4.0 署名使用；事实本身不受限制，引文归原发布者"
INTERNAL = ("rowChecks", "tableChecks", "path", "encoding")
_JSON = "application/json"


def address(offer: Offer, ending: str) -> str:
    """The address of an offer below `/data/v1/`, with what it must say at least."""
    return f"{offer.kind}/{offer.name}.{ending}" + (f"?{offer.needed}" if offer.needed else "")


def exhibit_address(key: str, ending: str) -> str:
    """The same for an exhibit."""
    needed = exhibited.needed(key)
    return f"exhibits/{key}.{ending}" + (f"?{needed}" if needed else "")


def index() -> dict[str, Any]:
    """Every address with its title."""
    release = answers.release()
    found = {
        kind: [
            {"name": o.name, "title": o.title, **{ending: address(o, ending) for ending in FORMATS}}
            for o in offered.values()
        ]
        for kind, offered in offers.offered().items()
    }
    return {
        "title": offers.package().title,
        "release": release.id,
        "version": release.version,
        "as_of": release.as_of.isoformat(),
        "licence": LICENCE,
        "rights": RIGHTS,
        "datapackage": "datapackage.json",
        "dcat": "catalog.jsonld",
        "openapi": "openapi.json",
        **found,
        "exhibits": [
            {
                "name": key,
                "title": maker.title,
                **{ending: exhibit_address(key, ending) for ending in exhibited.ENDINGS},
            }
            for key, maker in MAKERS.items()
        ],
    }


def datapackage() -> dict[str, Any]:
    """The description of the open tables, each with its address here; what else is in the package is not told."""
    told = json.loads((catalogue.DATASETS / "datapackage.json").read_text(encoding="utf-8"))
    known, release = offers.tables(), answers.release()
    resources = [each for each in told["resources"] if each["name"] in known]
    return {
        **told,
        "version": release.version,
        "asOf": release.as_of.isoformat(),
        "release": release.id,
        "resources": [_resource(each, known[each["name"]]) for each in resources],
    }


def _resource(resource: dict[str, Any], offer: Offer) -> dict[str, Any]:
    kept = {name: value for name, value in resource.items() if name not in INTERNAL}
    schema = dict(kept["schema"])
    if {each["name"] for each in schema["fields"]} & set(PERSONS):
        schema["missingValues"] = ["", FEW]
    return {**kept, "path": address(offer, "csv"), "encoding": "utf-8", "schema": schema}


def catalog() -> dict[str, Any]:
    """DCAT: one dataset for each table and question, one distribution for each format."""
    release = answers.release()
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": "catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": {"@value": offers.package().title, "@language": "zh"},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": PUBLISHER},
        "dct:license": {"@id": LICENCE},
        "dct:modified": _day(release),
        "dcat:version": f"{release.version} {release.id}",
        "dcat:service": {
            "@id": "./",
            "@type": "dcat:DataService",
            "dct:title": {"@value": "开放数据接口", "@language": "zh"},
            "dcat:endpointURL": {"@id": "./"},
            "dcat:endpointDescription": {"@id": "openapi.json"},
        },
        "dcat:dataset": [
            _dataset(offer, release)
            for offered in offers.offered().values()
            for offer in offered.values()
        ],
    }


def _day(release: answers.Release) -> dict[str, str]:
    return {"@value": release.as_of.isoformat(), "@type": "xsd:date"}


def _dataset(offer: Offer, release: answers.Release) -> dict[str, Any]:
    return {
        "@id": f"{offer.kind}/{offer.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{offer.kind}/{offer.name}",
        "dct:title": {"@value": offer.title, "@language": "zh"},
        "dct:license": {"@id": LICENCE},
        "dct:modified": _day(release),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": {"@value": form.title, "@language": "zh"},
                "dcat:accessURL": {"@id": address(offer, ending)},
                "dcat:mediaType": form.media_type.partition(";")[0],
            }
            for ending, form in FORMATS.items()
        ],
    }


def openapi() -> dict[str, Any]:
    """Every address with its parameters and answers (OpenAPI 3.0)."""
    release = answers.release()
    paths: dict[str, Any] = {
        f"/{name}": {"get": _operation(name.replace(".", "_"), title, [], {_JSON: {}})}
        for name, title in (
            ("", "目录"),
            ("datapackage.json", "表的说明（Data Package）"),
            ("catalog.jsonld", "目录（DCAT）"),
            ("openapi.json", "本说明"),
        )
    }
    for offered in offers.offered().values():
        for offer in offered.values():
            content = {
                form.media_type.partition(";")[0]: {"schema": _schema(name)}
                for name, form in FORMATS.items()
            }
            paths[f"/{offer.kind}/{offer.name}.{{ending}}"] = {
                "get": _operation(
                    f"{offer.kind}_{offer.name}",
                    offer.title,
                    [_ending(FORMATS), *map(_parameter, offer.paged)],
                    content,
                )
            }
    for key, maker in MAKERS.items():
        paths[f"/exhibits/{key}.{{ending}}"] = {
            "get": _operation(
                f"exhibits_{key}",
                maker.title,
                [_ending(exhibited.ENDINGS), *map(_parameter, exhibited.declared(key))],
                {
                    media: {"schema": _schema(ending, "Exhibit")}
                    for ending, (media, _write) in exhibited.ENDINGS.items()
                },
            )
        }
    rows = {"type": "array", "items": {"type": "object", "additionalProperties": True}}
    words = {"type": "string"}
    return {
        "openapi": "3.0.3",
        "info": {
            "title": offers.package().title,
            "version": release.version,
            "description": f"数据截至 {release.as_of.isoformat()}，版本 {release.id}。{RIGHTS}。",
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": "."}],
        "paths": paths,
        "components": {
            "schemas": {
                "Answer": {
                    "type": "object",
                    "required": ["name", "title", "release", "as_of", "total", "rows"],
                    "properties": {"total": {"type": "integer"}, "rows": rows},
                },
                "Exhibit": {
                    "type": "object",
                    "required": ["key", "title", "columns", "rows"],
                    "properties": {"title": words, "rows": rows},
                },
                "Fault": {
                    "type": "object",
                    "required": ["fault"],
                    "properties": {"fault": {"type": "string", "description": "错在哪里，怎样改"}},
                },
            }
        },
    }


def _ending(known: Iterable[str]) -> dict[str, Any]:
    schema = {"type": "string", "enum": list(known)}
    return {"name": "ending", "in": "path", "required": True, "schema": schema}


def _schema(ending: str, kind: str = "Answer") -> dict[str, Any]:
    answer = {"$ref": f"#/components/schemas/{kind}"}
    return answer if ending == "json" else {"type": "string", "format": "binary"}


def _operation(name: str, title: str, asked: list[Any], content: dict[str, Any]) -> dict[str, Any]:
    fault = {_JSON: {"schema": {"$ref": "#/components/schemas/Fault"}}}
    faults = {
        "400": "参数未知或不可能",
        "429": "要得太频繁",
        "503": "同时要的人太多",
    }
    return {
        "operationId": name or "index",
        "summary": title,
        "parameters": asked,
        "responses": {
            "200": {"description": "数据", "content": content},
            "304": {"description": "没有变"},
            **{code: {"description": why, "content": fault} for code, why in faults.items()},
        },
    }


def _parameter(declared: Parameter) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": declared.name,
        "in": "query",
        "description": declared.title + (f"：{declared.codes}" if declared.codes else ""),
        "required": declared.required,
        "schema": declared.schema,
    }
    if declared.example:
        told["example"] = (
            declared.example.split(",") if declared.many else _typed(declared, declared.example)
        )
    return told


def _typed(declared: Parameter, words: str) -> Any:
    kinds = {"integer": int, "number": float}
    return kinds.get(declared.kind, str)(words)


DESCRIPTIONS = {
    "": (index, _JSON),
    "index.json": (index, _JSON),
    "datapackage.json": (datapackage, _JSON),
    "catalog.jsonld": (catalog, "application/ld+json"),
    "openapi.json": (openapi, _JSON),
}

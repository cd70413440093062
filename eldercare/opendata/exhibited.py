"""Exhibits as data: what a page says, shows and cites of one, without its picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eldercare import tables
from eldercare.citing import reference
from eldercare.exhibits import Exhibit, Facts, Missing
from eldercare.opendata import answers, formats, parameters
from eldercare.opendata.parameters import DECLARED, DEMO, UNVERIFIED, Parameter, Refused
from eldercare.talks.decks import MAKERS, enough, needed_words


def declared(key: str) -> tuple[Parameter, ...]:
    """The parameters of an exhibit. Raises `KeyError` for an unknown one."""
    places = {0: (), 1: (DECLARED["place"],)}.get(MAKERS[key].places, (DECLARED["places"],))
    return (*places, DECLARED["as_of"], DEMO, UNVERIFIED)


def needed(key: str) -> str:
    """What an address of it must say at least, as its part behind the “?”."""
    demo = ["demo=true"] if key.endswith("_demo") else []
    return "&".join([*(f"{p.name}={p.example}" for p in declared(key) if p.required), *demo])


def told(key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Title, subtitle, rows, sources and caveats as the page gives them. Raises `Refused`."""
    wanted = MAKERS[key].places
    codes = [values["place"]] if wanted == 1 else list(values.get("places") or [])
    if not enough(wanted, len(codes)):
        raise Refused(f"图表“{key}”要{needed_words(wanted)}个不同的地区，收到{len(codes)}个。")
    try:
        made = MAKERS[key].make(Facts(values["as_of"]), *codes)
    except KeyError as error:
        raise Refused(f"地区 {error.args[0]} 不在长三角，没有这张图表。") from error
    release = answers.release()
    common = {
        "key": key,
        "name": MAKERS[key].title,
        "release": release.id,
        "version": release.version,
        "data_as_of": release.as_of.isoformat(),
        "as_of": values["as_of"].isoformat(),
        "licence": formats.LICENCE,
    }
    if isinstance(made, Missing):
        return {**common, "title": made.subject, "why": made.why, "columns": [], "rows": []}
    return {**common, **_as_on_the_page(made, values)}


def _as_on_the_page(made: Exhibit, values: Mapping[str, Any]) -> dict[str, Any]:
    cited = tables.sources_of(made.rows)
    unverified = bool(cited["caveat"].notna().any())
    if made.demo and not values["demo"]:
        raise Refused("这张图表是虚构的演示数据；要用请加 demo=true。")
    if unverified and not values["unverified"]:
        raise Refused(
            "这张图表含待核名单或待核的转录（未能与原平台核对）；要用请加 unverified=true。"
        )
    twin = answers.few_persons(made.rows)
    shown = tables.raw(twin, {n: words for n, words in _columns(made).items() if n in twin})
    return {
        "title": made.title,
        "subtitle": made.subtitle,
        "section": made.section,
        "why": made.why,
        "columns": list(shown.columns),
        "rows": formats.records(shown),
        "source_line": made.source_line,
        "sources": [
            {"source_id": row.source_id, "reference": reference(row)} for row in cited.itertuples()
        ],
        "caveats": list(made.caveats),
        "demo": made.demo,
        "unverified": unverified,
    }


def _columns(made: Exhibit) -> Mapping[str, str]:
    return made.file_columns or made.columns


def read(key: str, asked: list[tuple[str, str]]) -> dict[str, Any]:
    """The values of the parameters of an exhibit. Raises `KeyError` for an unknown one and `Refused`."""
    return parameters.read(declared(key), asked)

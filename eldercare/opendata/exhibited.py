"""Exhibits: what a page says, shows and cites of one as data, and its picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from eldercare import tables
from eldercare.citing import reference
from eldercare.exhibits import Exhibit, Facts, Missing
from eldercare.exhibits.talk import dated
from eldercare.faces import fonts, image
from eldercare.opendata import answers, formats, parameters
from eldercare.opendata.parameters import DECLARED, DEMO, UNVERIFIED, Parameter, Refused
from eldercare.talks.decks import MAKERS, enough, needed_words

FORMAT = Parameter(
    "format",
    "图片的版式（只对 svg、png）",
    choices=lambda: {each.name: each.name for each in image.FORMATS},
    default=lambda: image.WIDE.name,
    example=image.TALL.name,
)


def declared(key: str) -> tuple[Parameter, ...]:
    """The parameters of an exhibit. Raises `KeyError` for an unknown one."""
    places = {0: (), 1: (DECLARED["place"],)}.get(MAKERS[key].places, (DECLARED["places"],))
    return (*places, DECLARED["as_of"], FORMAT, DEMO, UNVERIFIED)


def needed(key: str) -> str:
    """What an address of it must say at least, as its part behind the “?”."""
    demo = ["demo=true"] if key.endswith("_demo") else []
    return "&".join([*(f"{p.name}={p.example}" for p in declared(key) if p.required), *demo])


def told(key: str, values: Mapping[str, Any]) -> bytes:
    """Title, subtitle, rows, sources and caveats as the page gives them. Raises `Refused`."""
    made, release = _made(key, values), answers.release()
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
        empty = {"title": made.subject, "why": made.why, "columns": [], "rows": []}
        return formats.as_json({**common, **empty})
    return formats.as_json({**common, **_as_on_the_page(made)})


def _picture(draw: Callable[[Exhibit, image.Stamp, image.Format], bytes]) -> Any:
    def drawn(key: str, values: Mapping[str, Any]) -> bytes:
        made, release = _made(key, values), answers.release()
        if isinstance(made, Missing) or made.rows.empty or made.shape.empty:
            raise Refused(f"没有可画的：{made.why or '各项数值公开资料未载'}。要文字请取 .json。")
        line = tables.source_line(made.rows, tables.sources_of(made.rows), values["as_of"])
        words = dated(release.as_of, values["as_of"], release.id)
        stamp = image.Stamp(words, f"{made.title}\n{words}")
        format_ = next(each for each in image.FORMATS if each.name == values["format"])
        try:
            return draw(replace(made, source_line=line), stamp, format_)
        except fonts.MissingFont as fault:
            raise Refused(f"{fault}。") from fault

    return drawn


# Ending → media type, and what makes the bytes.
ENDINGS: dict[str, tuple[str, Callable[[str, Mapping[str, Any]], bytes]]] = {
    "json": ("application/json", told),
    "svg": ("image/svg+xml", _picture(image.vector)),
    "png": ("image/png", _picture(image.png)),
}


def _made(key: str, values: Mapping[str, Any]) -> Exhibit | Missing:
    wanted = MAKERS[key].places
    codes = [values["place"]] if wanted == 1 else list(values.get("places") or [])
    if not enough(wanted, len(codes)):
        raise Refused(f"图表“{key}”要{needed_words(wanted)}个不同的地区，收到{len(codes)}个。")
    try:
        made = MAKERS[key].make(Facts(values["as_of"]), *codes)
    except KeyError as error:
        raise Refused(f"地区 {error.args[0]} 不在长三角，没有这张图表。") from error
    if isinstance(made, Missing):
        return made
    if made.demo and not values["demo"]:
        raise Refused("这张图表是虚构的演示数据；要用请加 demo=true。")
    if _is_unverified(made) and not values["unverified"]:
        raise Refused(
            "这张图表含待核名单或待核的转录（未能与原平台核对）；要用请加 unverified=true。"
        )
    return made


def _is_unverified(made: Exhibit) -> bool:
    return bool(tables.sources_of(made.rows)["caveat"].notna().any())


def _as_on_the_page(made: Exhibit) -> dict[str, Any]:
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
            {"source_id": row.source_id, "reference": reference(row)}
            for row in tables.sources_of(made.rows).itertuples()
        ],
        "caveats": list(made.caveats),
        "demo": made.demo,
        "unverified": _is_unverified(made),
    }


def _columns(made: Exhibit) -> Mapping[str, str]:
    return made.file_columns or made.columns


def read(key: str, asked: list[tuple[str, str]]) -> dict[str, Any]:
    """The values of the parameters of an exhibit. Raises `KeyError` for an unknown one and `Refused`."""
    return parameters.read(declared(key), asked)

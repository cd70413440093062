"""The sentences of the pages: each address is opened by one run of the real frame, and what its blocks are told is written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from lxml import html as markup
from streamlit.testing.v1 import AppTest

from eldercare import store, tables
from eldercare.data.catalogue import ROOT
from eldercare.exhibits import Exhibit, Missing
from eldercare.exhibits.shapes import Cards
from eldercare.faces import screen
from eldercare.screen import blocks, filters
from eldercare.sentences import (
    CARD,
    CAVEAT,
    CELL,
    EMPTY,
    EVIDENCE,
    FINDING,
    HEADING,
    LEAD,
    LEGEND,
    NOTE,
    SCREEN,
    SHEET,
    SOURCE,
    TITLE,
    TRACE,
    WIDGET,
    Sentence,
    bare,
    figures,
)

FRAME = ROOT / "pages" / "frame.py"
TIMEOUT = 300
MONTHS = 12
Query = dict[str, str]
# A day long before the data's own: what a page says when it looks back.
EARLY = "2020-12-31"
# Each page with the filters that are crossed on it: ("a", "b") opens every b that is offered for every a. A name is that of the
# parameter in the address; what a filter offers is read from the page itself.
FILTERS: dict[str, Sequence[Sequence[str]]] = {
    "situation/overview.py": [],
    "situation/city.py": [["place"]],
    "situation/groups.py": [["group"], ["group_beside"]],
    "situation/ageing.py": [["ageing_age", "place"], ["ageing_age", "ageing_changes"]],
    "situation/bed_trends.py": [
        ["beds_subject", "place"],
        ["beds_definition", "beds_denominator"],
    ],
    "institutions/directory.py": [["institutions_insured"], ["institutions_sort"], ["cities"]],
    "institutions/profile.py": [],
    "institutions/compare.py": [],
    "cooperation/pairing.py": [
        ["pairing_part"],
        ["pairing_reasons"],
        ["pairing_district"],
        ["pairing_partner"],
        ["cities"],
        ["platform"],
    ],
    "cooperation/sojourn.py": [["sojourn_part"], ["cities"], ["platform"]],
    "cooperation/timeline.py": [["timeline_from"], ["timeline_kinds"], ["cities"], ["platform"]],
    "tasks/progress.py": [
        ["tasks_view", "tasks_sheet"],
        ["tasks_task"],
        ["tasks_list"],
        ["tasks_status"],
    ],
    "tasks/indicators.py": [["place"], ["practice_regions"], ["ratio_base", "ratio_level"]],
    "planning/projection.py": [["place"], ["projection_age"], ["projection_migration"]],
    "planning/access.py": [["access_supply"], ["access_age"], ["access_from"]],
    "forum/present.py": [],
    "data/sources.py": [["source"], ["indicator"], ["sources_class"]],
    "data/coverage.py": [["coverage_provinces"]],
    "data/downloads.py": [["data_tool"], ["data_kind"]],
    "data/intake.py": [],
}


@dataclass(frozen=True)
class Drawn:
    """An exhibit as a page gave it to its blocks; `below` are all its rows, also those that only stand in its files.

    `figures` are its drawings by the name of the view, "" where there is one; none when another address drew the same.
    """

    where: str
    key: str
    finding: str
    rows: pd.DataFrame = field(repr=False, compare=False)
    columns: Mapping[str, str]
    file_columns: Mapping[str, str]
    below: pd.DataFrame = field(repr=False, compare=False)
    figures: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


def exhibits(script: str, query: Query) -> list[Drawn]:
    """The exhibits of one address."""
    return hear(script, query)[1]


def sentences(script: str, every: bool = True) -> Iterator[Sentence]:
    """All that a page can say; without `every` only what it says by its bare address."""
    drawn: set[int] = set()
    for query in queries(script) if every else [{}]:
        yield from (sentence for sentence in hear(script, query, drawn)[0] if sentence.spoken)


def queries(script: str) -> Iterator[Query]:
    """The addresses of a page: bare, at an early day, and one for each choice of its filters."""
    yield {}
    yield {"as_of": EARLY}
    yield from _special(script)
    for names in FILTERS[script]:
        yield from _crossed(script, {}, names)


def _special(script: str) -> Iterator[Query]:
    """Addresses that no filter of the page offers."""
    if script.startswith("institutions/"):
        yield {"demo": "true"}
    if script == "institutions/profile.py":
        known = store.ask(
            "institutions_known", in_delta=True, cities=store.ask("cities")["place_code"].tolist()
        )
        # Of one list a home of each kind: what is said of two that differ only in their names and numbers differs in no word.
        kinds = known.assign(bare=known["beds_total"].isna()).drop_duplicates(
            ["source_id", "kind", "ownership", "location_precision", "bare"]
        )
        yield from ({"institution": code} for code in kinds["institution_id"])
    if script == "cooperation/pairing.py":
        for one, other in pairs():
            yield {"pairing_district": one["label"], "pairing_partner": other["label"]}


def pairs() -> list[tuple[pd.Series, pd.Series]]:
    """Districts of Shanghai and partners that have a record together."""
    everywhere = {
        "cities": store.ask("cities")["place_code"].tolist(),
        "platforms": store.ask("platforms")["platform"].tolist(),
    }
    as_of = store.ask("release")["as_of"].iloc[0].date()
    cells = store.ask("pair_cells", **everywhere, as_of=as_of).dropna(
        subset=["district_code", "partner_code"]
    )
    known = store.ask("profile_places").set_index("place_code", drop=False)
    found = cells[["district_code", "partner_code"]].drop_duplicates().itertuples(index=False)
    return [
        (known.loc[one], known.loc[other])
        for one, other in found
        if {one, other} <= set(known.index)
    ]


def _crossed(script: str, query: Query, names: Sequence[str]) -> Iterator[Query]:
    if not names:
        if query:
            yield query
        return
    name, *rest = names
    options = offered(opened(script, query), name)
    # Of months one in each year: what is said of two that follow each other differs in no word.
    options = options[::MONTHS] if name == "timeline_from" else options
    # Every place has its profile; elsewhere a county says what its city says.
    if name == "place" and script != "situation/city.py":
        options = _cities_and_above(options)
    for option in options:
        yield from _crossed(script, {**query, name: option}, rest)
    if not options:
        yield from _crossed(script, query, rest)


def offered(app: AppTest, name: str) -> list[str]:
    """What the filter of this name in the address offers on an opened page; a linked box has a key of its own."""
    for kind in ("selectbox", "multiselect", "button_group"):
        for widget in app.get(kind):
            if widget.key in (name, f"{name}_box"):
                return list(widget.options)
    return []


def _cities_and_above(options: list[str]) -> list[str]:
    """Of all places those above counties and districts, with the first of each of these two."""
    known = store.ask("profile_places")
    small = known["level"].isin(["county", "district"])
    kept = pd.concat([known[~small], known[small].drop_duplicates("level")])["label"]
    beyond = set(options) - set(known["label"])
    return [option for option in options if option in {*kept, *beyond}]


@cache
def _frame() -> tuple[dict[str, str], Any]:
    """What Streamlit calls each page, and the components it found installed: both are known after a run, and asked for once."""
    frame = AppTest.from_file(str(FRAME), default_timeout=TIMEOUT).run()
    return {
        script: frame.switch_page(script)._page_hash for script in FILTERS
    }, frame._bidi_component_manager


def opened(script: str, query: Mapping[str, str | list[str]]) -> AppTest:
    """The page as a browser opens its address: one run inside the frame. Raises `RuntimeError` when the page shows an error."""
    addresses, components = _frame()
    app = AppTest.from_file(str(FRAME), default_timeout=TIMEOUT)
    app._page_hash, app._bidi_component_manager = addresses[script], components
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if app.exception:
        raise RuntimeError(f"{script} {query}: {[error.message for error in app.exception]}")
    return app


def hear(
    script: str, query: Query, drawn: set[int] | None = None
) -> tuple[list[Sentence], list[Drawn]]:
    """All words of one address, bare numbers too: what its blocks were told, then what else stands on the screen; and its exhibits.

    `drawn` remembers exhibits across addresses: the picture and table of the same rows are read once.
    """
    where = script.rpartition("/")[2].removesuffix(".py") + (
        f"?{urlencode(query)}" if query else ""
    )
    # A deck's address holds Chinese; people read this list.
    where = (
        where
        if not query
        else f"{where.partition('?')[0]}?"
        + "&".join(f"{name}={value}" for name, value in query.items())
    )
    # Its own first run is no visit.
    _frame()
    with _listening(where, set() if drawn is None else drawn) as (heard, given):
        app = opened(script, query)
    known = {words for sentence in heard for words in (sentence.words, sentence.part)}
    # A card shows its number by itself and, folded, each trace with its quote.
    known |= {s.words.partition("：")[2] for s in heard if s.kind == CARD}
    traces = tuple(s.words for s in heard if s.kind == TRACE)
    heard += [
        s for s in _screen(app, where) if s.words not in known and not s.words.startswith(traces)
    ]
    return [sentence for sentence in heard if sentence.words], given


@contextmanager
def _listening(where: str, drawn: set[int]) -> Iterator[tuple[list[Sentence], list[Drawn]]]:
    """Writes down what the blocks of the pages are told, while they draw it."""
    heard: list[Sentence] = []
    given: list[Drawn] = []

    def note(
        exhibit: str, kind: str, words: Any, part: str = "", rows: pd.DataFrame | None = None
    ) -> None:
        heard.append(
            Sentence(where, exhibit, kind, bare(part), bare("" if words is None else words), rows)
        )

    def title(finding: str, lead: str, old: str = "") -> None:
        note("", TITLE, finding)
        note("", LEAD, lead)

    def cards(entries: Sequence[Mapping[str, Any]]) -> None:
        for entry in entries:
            note(
                "cards", CARD, f"{entry['label']}：{entry['value']} {entry['unit']}", entry["label"]
            )
            note("cards", NOTE, entry["note"], entry["label"])
            note("cards", NOTE, entry.get("help") or "", entry["label"])
            for trace in entry.get("traces", ()):
                note("cards", TRACE, trace["words"])
                note("cards", EVIDENCE, trace["evidence"], trace["words"])

    def show(
        value: Exhibit | Missing, on_select: Any = None, figure: Any = None, export: Any = None
    ) -> None:
        if isinstance(value, Missing):
            return
        if isinstance(value.shape, Cards):
            cards(value.shape.entries)
            return
        rows, figures = tables.with_words(value.rows), {}
        below = export.rows() if export else rows
        files = value.file_columns or value.columns
        key, finding = value.key, value.spoken
        given.append(Drawn(where, key, finding, rows, value.columns, files, below, figures))
        note(key, FINDING, finding, rows=rows)
        for words in value.caveats:
            note(key, CAVEAT, words, rows=rows)
        for heading in dict.fromkeys([*value.columns.values(), *files.values()]):
            note(key, HEADING, heading)
        # Caveats stand by themselves above.
        line = blocks.source_line(value.rows, value.cited, (), filters.as_of())
        note(key, SOURCE, line, rows=rows)
        content = hash((key, finding, rows.to_csv()))
        if len(rows) and content not in drawn:
            drawn.add(content)
            seen = figure or screen.figures(value.shape)
            figures.update(_seen(key, rows, seen, value.columns, note))

    def nothing(key: str, finding: str, words: str) -> None:
        note(key, EMPTY, finding)
        note(key, EMPTY, words)

    def legend(vocabularies) -> None:
        for name, statuses in vocabularies.items():
            for status in statuses.values():
                note("legend", LEGEND, f"{status.shape} {status.word}", name)

    def sheet(drawn: str) -> None:
        for words in markup.fromstring(f"<div>{drawn}</div>").itertext():
            note("sheet", SHEET, words)

    def links(addresses: Mapping[str, str]) -> None:
        note("", SCREEN, "　".join(addresses))

    told = {f.__name__: f for f in (title, cards, show, nothing, legend, sheet, links)}
    kept = {name: getattr(blocks, name) for name in told}

    def both(name: str):
        @wraps(kept[name])
        def told_and_drawn(*positional, **named):
            told[name](*positional, **named)
            return kept[name](*positional, **named)

        return told_and_drawn

    for name in told:
        setattr(blocks, name, both(name))
    try:
        yield heard, given
    finally:
        for name, function in kept.items():
            setattr(blocks, name, function)


def _seen(
    key: str, rows: pd.DataFrame, figure: Any, columns: Mapping[str, str], note
) -> Iterator[tuple[str, Any]]:
    """Pictures in all their views, the table twin, and the words that the rows rest on."""
    for view in figure.items() if isinstance(figure, Mapping) else [("", lambda: figure)]:
        name, make = view
        if name:
            note(key, WIDGET, name)
        if (made := make()) is not None:
            drawn = made.checked
            yield name, drawn
            for kind, series, words in figures.words_of(drawn):
                note(key, kind, words, series, rows)
    twin = tables.shown(rows, columns)
    for heading in twin:
        for words in dict.fromkeys(twin[heading]):
            note(key, CELL, words, heading, rows)
    if "evidence" in rows:
        for words in dict.fromkeys(rows["evidence"].dropna()):
            note(key, EVIDENCE, words, rows=rows)


def _screen(app: AppTest, where: str) -> Iterator[Sentence]:
    """What stands on the screen besides: texts, and the words of the widgets with what they offer."""
    for node in [*_nodes(app.main), *_nodes(app.sidebar)]:
        kind = getattr(node, "type", "")
        if kind in (
            "markdown",
            "caption",
            "info",
            "warning",
            "error",
            "success",
            "text",
            "title",
            "header",
            "subheader",
        ):
            # Source lines are told by their exhibits.
            for line in (
                str(node.value).split("\n") if not str(node.value).startswith("来源：") else []
            ):
                yield Sentence(where, "", SCREEN, "", bare(line))
        elif hasattr(node, "label"):
            for words in [node.label, *getattr(node, "options", [])]:
                yield Sentence(where, str(node.key or ""), WIDGET, bare(node.label), bare(words))


def _nodes(node: Any) -> Iterator[Any]:
    for child in getattr(node, "children", {}).values():
        yield child
        yield from _nodes(child)

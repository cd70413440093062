"""What a reader takes away from an exhibit: its rows as Excel or CSV, the exhibit itself as a picture."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode, urljoin, urlsplit

import streamlit as st

from eldercare import files, store, tables
from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Items
from eldercare.exhibits.talk import dated
from eldercare.faces import fonts, image, page
from eldercare.faces.native import DOCX
from eldercare.measures import number
from eldercare.screen import filters
from eldercare.talks import files_of, making

# A workbook of more rows takes longer than a reader waits; CSV has no such limit.
ROWS_IN_EXCEL = 20_000
SHAPES = {image.WIDE: "横版", image.TALL: "竖版"}


def downloads(value: Exhibit, export: tables.Export | None) -> None:
    """Excel, CSV and pictures, named by what the exhibit says (演示数据 first where it is) and the day of the data."""
    key, name = value.key, files.named(value.spoken, tables.release()["as_of"])
    export = export or tables.Export(
        lambda: value.rows, len(value.rows), value.file_columns or value.columns
    )
    if export.count <= ROWS_IN_EXCEL:
        make = partial(tables.workbook, export, value.spoken, value.caveats)
        st.download_button(
            "Excel（.xlsx）", make, f"{name}.xlsx", key=f"xlsx_{key}", on_click="ignore"
        )
    else:
        st.caption(f"共{number(export.count)}行，超过{number(ROWS_IN_EXCEL)}行时只给 CSV")
    make = partial(tables.csv_bytes, export)
    st.download_button(
        "CSV（UTF-8）", make, f"{name}.csv", "text/csv", key=f"csv_{key}", on_click="ignore"
    )
    if not value.shape.empty:
        paper(key, name, value)
        pictures(key, name, value)


def paper(key: str, name: str, value: Exhibit) -> None:
    """A list to read as a page of Word; other shapes go to Word with a whole talk."""
    if not isinstance(value.shape, Items):
        return
    if fault := files_of.refusal(DOCX):
        st.caption(fault)
        return
    value = replace(value, source_line=_source_line(value))
    st.download_button(
        "Word（.docx）",
        partial(page.docx, value, stamp(value)),
        f"{name}.docx",
        files_of.MEDIA[DOCX],
        key=f"docx_{key}",
        on_click="ignore",
    )


def pictures(key: str, name: str, value: Exhibit) -> None:
    """The exhibit as a picture in both formats; without a font the machine draws none, and says which package is missing."""
    value = replace(value, source_line=_source_line(value))
    ways = {"PNG": (image.png, "image/png"), "SVG": (image.vector, "image/svg+xml")}
    try:
        fonts.found()
    except fonts.MissingFont as fault:
        del ways["PNG"]
        st.caption(str(fault))
    for kind, (draw, media) in ways.items():
        with st.container(horizontal=True, gap="small"):
            for format_, words in SHAPES.items():
                st.download_button(
                    f"图片 {words} {format_.name}（.{kind.lower()}）",
                    partial(draw, value, stamp(value), format_),
                    f"{name}_{words}.{kind.lower()}",
                    media,
                    key=f"{kind.lower()}_{format_.width:g}_{key}",
                    on_click="ignore",
                )


def _source_line(value: Exhibit) -> str:
    """As it stands under the exhibit on this page: how old its figures are is counted from the day of the page."""
    return tables.source_line(value.rows, tables.sources_of(value.rows), filters.as_of())


def stamp(value: Exhibit) -> image.Stamp:
    """Release and day of this page, and the way back to it; where nobody else can reach it, what to ask for."""
    release = tables.release()
    words = dated(release["as_of"].date(), filters.as_of(), release["content_hash"])
    public, here = os.environ.get("ELDERCARE_PUBLIC_URL", ""), st.context.url or ""
    if not public and urlsplit(here).hostname in making.THIS_MACHINE:
        return image.Stamp(words, f"{value.title}\n{words}")
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    if store.current().release:
        asked["release"] = [release["content_hash"]]
    name = urlsplit(here).path.rpartition("/")[2]
    base = f"{public.rstrip('/')}/" if public else urljoin(here, ".")
    query = urlencode(asked, doseq=True)
    return image.Stamp(words, f"{base}{name}" + (f"?{query}" if query else ""), True)

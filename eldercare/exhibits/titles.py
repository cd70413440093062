"""What is said of the records of a place: how many of each kind, and the newest. Behind the first ； stands the subtitle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from eldercare.exhibits import city, place_records
from eldercare.exhibits.claims import day, quotable
from eldercare.exhibits.pairing import dossier
from eldercare.measures import missing


def agreements(place: Any, rows: pd.DataFrame) -> str:
    """How many agreements with both sides named, then all else by its own word, and the newest."""
    first, *rest = dossier.kinds(rows)
    return f"{place.short_name}：{first}；{('、'.join(rest) + _last(rows)).removeprefix('，')}"


def events(place: Any, rows: pd.DataFrame, aside: str = "") -> str:
    """How many public events, what is left `aside`, and the newest; plans are not among them."""
    told = f"{len(rows)}条{aside}" if aside else ""
    return (
        f"涉及{place.short_name}的公开动态{len(rows)}条；{(told + _last(rows)).removeprefix('，')}"
    )


def aside(records: pd.DataFrame, parts: Sequence[str]) -> str:
    """What is no move of eldercare or stands elsewhere, where a place has any and its moves are among the `parts` told."""
    left = records[~records["part"].isin(parts)]
    trips = int((left["part"] == "旅游专列与线路").sum())
    words = [f"不含旅游专列与线路{trips}条"] if trips else []
    words += ["长护险另列"] if (left["part"] == "长护险").any() else []
    return "（{words}）".format(words="；".join(words)) if words and "动态" in parts else ""


def others(place: Any, rows: pd.DataFrame, aside: str = "") -> str:
    """Lists, tasks, insurance and whatever else names a place, by kind, what is left `aside`, and the newest."""
    told = city.records(place, rows, rows["part"].drop_duplicates().tolist())
    # The day of a task is that of its list and that of a plan may be its end: then it is said of what the newest is.
    planned, tasks = place_records.planned(rows), rows["part"] == "任务"
    apart = (("任务", tasks), ("计划与目标", planned & ~tasks))
    names = "、".join(name for name, which in apart if which.any())
    last = _last(rows[~planned & ~tasks], f"除{names}外，" if names else "")
    head = f"{place.short_name}的名单、任务等记录：{len(rows)}条"
    return f"{head}；公开文件与报道点到{told}{aside}{last}"


def _last(rows: pd.DataFrame, of: str = "") -> str:
    """The newest by name. Of what is only known by its year, the year may have been young: a day in it is named, and that it is a day."""
    dated = rows[rows["date"].notna()]
    if dated.empty:
        return ""
    whole_year = dated["date_precision"].isin(["year", "year_end", "range", "since"]) & dated[
        "date"
    ].dt.strftime("%m-%d").eq("12-31")
    earliest = dated["date"].where(~whole_year, dated["date"].dt.to_period("Y").dt.start_time)
    newest = dated[earliest == earliest.max()]
    # Of several of one day the one that is about eldercare alone is named, and how many there are.
    about = newest["eldercare_specific"].astype("boolean").fillna(True)
    row = (newest[about] if about.any() else newest).iloc[0]
    title = "" if missing(row["title"]) else quotable(str(row["title"]))
    # A signing and the report of it, which stand in two parts, are one; so are a list that names several places
    # and a project with two titles, which begin alike.
    own = newest[newest["part"] == row["part"]] if "part" in newest else newest
    listed = row["part"] == "名单" if "part" in newest else False
    same = own["title"].str.replace("（.*", "", regex=True) if listed else own["id"]
    n = same.nunique()
    more = f"等{n}项" if n > 1 else ""
    known = not whole_year[row.name] and (whole_year & (dated["date"] > row["date"])).any()
    return f"，{of}{'写到月日的' if known else ''}最近：{day(row)}“{title}”{more}"

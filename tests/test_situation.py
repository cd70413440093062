"""The section 现状 and the data pages: rates are quotients of sums, no line crosses a break, every figure has its source."""

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pandas as pd
import pytest
from conftest import DATASETS
from menu import PAGES
from opening import visit
from streamlit.testing.v1 import AppTest

from eldercare import store, tables
from eldercare.exhibits import Exhibit, city, comparison, place_sheet
from eldercare.exhibits import series as series_of
from eldercare.exhibits import sources as sources_
from eldercare.exhibits.ageing import words as ageing
from eldercare.exhibits.beds import words as beds
from eldercare.faces import screen
from eldercare.measures import IN_USE, LAMPS
from eldercare.screen import blocks

PAGES_HERE = ("overview", "city", "ageing", "bed-trends", "sources", "coverage")
SUBJECTS = [
    "beds_eldercare",
    "beds_institution",
    "beds_nursing",
    "institutions",
    "beds_per_1000_60plus",
]
SHARES = [
    "pop_60plus",
    "pop_65plus",
    "pop_80plus",
    "share_60plus",
    "share_65plus",
    "share_80plus",
    "total_population",
]


@pytest.fixture(scope="module")
def facts():
    """The claims as they stand in the file, by id."""
    with (DATASETS / "observations.csv").open(encoding="utf-8", newline="") as file:
        return {row["observation_id"]: row for row in csv.DictReader(file)}


# --- no line joins what must not be joined ---

KINDS = ("actual", "derived")
WALKED = {
    "bed_series",
    "bed_steps",
    "indicator_trends",
    "peer_series",
    "population_series",
    "signed_series",
    "target_stages",
}
# Series of claims about one institution, not of observations: place, base and segment do not apply.
OF_INSTITUTIONS = {"institution_bed_history"}


def walk(question: str, real, facts, sql_of=store.sql) -> pd.DataFrame:
    """All rows of a question that draws series, over all places and subjects of the real data."""
    places = sorted({row["place_code"] for row in facts.values()})

    def ask(question, **parameters):
        with real.cursor() as cursor:
            return cursor.execute(sql_of(question), parameters).df()

    if question in ("signed_series", "target_stages"):
        return ask(question, as_of=date(2030, 1, 1))
    if question == "peer_series":
        return pd.concat([peers(ask, facts, place) for place in places])
    if question == "population_series":
        return pd.concat(
            [
                ask(question, indicator=code, places=places, as_of=date(2030, 1, 1))
                for code in SHARES
            ]
        )
    if question == "indicator_trends":
        often = Counter((row["place_code"], row["indicator_code"]) for row in facts.values())
        return pd.concat(
            [
                trends(ask, place)
                for place in sorted({place for (place, _code), n in often.items() if n > 2})
            ]
        )
    return ask(question, indicators=SUBJECTS, places=places)


def peers(ask, facts, place: str) -> pd.DataFrame:
    """The lines beside that of one place by the ids of their observations; what is added up over cities has none."""
    rows = pd.concat(
        [ask("peer_series", place=place, indicator=code, as_of=date(2030, 1, 1)) for code in SHARES]
    )
    rows = rows[rows["claim_id"].isin(list(facts))]
    series = place + "|" + rows["indicator_code"] + "|" + rows["series"]
    return rows.assign(observation_id=rows["claim_id"], series=series)


def trends(ask, place: str) -> pd.DataFrame:
    """The series of one place by the ids of their observations; sums over lists have none."""
    rows = ask("indicator_trends", place=place, as_of=date(2030, 1, 1))
    rows = rows[~rows["claim_id"].str.contains(":total|:added")]
    return rows.assign(observation_id=rows["claim_id"], series=place + "|" + rows["series"])


def kinship(row: dict) -> tuple:
    """What two points of one line must share."""
    return tuple(
        row[name] for name in ("place_code", "indicator_code", "base", "boundary_year", "segment")
    )


def faults(answer: pd.DataFrame, facts: dict) -> list[str]:
    """Series whose points are not all of one place, indicator, base, boundary and segment."""
    kin = defaultdict(set)
    for row in answer.itertuples():
        kin[row.series].add(kinship(facts[row.observation_id]))
    return [name for name, kinds in kin.items() if len(kinds) > 1]


@pytest.fixture(scope="module")
def walked(real, facts):
    return {question: walk(question, real, facts) for question in sorted(WALKED)}


def test_the_walk_knows_every_question_that_draws_series():
    drawn = {
        path.stem
        for path in store.QUERIES.glob("*.sql")
        if re.search(r"\bas series\b", path.read_text(encoding="utf-8"))
    }
    assert drawn == WALKED | OF_INSTITUTIONS


def test_no_series_joins_bases_definitions_or_sides_of_a_break(walked, facts):
    assert {name: faults(answer, facts) for name, answer in walked.items()} == {
        name: [] for name in walked
    }


def test_the_walk_sees_as_many_long_series_as_the_file_holds(walked, facts):
    """Counted from the file itself: a walk over nothing, or over points alone, would prove nothing."""
    for question, codes, least in (("bed_series", SUBJECTS, 3), ("population_series", SHARES, 100)):
        dates = defaultdict(set)
        for row in facts.values():
            if (
                row["indicator_code"] in codes
                and row["shown"] == "true"
                and row["date"]
                and row["value"]
                and row["kind"] in KINDS
            ):
                dates[kinship(row)].add(row["date"])
        actual = walked[question][walked[question]["kind"] != "target"]
        long = actual.groupby("series")["date"].nunique()
        assert int((long > 1).sum()) == sum(len(days) > 1 for days in dates.values()) >= least


@pytest.mark.parametrize(
    "question,good,bad",
    [
        (
            "bed_series",
            "o.place_code, o.indicator_code, o.base, o.boundary_year, o.segment",
            "o.place_code, o.indicator_code, o.base",
        ),
        (
            "bed_series",
            "o.place_code, o.indicator_code, o.base, o.boundary_year, o.segment",
            "o.place_code, o.base, o.segment",
        ),
        (
            "bed_steps",
            "o.place_code, o.indicator_code, o.base, o.boundary_year, o.segment",
            "o.place_code, o.indicator_code, o.base",
        ),
        ("population_series", "o.base, o.boundary_year, o.segment", "o.boundary_year, o.segment"),
        ("population_series", "o.base, o.boundary_year, o.segment", "o.base, o.segment"),
        ("signed_series", "o.indicator_code || '|' || o.segment", "o.place_code"),
        ("indicator_trends", "o.segment = n.segment", "true"),
    ],
    ids=[
        "across a break",
        "across definitions",
        "steps across a break",
        "across bases",
        "across boundaries",
        "across units",
        "trend across a break",
    ],
)
def test_a_planted_bad_join_is_seen(real, facts, question, good, bad):
    assert good in store.sql(question)
    planted = walk(question, real, facts, lambda name: store.sql(name).replace(good, bad))
    assert faults(planted, facts)


def test_zhejiang_yearbook_and_bulletin_are_two_series(real):
    rows = real.ask(
        "population_series", indicator="share_60plus", places=["330000"], as_of=date(2026, 11, 22)
    )
    registered = rows[rows["base"] == "户籍"]
    police = registered[registered["source_id"].isin(["X25", "X26"])]
    assert len(police) == 2
    assert set(police["series"]).isdisjoint(registered.drop(police.index)["series"])
    assert police["break_note"].str.contains("公安").all()


def drawn_series(rows, unit):
    return screen.lines(series_of.lines(rows, unit))


def test_lines_end_where_years_are_missing(real):
    """In the picture itself: what a line joins is of one series and no further apart than the rule says."""
    joined = 0
    for place in real.ask("bed_places", indicators=SUBJECTS)["place_code"]:
        rows = real.ask("bed_series", indicators=SUBJECTS, places=[place])
        series = {(row.date, row.value, row.legend): row.series for row in rows.itertuples()}
        for trace in drawn_series(rows, "张").data:
            points = (
                list(zip(trace.x, trace.y, strict=True)) if trace.hovertext and trace.name else []
            )
            for (day, value), (other, other_value) in pairwise(points):
                if value is not None and other_value is not None:
                    assert pd.Timestamp(other) - pd.Timestamp(day) <= series_of.LONGEST_STEP
                    assert (
                        series[(pd.Timestamp(day), value, trace.name)]
                        == series[(pd.Timestamp(other), other_value, trace.name)]
                    )
                    joined += 1
    assert joined > 0


def test_milestones_of_a_target_make_a_path_and_a_single_goal_none(tiny_store):
    rows = tiny_store.ask("bed_series", indicators=["beds_eldercare"], places=["310000"])
    dotted = [trace for trace in drawn_series(rows, "张").data if trace.line.dash == "dot"]
    assert dotted == [] and "不画路径" in "".join(beds.caveats(rows))
    goal = rows[rows["kind"] == "target"]
    further = goal.assign(date=goal["date"] + pd.Timedelta(days=365), value=goal["value"] + 10)
    rows = pd.concat([rows, further], ignore_index=True)
    (path,) = [trace for trace in drawn_series(rows, "张").data if trace.line.dash == "dot"]
    assert list(path.y) == [120, 130] and "虚线" in "".join(beds.caveats(rows))


def test_a_break_is_drawn_between_its_own_two_points_in_its_own_words(real):
    """Shanghai's eldercare beds break twice, both undeclared; its institution beds never: no marker is theirs."""
    rows = real.ask("bed_series", indicators=SUBJECTS[:3], places=["310000"])
    own = rows[
        (rows["indicator_code"] == "beds_eldercare") & (rows["kind"] == "actual")
    ].sort_values("date")
    figure = drawn_series(rows, "张")
    (colour,) = {trace.line.color for trace in figure.data if trace.name == own["legend"].iloc[0]}
    marks = [pd.Timestamp(shape.x0) for shape in figure.layout.shapes]
    assert marks == [(a + (b - a) / 2).normalize() for a, b in pairwise(own["date"])]
    assert {shape.line.color for shape in figure.layout.shapes} == {colour}
    said = [note for note in figure.layout.annotations if "口径" in note.text]
    assert [note.text for note in said] == ["养老床位：口径是否相同未说明"] * 2 and {
        note.font.color for note in said
    } == {colour}


def test_a_known_break_is_called_a_change(tiny_store):
    notes = drawn_series(
        tiny_store.ask("bed_series", indicators=["beds_eldercare"], places=["310000"]), "张"
    ).layout.annotations
    assert [note.text.split("：")[1] for note in notes if "口径" in note.text] == ["口径变动"]


def test_derived_values_are_hollow_and_never_lead(real):
    """Two of Shanghai's eight counts of institution beds are computed from a growth rate: drawn apart, compared with nothing."""
    rows = real.ask("bed_series", indicators=["beds_institution"], places=["310000"])
    derived = rows[rows["kind"] == "derived"]
    assert derived["date"].dt.year.tolist() == [2011, 2021]
    (line,) = [trace for trace in drawn_series(rows, "张").data if trace.name]
    hollow = {
        pd.Timestamp(day)
        for day, symbol in zip(line.x, line.marker.symbol, strict=True)
        if symbol == "circle-open"
    }
    assert hollow == set(derived["date"])
    assert [text for text in line.text if "推算" in text] == ["10.19万（推算）", "15.85万（推算）"]
    assert "2012年底" in beds.bed_trend(rows, "上海") and "2011" not in beds.bed_trend(rows, "上海")
    assert comparison.trend(rows).startswith("6个")
    steps = real.ask("bed_steps", indicators=["beds_institution"], places=["310000"])
    assert not set(steps["observation_id"]) & set(derived["observation_id"])
    assert not set(steps["earlier_date"]) & set(derived["date"])
    assert "空心点为推算" in "".join(beds.caveats(rows))


def test_a_target_names_its_subject_and_ends_with_its_year(real):
    drawn = drawn_series(
        real.ask("bed_series", indicators=["beds_eldercare"], places=["310000"]), "张"
    )
    assert [trace.text[1] for trace in drawn.data if trace.mode == "lines+text"] == [
        "养老床位目标 17.8万张"
    ]
    signed = drawn_series(real.ask("signed_series", as_of=date(2026, 1, 1)), "个")
    goals = [trace for trace in signed.data if trace.mode == "lines+text"]
    assert [trace.text[1] for trace in goals] == [
        "2021年目标 16个区“对接”",
        "2021年目标 30个城市“对接”",
    ]
    assert {pd.Timestamp(day).year for trace in goals for day in trace.x} == {2021}


# --- rates are quotients of sums ---


@pytest.mark.parametrize("age", [60, 65, 80])
def test_delta_and_provinces_are_sums_over_sums(real, age):
    parents = {
        row["place_code"]: row
        for row in csv.DictReader((DATASETS / "places.csv").open(encoding="utf-8"))
    }
    old, everyone = defaultdict(int), defaultdict(int)
    for row in csv.DictReader((DATASETS / "age_groups.csv").open(encoding="utf-8")):
        place = parents[row["place_code"]]
        if place["level"] == "city" or row["place_code"] == "310000":
            for above in ("YRD", place["parent_code"] if place["level"] == "city" else "310000"):
                people = int(row["male"]) + int(row["female"])
                everyone[above, row["year"]] += people
                old[above, row["year"]] += people if int(row["age_from"]) >= age else 0
    answer = real.ask("province_ageing", age=age)
    assert answer["place_code"].tolist() == ["YRD", "310000", "320000", "330000", "340000"]
    for row in answer.itertuples():
        for year, elders, share in (
            ("2020", row.elders, row.value),
            ("2010", row.elders_2010, row.value_2010),
        ):
            assert elders == old[row.place_code, year]
            assert share == pytest.approx(
                100 * old[row.place_code, year] / everyone[row.place_code, year]
            )
    cities = real.ask("elder_share", age=age)
    assert cities["delta_value"].nunique() == 1
    assert cities["delta_value"].iloc[0] == pytest.approx(answer["value"].iloc[0])


def test_age_groups_and_census_claims_agree(real, facts):
    """The pyramid and the headline counts come from different tables: they must tell the same."""
    checked = 0
    for code in real.ask("cities")["place_code"]:
        for row in real.ask("age_profile", place=code).itertuples():
            found = [
                f for f in facts.values()
                if f["place_code"] == code and f["indicator_code"] == f"pop_{row.age}plus" and f["date"] == f"{row.year}-11-01"
                and f["boundary_year"] == "2020" and f["shown"] == "true"
            ]  # fmt: skip
            assert all(float(f["value"]) == row.elders for f in found)
            checked += len(found)
    assert checked > 200


def test_counties_stand_side_by_side_only(real):
    cities = real.ask("cities")["place_code"].tolist()
    rows = real.ask("county_ageing", age=60, cities=cities)
    assert len(rows) > 250 and rows["value_2010"].notna().sum() > 200
    assert not [name for name in rows.columns if "change" in name], (
        "two boundaries give no difference"
    )
    assert rows["boundary_note"].notna().all()


def test_counties_are_ranked_among_one_set_of_peers(real):
    """Those the census of 2020 counts, on the page of ageing as in the profile of a county."""
    listed = real.ask(
        "county_ageing", age=60, cities=real.ask("cities")["place_code"].tolist()
    ).set_index("place_code")
    (row,) = (
        real.ask("place_standing", place="341882").query("measure == 'share_60plus'").itertuples()
    )
    assert (
        (row.rank, row.ranked) == (listed.at["341882", "rank"], len(listed)) == (int(row.rank), 291)
    )


# --- the grammar of comparing ---


def standing_row(**changed):
    row = {
        "peers": "city", "rank": 3, "ranked": 41, "value": 21.25, "unit": "%", "polarity": "none",
        "province_name": "江苏", "province_value": 20.0, "delta_value": 22.5,
    }  # fmt: skip
    return SimpleNamespace(**{**row, **changed})


def test_a_standing_has_value_rank_and_distances():
    assert (
        comparison.standing(standing_row())
        == "21.25%，41个城市中第3位，比江苏高1.25个百分点，比长三角低1.25个百分点"
    )


def test_a_direction_comes_from_the_dictionary():
    assert comparison.distances(standing_row(polarity="higher")) == [
        "优于江苏1.25个百分点",
        "不及长三角1.25个百分点",
    ]
    assert comparison.distances(standing_row(polarity="lower")) == [
        "不及江苏1.25个百分点",
        "优于长三角1.25个百分点",
    ]


def test_what_is_unknown_is_not_compared():
    alone = standing_row(
        province_value=None, province_name=None, delta_value=float("nan"), ranked=1
    )
    assert comparison.standing(alone) == "21.25%"


def points(*values, series="a"):
    return pd.DataFrame(
        {
            "series": series,
            "date": pd.to_datetime([f"20{10 + i}-12-31" for i in range(len(values))]),
            "value": values,
        }
    )


@pytest.mark.parametrize(
    "rows,words",
    [
        (points(1, 2), "不足3个，不判断"),
        (pd.concat([points(1, 2), points(3, 4, series="b")]), "不足3个，不判断"),
        (points(1, 2, 3), "3个可比的数字逐次上升"),
        (points(3, 2, 1), "3个可比的数字逐次下降"),
        (points(1, 3, 2), "3个可比的数字有升有降"),
        (points(2, 2, 2), "3个可比的数字没有变化"),
    ],
)
def test_a_trend_needs_three_comparable_points(rows, words):
    assert words in comparison.trend(rows)


def test_place_standing(tiny_store):
    """Ranked among the cities with a figure; the province is summed: Suzhou alone stands for Jiangsu here."""
    (row,) = (
        tiny_store.ask("place_standing", place="320500")
        .query("measure == 'share_60plus'")
        .itertuples()
    )
    assert (row.value, row.rank, row.ranked) == (20.0, 3, 3)
    assert row.province_value == 20.0
    assert row.delta_value == pytest.approx(100 * 800 / 3500)


def test_similar_cities_are_near_on_all_three_sides(real):
    near = real.ask("similar_cities", place="320500", count=40)
    assert near["short_name"].iloc[0] == "杭州"
    assert near["distance"].is_monotonic_increasing and "苏州" not in set(near["short_name"])
    own = near[["age_distance", "size_distance", "urban_distance"]]
    assert near["distance"].tolist() == pytest.approx(((own**2).sum(axis=1) / 3).pow(0.5).tolist())
    assert all("百分点" in words and "倍" in words for words in near["reason"])


def test_older_and_faster_is_against_the_delta_as_a_whole(real):
    rows = real.ask("elder_share", age=60)
    both = ageing.faster(rows)
    delta = real.ask("province_ageing", age=60).iloc[0]
    assert (both["value"] > delta["value"]).all() and (both["change"] > delta["change"]).all()
    assert f"{len(both)}个城市" in ageing.quadrant(rows)
    rest = rows[(rows["peers"] == "city") & ~rows["place_code"].isin(both["place_code"])]
    assert ((rest["value"] <= delta["value"]) | (rest["change"] <= delta["change"])).all()


# --- beds per thousand ---


def test_bed_ratio_never_mixes_bases_and_says_its_years(real, facts):
    for definition in ("beds_institution", "beds_eldercare"):
        for denominator in ("户籍60岁及以上", "常住60岁及以上", "户籍65岁及以上", "常住65岁及以上"):
            rows = real.ask("bed_ratio", indicator=definition, denominator=denominator).dropna(
                subset=["value"]
            )
            for row in rows.itertuples():
                assert row.value == pytest.approx(1000 * row.beds / row.elders)
                base, indicator = denominator[:2], f"pop_{denominator[2:4]}plus"
                claims = [
                    f for f in facts.values()
                    if f["place_code"] == row.place_code and f["indicator_code"] == indicator and f["base"] == base and f["value"]
                ]  # fmt: skip
                of_cities = row.place_code == "YRD" and base == "常住"
                assert of_cities or any(
                    int(float(f["value"])) == row.elders and f["date"][:4] == str(row.elders_year)
                    for f in claims
                )
                assert str(row.elders_year) in row.hover and str(row.beds_year) in row.hover


def test_ranks_are_among_places_of_one_level_and_of_nearby_years(real):
    """Jiangsu's and Anhui's beds and people are of nearby years; Shanghai's people are of 2020; cities count beds of 2010 and 2016."""
    rows = real.ask("bed_ratio", indicator="beds_institution", denominator="常住60岁及以上").dropna(
        subset=["value"]
    )
    ranks = rows.set_index("short_name")["rank"].dropna().astype(int).to_dict()
    assert ranks == {"安徽": 1, "江苏": 2}
    assert (
        rows.loc[rows["level"] == "city", "beds_year"].agg(lambda years: years.max() - years.min())
        > 3
    )


def test_a_county_with_old_beds_stands_apart_from_provinces(real):
    rows = real.ask("bed_ratio", indicator="beds_institution", denominator="常住60岁及以上")
    assert rows["level"].tolist() == sorted(
        rows["level"], key=["region", "province", "city", "county"].index
    )
    sentence = beds.ratio(rows, "机构养老床位", "常住60岁及以上")
    assert "泰兴" not in sentence and "泰兴36.5张（2014年床位÷2010年老人）" in beds.old_ratios(rows)


def test_a_qualified_count_gives_a_qualified_ratio_beside_the_sources_own(real):
    rows = real.ask(
        "bed_ratio", indicator="beds_institution", denominator="常住60岁及以上"
    ).set_index("short_name")
    assert rows.at["宣城", "words"] == "16.1张以上" and "7,000多张" in rows.at["宣城", "hover"]
    assert "来源另载30张" in rows.at["泰兴", "words"] and "来源另载40张" in rows.at["南京", "words"]
    delta = (
        real.ask("bed_ratio", indicator="beds_institution", denominator="户籍60岁及以上")
        .set_index("short_name")
        .loc["长三角"]
    )
    assert delta["words"].startswith("不足") and "超过47,460,000人" in delta["hover"]


def test_another_denominator_is_judged_among_the_same_places(real):
    """Shanghai's people on the resident base are of 2020: no two provinces are ranked on all four denominators."""
    ranks = real.ask("bed_ranks", indicator="beds_institution")
    assert set(ranks.loc[ranks["everywhere"], "short_name"]) == {"江苏"}
    assert beds.moves(ranks) == "四种分母不齐，不比较名次；没有两个同级、年份相近的地区四种分母都齐"
    both = ranks.assign(everywhere=ranks["short_name"].isin(["上海", "江苏"]))
    assert (
        beds.moves(both)
        == "换分母后名次不变；四种分母都有的上海、江苏之间；安徽只有部分分母，加入后同级的个数不同"
    )
    one = both.assign(moved=both["short_name"] == "江苏")
    assert "四种分母都有的上海、江苏之间；换分母后江苏名次改变" in beds.moves(one)


def test_steps_stay_inside_one_series(tiny_store):
    rows = tiny_store.ask(
        "bed_steps", indicators=["beds_eldercare", "beds_institution"], places=["310000"]
    )
    assert sorted(zip(rows["earlier_value"], rows["value"], strict=True)) == [
        (80, 90),
        (100, 110),
    ], "never 110 → 80 across the break"
    assert "2018年底110张，比2017年底多10张（+10.0%）" in beds.step(
        rows.sort_values("date").iloc[0]
    )


# --- tasks by time ---


@pytest.mark.parametrize(
    "as_of,expected",
    [
        (date(2021, 1, 5), "running"),
        (date(2021, 10, 31), "running"),
        (date(2021, 11, 1), "near"),
        (date(2021, 12, 31), "near"),
        (date(2022, 1, 1), "passed"),
    ],
)
def test_time_status_is_computed_from_the_given_day(tiny_store, as_of, expected):
    """A task due on 2021-12-31 is near from sixty days before."""
    rows = tiny_store.ask("task_schedule", as_of=as_of).set_index("task_id")
    assert rows.at["TK1", "time_status"] == expected
    assert rows.at["TK2", "time_status"] == "undated"


def test_a_date_alone_never_says_overdue_or_done(real):
    for day in (date(2015, 1, 1), date(2021, 12, 1), date(2040, 1, 1)):
        found = set(real.ask("task_schedule", as_of=day)["time_status"])
        assert found <= {"running", "near", "passed", "undated"} and found <= LAMPS.keys()


def test_latest_events_touch_the_delta_and_a_year_alone_comes_after_days(real):
    rows = real.ask("latest_events", as_of=date(2026, 1, 1), count=200)
    with real.cursor() as cursor:
        outside = {
            code
            for (code,) in cursor.execute(
                "select event_id from event_places join places using (place_code) group by event_id having not bool_or(in_delta)"
            ).fetchall()
        }
    assert outside and not outside & set(rows["event_id"])
    of_2024 = rows[rows["date"].dt.year == 2024]["date_precision"].tolist()
    assert "year" in of_2024 and of_2024.index("year") == len(of_2024) - of_2024.count("year")


def test_what_is_new_in_a_release(monkeypatch):
    assert sources_.version_change(None) == "本版以前没有已发布的版本"
    words = sources_.version_change(
        {"数字": {"new": 3, "changed": 1, "gone": 0}, "动态": {"new": 0, "changed": 0, "gone": 2}}
    )
    assert words == "与上一版本相比：数字新增3、修改1，动态删除2"
    assert sources_.version_change({}) == "与上一版本相比：数据没有变化"


# --- pages ---

# Profile, standings and facilities of a place of which nothing is known.
EMPTY = pd.DataFrame(
    {"age": [], "year": [], "measure": [], "kind": [], "value": [], "indicator_title": []}
)


def run(url: str, **query: str) -> AppTest:
    return visit(next(page.script for page in PAGES if page.url == url), **query)


def words(app: AppTest) -> str:
    texts = [
        e.value
        for kind in ("title", "subheader", "markdown", "caption", "info", "warning")
        for e in app.main.get(kind)
    ]
    return "\n".join(str(text) for text in texts).replace("\\", "")


@pytest.mark.parametrize("url", PAGES_HERE)
def test_every_row_of_every_exhibit_leads_to_a_source_and_a_quote(url, real_data, monkeypatch):
    """Rows that state something carry a known source and the words (or the computation) behind them."""
    seen = {}
    draw = blocks.show

    def spy(value, *rest, **named):
        if isinstance(value, Exhibit) and value.kind != "cards":
            seen[value.key] = value.rows
        return draw(value, *rest, **named)

    monkeypatch.setattr(blocks, "show", spy)
    run(url, **{"sources": {"source": "S002"}}.get(url, {}))
    known = set(store.ask("sources_usage")["source_id"])
    assert seen
    for key, rows in seen.items():
        if rows.empty:
            continue
        stated = (
            rows[rows["records"] > 0]
            if "records" in rows
            else rows.dropna(subset=["value"])
            if key in ("elder_share", "bed_ratio", "bed_ratio_cities")
            # Of a place without ties, or without rules, on record nothing is stated.
            else rows[rows["stage"] != "none"]
            if key == "place_map"
            else rows[rows["date"].notna()]
            if key == "benefit_rules"
            else rows
        )
        listed = (
            stated["source_ids"]
            if "source_ids" in stated
            else stated["source_id"].map(lambda code: [code])
        )
        assert len(stated), key
        assert all(len(codes) and set(codes) <= known for codes in listed), key
        assert stated["evidence"].map(lambda text: isinstance(text, str) and len(text) > 1).all(), (
            key
        )


@pytest.mark.parametrize(
    "url,query",
    [("overview", {}), ("city", {}), ("city", {"place": "320100"}), ("city", {"place": "310107"})],
)
def test_every_number_on_a_card_leads_to_a_source_and_a_quote(url, query, real_data, monkeypatch):
    """Value and note alike: each number stands among the traces of its card, with the words behind it and a known source."""
    seen = []
    draw = blocks.show

    def spy(value, *rest, **named):
        if isinstance(value, Exhibit) and value.kind == "cards":
            seen.extend(value.shape.entries)
        return draw(value, *rest, **named)

    monkeypatch.setattr(blocks, "show", spy)
    app = run(url, **query)
    known = set(store.ask("sources_usage")["source_id"])
    assert seen
    for card in seen:
        traces = card.get("traces", [])
        assert all(
            trace["evidence"] and trace["source_ids"] and set(trace["source_ids"]) <= known
            for trace in traces
        )
        told = {number for trace in traces for number in re.findall(r"\d[\d,.]*", trace["words"])}
        assert (
            card["value"] == "未载"
            or set(re.findall(r"\d[\d,.]*", f"{card['value']} {card['note']}")) <= told
        ), card["label"]
    popovers = "".join(str(element.value) for element in app.main.get("markdown"))
    assert "sources?source=" in popovers


def test_the_list_of_sources_leads_until_one_is_asked_for(real_data):
    """Whoever opens the page to look around sees all sources, and the count of a source reads like every other number."""
    app = run("sources")
    assert "来源清单（全部）" in words(app) and "支持2,626条记录" not in words(app)
    assert any("2,569个数字" in str(table.value.to_numpy()) for table in app.main.get("table"))


def test_the_address_of_a_source_opens_it(real_data):
    shown = words(run("sources", source="S002"))
    assert (
        "来源支持102条记录" in shown
        and "长三角老年人口约4676.89万,2021年将全面深化养老合作" in shown
    )


@pytest.mark.parametrize(
    "url,name,words_shown",
    [
        ("city", "place", "没有“火星”这个地区"),
        ("sources", "source", "没有编号为“火星”的来源"),
        ("sources", "indicator", "没有“火星”这个指标"),
        ("bed-trends", "place", "没有“火星”这个地区"),
        ("bed-trends", "beds_place", "没有“火星”这个地区"),
    ],
)
def test_nonsense_in_the_address_falls_back_with_a_sentence(url, name, words_shown, real_data):
    assert any(words_shown in str(warning.value) for warning in run(url, **{name: "火星"}).warning)


@pytest.mark.parametrize(
    "words_asked,code",
    [("上海", "310000"), ("苏州", "320500"), ("长三角地区", "YRD"), ("广德市", "341882")],
)
def test_a_place_is_found_by_its_names(words_asked, code, real_data):
    app = run("city", place=words_asked)
    assert not app.warning and app.query_params["place"] in (code, [code])


@pytest.mark.parametrize(
    "asked,shown",
    [
        ("320509-T1", "city?place=320500"),
        ("七都镇", "city?place=320500"),
        ("532500", "本页不含红河"),
    ],
)
def test_a_place_without_a_profile_is_not_called_unknown(asked, shown, real_data):
    (warning,) = run("city", place=asked).warning
    assert shown in warning.value and "本页不含" in warning.value and "没有" not in warning.value


def test_an_address_without_a_place_says_so_quietly(real_data):
    app = run("city")
    assert not app.warning
    assert "没有写明地区" in words(app) and app.title[0].value.startswith("长三角")


@pytest.mark.parametrize(
    "code,name", [("320000", "江苏省"), ("310107", "普陀区"), ("341882", "广德市")]
)
def test_each_kind_of_place_has_a_profile(code, name, real_data):
    app = run("city", place=code)
    assert app.title[0].value.startswith(name)
    assert app.selectbox(key="place_box").value.startswith(name)


def test_a_city_without_beds_says_what_is_missing_and_who_could_report_it(real_data):
    shown = words(run("city", place="320200"))
    assert "养老床位、养老机构和社区设施数字均未载" in shown and "可商请无锡市民政部门提供" in shown
    assert "公开资料未载不等于没有" in shown


def test_a_place_without_any_record_has_its_page(real_data):
    assert store.ask("place_records", place="341100", as_of=date(2026, 11, 22)).empty
    app = run("city", place="341100")
    assert app.title[0].value.startswith("滁州市") and "点到滁州的协议，所收公开资料未载" in words(
        app
    )


def test_a_city_with_beds_shows_them_with_their_day(real_data):
    shown = words(run("city", place="320100"))
    assert "52,464" in shown and "2016年底" in shown


def test_achievements_are_not_counted_as_tasks(real):
    """Ten tasks and the four of 丽水, four achievements of the same year and a fifth that was reported beside them."""
    records = real.ask("place_records", place="YRD", as_of=date(2026, 11, 22))
    counts = records["part"].value_counts()
    assert (counts["任务"], counts["成果"]) == (14, 5)
    apart = records[records["state"] == "同场另报"]
    assert apart["id"].tolist() == ["TK037"]
    note = city.cards(
        SimpleNamespace(name="长三角", level="region"),
        *[EMPTY] * 3,
        city.with_stages(records),
        real.ask("latest_moves", places=["YRD"], as_of=date(2026, 11, 22)),
    )[-1]["note"]
    assert (
        "任务14条（其中所辖丽水4条）" in note
        and "成果4条" in note
        and "同一活动另行报道1条" in note
    )


def test_the_printed_delta_names_its_tasks_goals_and_sources(real):
    """Ten tasks with their lamps, both counts with both goals, and a number for the source of each line."""
    records = city.with_stages(real.ask("place_records", place="YRD", as_of=date(2026, 11, 22)))
    records = city.with_lamps(records, real.ask("task_schedule", as_of=date(2026, 11, 22)))
    nobody = real.ask("similar_cities", place="YRD", count=4)
    lists = place_sheet.lists(
        SimpleNamespace(name="长三角", level="region"),
        nobody,
        real.ask("place_facilities", place="YRD", as_of=date(2026, 11, 22)),
        records,
        real.ask("headline", as_of=date(2026, 11, 22)),
    )
    tasks = [words for words, _code in lists["任务"]]
    assert [("▽ 期限已过，结果待核" in words) for words in tasks[:10]] == [True] * 5 + [False] * 5
    assert all("○ 未定时限" in words for words in tasks[5:10])
    goals = " ".join(words for words, _code in lists["合作与名单"])
    assert all(
        words in goals
        for words in ("13个", "27个", "16个（2021年，目标）", "30个（2021年，目标）", "25,698张")
    )
    codes = place_sheet.sources(lists, real.ask("age_profile", place="YRD"))
    numbered = place_sheet.numbered(lists, codes)
    for name, lines in lists.items():
        for (_words, code), shown in zip(lines, numbered[name], strict=True):
            assert not code or shown.endswith(f"[{codes.index(code) + 1}]")
    table = place_sheet.table(
        city.comparison_words(real.ask("place_standing", place="YRD")),
        {"title": "指标", "value_words": "数值"},
    )
    assert list(table.columns) == ["指标", "数值", "上海", "江苏", "浙江", "安徽"]


def test_an_intent_is_not_counted_as_signed(tiny_store):
    """Qingpu has an intent, a joint activity and nothing signed."""
    records = city.with_stages(
        tiny_store.ask("place_records", place="310118", as_of=date(2030, 1, 1))
    )
    card = city.cards(
        SimpleNamespace(name="青浦区", level="district"),
        *[EMPTY] * 3,
        records,
        tiny_store.ask("latest_moves", places=["310118"], as_of=date(2030, 1, 1)),
    )[-1]
    assert (
        card["value"] == "未载"
        and "意向或拟议1项" in card["note"]
        and "共同活动1项" in card["note"]
    )
    assert "最近公开动态（不计旅游专列与线路）2020年9月30日，近24个月公开资料未载" in card["note"]


def test_the_strip_of_the_overview_follows_the_age(real_data):
    specs = {}
    for age in ("60岁以上", "80岁以上"):
        app = run("overview", overview_age=age)
        specs[age] = app.get("plotly_chart")[-1].proto.spec
        assert f"{age[:2]}岁及以上常住人口占比" in words(app)
    assert specs["60岁以上"] != specs["80岁以上"]


@pytest.mark.slow
def test_corrections_have_an_empty_state_and_a_list(real_data, tiny, monkeypatch):
    newest = (
        pd.read_csv(DATASETS / "corrections.csv", dtype=str)
        .sort_values(["corrected_on", "correction_id"])
        .iloc[::-1]
    )
    shown = next(table.value for table in run("sources").table if "更正前" in table.value)
    before = [words.replace("\\", "") for words in shown["更正前"]]
    assert before == newest["before"].tolist()
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    heading, *_lines = (tiny / "corrections.csv").read_text(encoding="utf-8").splitlines()
    kept = (tiny / "corrections.csv").read_bytes()
    (tiny / "corrections.csv").write_text(heading + "\n", encoding="utf-8")
    store.current.cache_clear()
    assert "还没有更正" in words(run("sources"))
    (tiny / "corrections.csv").write_bytes(kept)
    store.current.cache_clear()
    app = run("sources")
    assert any("测试更正" in table.value.to_string() for table in app.table)


def test_coverage_shows_gaps_as_gaps(real):
    grid = real.ask("coverage_grid", provinces=["320000"])
    assert len(grid) == 14 * grid["topic"].nunique(), "Jiangsu and its 13 cities"
    empty = grid[grid["records"] == 0]
    assert set(empty["span"]) == {"未载"} and (empty["source_ids"].map(len) == 0).all()
    wuxi = grid[(grid["short_name"] == "无锡") & (grid["topic"] == "床位")]
    assert wuxi["span"].tolist() == ["未载"]


def test_one_rule_says_which_cities_have_bed_figures(real):
    """A single home's beds are not the city's (嘉兴), nor are those added in one year (苏州); a rate alone is no count (杭州): title, grid and list of gaps agree."""
    topics = real.ask("coverage_topics").set_index("topic")
    named = set(topics.at["床位", "named"].split("、"))
    gaps = real.ask("bed_gaps")
    counted = {name for names in gaps["with_beds"] for name in names.split("、")} - {"无"}
    assert (
        named == counted == {"上海", "南京", "南通", "常州", "池州", "宣城"}
        and topics.at["床位", "known"] == 6
    )
    assert gaps.set_index("province").at["浙江", "only_ratio"] == "杭州"
    grid = real.ask("coverage_grid", provinces=["330000"])
    cells = grid[grid["topic"] == "床位"].set_index("short_name")["span"]
    assert cells["杭州"].startswith("仅比率") and cells["嘉兴"] == "未载"


def test_competing_claims_name_the_reason(real):
    rows = real.ask(
        "indicator_claims", indicator="pop_60plus", only_competing=True, count=500, start=0
    )
    hidden = rows[~rows["shown"]]
    assert len(hidden) > 5 and hidden["reason"].notna().all()
    for row in hidden.itertuples():
        near = rows[rows["shown"] & (rows["place"] == row.place) & (rows["base"] == row.base)]
        assert ((near["date"] - row.date).abs() <= pd.Timedelta(days=31)).any(), row.observation_id


def test_two_reports_a_day_apart_compete_and_a_page_counts_the_places(real):
    """广德's base: 23 km² on one day, 23.18 on the next. Counted from the file: a claim not shown beside one that is, within a month."""
    rows = real.ask(
        "indicator_claims", indicator="base_planned_area", only_competing=True, count=1, start=0
    )
    indicator = real.ask("indicator_dictionary").set_index("indicator_code", drop=False)
    assert sources_.claims(indicator.loc["base_planned_area"], rows, True) == (
        f"1处有不同来源数据；{indicator.at['base_planned_area', 'title']}，共2条，显示的标{IN_USE}"
    )
    alone = real.ask(
        "indicator_claims", indicator="ltci_home_visits", only_competing=True, count=1, start=0
    )
    assert "另有1条存疑，不显示" in sources_.claims(indicator.loc["ltci_home_visits"], alone, True)
    claims = pd.read_csv(DATASETS / "observations.csv", dtype=str).query(
        "indicator_code == 'share_60plus'"
    )
    claims = claims.assign(
        day=pd.to_datetime(claims["date"]), told=claims["kind"].replace("derived", "actual")
    )
    pairs = claims[claims["shown"] == "false"].merge(
        claims[claims["shown"] == "true"], on=["place_code", "base", "told"]
    )
    pairs = pairs[(pairs["day_x"] - pairs["day_y"]).abs() <= pd.Timedelta(days=31)]
    places, all_of_them = (
        pairs["observation_id_y"].nunique(),
        pd.concat([pairs["observation_id_x"], pairs["observation_id_y"]]).nunique(),
    )
    one = real.ask(
        "indicator_claims", indicator="share_60plus", only_competing=True, count=1, start=0
    )
    assert sources_.claims(indicator.loc["share_60plus"], one, True) == (
        f"{places}处有不同来源数据；{indicator.at['share_60plus', 'title']}，共{all_of_them}条，显示的标{IN_USE}"
    )


def test_a_target_year_is_not_how_new_the_data_are(real_data):
    """W35's newest number is of September 2024, its target of 2026; a correction's day says nothing of the numbers it mends."""
    said = {}
    for code in ("W35", "W32", "W15"):
        rows = tables.with_words(store.ask("source_rows", source=code, count=100, start=0))
        said[code] = blocks.source_line(rows, tables.sources_of(rows), ())
    assert (
        "数据截至 2024年9月15日" in said["W35"]
        and "2030" not in said["W32"]
        and "数据截至 2021年1月起" not in said["W15"]
    )
    rows = tables.with_words(store.ask("corrections_list", count=5))
    assert (
        "数据截至" not in blocks.source_line(rows, tables.sources_of(rows), ())
        and rows["day"].str.match(r"^\d+年\d+月\d+日$").all()
    )
    rows = tables.with_words(store.ask("source_rows", source="W62", count=100, start=0))
    assert "2026年1月28日（推断）" in blocks.source_line(rows, tables.sources_of(rows), ())


# Their source is their own entry, or they are invented to try the finder.
SUPPORT_NOTHING = {"sources", "demo_institutions", "quote_renderings"}


@pytest.mark.slow
def test_what_rests_on_a_source_is_all_there(real):
    """The list of sources and the rows of each source count the same, and no table that names a source is left out."""
    usage = real.ask("sources_usage")
    listed = {
        code: len(real.ask("source_rows", source=code, count=100_000, start=0))
        for code in usage["source_id"]
    }
    assert listed == dict(zip(usage["source_id"], usage["total"], strict=True))
    package = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))
    named = {
        entry["name"]
        for entry in package["resources"]
        if "source_id" in str(entry.get("schema", ""))
    } - SUPPORT_NOTHING
    internal = {entry["name"] for entry in package["resources"] if entry.get("internal")}
    named -= internal
    with real.cursor() as cursor:
        counted = dict(
            cursor.execute(
                "select table_name, count(*) from resting_on_source group by all"
            ).fetchall()
        )
        # Of the age groups a place and year is one record.
        # A party rests on the source of its agreement unless it names one of its own.
        grain = {"age_groups": "distinct (place_code, year)", "agreement_parties": "source_id"}
        for table in sorted(named):
            (rows,) = cursor.execute(
                f"select count({grain.get(table, '*')}) from {table}"
            ).fetchone()
            assert counted.get(table, 0) == rows, table
    assert not internal & counted.keys(), "what is internal is named on no page"


def test_only_sources_that_support_something_are_counted(real):
    usage = real.ask("sources_usage")
    used = int((usage["total"] > 0).sum())
    assert used < len(usage) and sources_.sources(usage).startswith(f"{used}个来源支持")


def test_a_target_is_never_listed_as_if_it_were_so(real):
    """The 16 districts of 2021 are a goal: beside the source and among the claims they say so."""
    rows = real.ask("source_rows", source="S002", count=10_000, start=0)
    assert rows.loc[rows["id"] == "ID012", "words"].tolist() == ["目标：16个"]
    rows = real.ask(
        "indicator_claims", indicator="linked_districts", only_competing=False, count=100, start=0
    )
    targets = rows["kind"].isin(["target", "plan"])
    assert (
        targets.any()
        and rows.loc[targets, "value_words"].str.startswith(("目标：", "计划：")).all()
    )
    rows = real.ask(
        "indicator_claims", indicator="signed_districts", only_competing=False, count=100, start=0
    )
    assert (
        not rows["kind"].isin(["target", "plan"]).any()
        and not rows["value_words"].str.contains("目标|计划").any()
    )


def test_a_card_quotes_only_what_a_source_said(real_data):
    """The census of the delta is our own sum: its arithmetic stands as 算法, never in quotation marks."""
    titles = store.ask("sources_cited", source_ids=["S002", "CEN2020"]).set_index("source_id")[
        "title"
    ]
    spoken = "长三角地区60周岁及以上的老年人口为4676.89万,老龄化率为21.75%"
    assert "“长三角地区60周岁" in blocks._traced(
        {"words": "x", "evidence": spoken, "source_ids": ["S002"]}, titles
    )
    worked = blocks._traced(
        {"words": "x", "evidence": "41个城市的人数之和", "source_ids": ["CEN2020"]}, titles
    )
    assert "算法：41个城市的人数之和" in worked and "“" not in worked


def test_what_a_source_supports_is_called_what_it_is(real):
    """Counted from the files: S002 has no agreement, fields and states of places are not some; 13 tasks are not 49."""
    usage = real.ask("sources_usage").set_index("source_id")["rests"]
    for name, noun in {
        "agreements": "条协议记录", "agreement_fields": "条合作内容", "tasks": "项任务或成果", "task_units": "条责任单位", "institutions": "家机构",
    }.items():  # fmt: skip
        counted = pd.read_csv(DATASETS / f"{name}.csv", dtype=str)["source_id"].value_counts()
        said = (
            usage.str.extract(rf"(?:^|，)([\d,]+){noun}(?:，|$)")[0]
            .dropna()
            .str.replace(",", "")
            .astype(int)
        )
        assert said.to_dict() == counted.to_dict(), name

"""Ratios say both years and are ranked only where both are near; what cannot be a part of its whole says so.

Expected numbers come from the CSV files by pandas or by hand.
"""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from asking import SOME_OR_EVERY, add, among, opened
from conftest import DATASETS, HERE

from eldercare import tables
from eldercare.exhibits import (
    Facts,
    city,
    comparison,
    indicators,
    place_sheet,
)
from eldercare.exhibits import beds as exhibits_of_beds
from eldercare.exhibits import places as slides_of_places
from eldercare.exhibits.beds import words as beds

DAY = date(2026, 11, 22)
DENOMINATORS = {
    "户籍60岁及以上": ("户籍", "pop_60plus"),
    "户籍65岁及以上": ("户籍", "pop_65plus"),
    "常住60岁及以上": ("常住", "pop_60plus"),
    "常住65岁及以上": ("常住", "pop_65plus"),
}
# Every member of the first is a member of the second, whatever it counts; by hand from the definitions.
PARTS = {
    "private_institutions": "institutions",
    "graded_institutions": "institutions",
    "institutions_with_medical": "institutions",
    "institutions_contracted_medical": "institutions",
    "medical_care_integrated": "institutions",
    "beds_institution": "beds_eldercare",
    "beds_public": "beds_eldercare",
    "beds_nursing": "beds_eldercare",
    "beds_dementia": "beds_eldercare",
    "beds_new_public": "beds_new",
    "home_care_model_centres": "home_care_centres",
    "pop_65plus": "pop_60plus",
    "pop_80plus": "pop_65plus",
    "share_65plus": "share_60plus",
    "share_80plus": "share_65plus",
    "pop_60plus": "total_population",
    "urban_population": "resident_population",
    "ltci_beneficiaries": "ltci_applicants",
    "ltci_served": "ltci_served_cumulative",
    "ltci_served_home": "ltci_served_cumulative",
    "ltci_served_institution": "ltci_served_cumulative",
    "signed_places_counties": "signed_places",
    "signed_prefectures": "signed_places",
    "pilot_cities": "participating_cities",
    "pilot_districts": "participating_districts",
    "elder_universities_with_base": "elder_universities",
}


def claims(folder) -> pd.DataFrame:
    """The shown claims of the present as they stand in the file."""
    rows = pd.read_csv(folder / "observations.csv", dtype=str)
    rows = rows[(rows["shown"] == "true") & ~rows["kind"].isin(["target", "plan"])]
    return rows.assign(value=rows["value"].astype(float), year=rows["date"].str[:4].astype(float))


# --- two years ---


@pytest.mark.parametrize("definition", ["beds_institution", "beds_eldercare"])
@pytest.mark.parametrize("denominator", DENOMINATORS)
@pytest.mark.parametrize("folder", [DATASETS, HERE / "tiny"])
def test_a_ratio_says_both_years_and_is_ranked_only_where_both_are_near(
    real, tiny_store, folder, definition, denominator
):
    rows = (real if folder == DATASETS else tiny_store).ask(
        "bed_ratio", indicator=definition, denominator=denominator
    )
    base, people = DENOMINATORS[denominator]
    known = claims(folder)
    ours = rows.dropna(subset=["value"])
    for row in ours.itertuples():
        counted = known[
            (known["place_code"] == row.place_code)
            & (known["indicator_code"] == definition)
            & known["date"].notna()
        ]
        assert row.beds_year == counted["year"].max()
        same = known[
            (known["place_code"] == row.place_code)
            & (known["indicator_code"] == people)
            & (known["base"] == base)
        ]
        # The census of the delta is the sum of its cities: it has no row of its own.
        assert row.elders_year in {
            *same["year"],
            *([2010, 2020] if row.place_code == "YRD" and base == "常住" else []),
        }
        years = (
            f"{row.beds_year}年"
            if row.beds_year == row.elders_year
            else f"{row.beds_year}年床位÷{row.elders_year}年老人"
        )
        # No source printed the year that someone inferred: the words say so.
        (inferred,) = set(counted.loc[counted["date"] == counted["date"].max(), "date_inferred"])
        years += "，床位年份为推断" if inferred == "true" else ""
        assert row.label == f"{row.short_name}（{years}）"
        assert f"{row.beds_year}年" in row.hover and f"{row.elders_year}年" in row.hover
        assert abs(row.beds_year - row.elders_year) <= 3 or pd.isna(row.rank)
    for _level, part in ours.groupby("level"):
        near = part[(part["beds_year"] - part["elders_year"]).abs() <= 3]
        ranked = len(near) > 1 and near["beds_year"].max() - near["beds_year"].min() <= 3
        expected = (
            near["value"].rank(ascending=False).astype(int) if ranked else pd.Series(dtype=int)
        )
        assert part["rank"].dropna().astype(int).to_dict() == expected.to_dict()
        assert set(part["ranked"].dropna()) <= {len(near)}


def test_shanghai_is_not_ranked_by_beds_of_2024_over_people_of_2020(real):
    """By hand: 170,000 ÷ 5,815,462; 317,000 ÷ 13.489 million; 380,300 ÷ 20.89 million, the year of these beds inferred."""
    rows = real.ask(
        "bed_ratio", indicator="beds_institution", denominator="常住60岁及以上"
    ).set_index("short_name")
    assert pd.isna(rows.at["上海", "rank"])
    assert (rows.at["安徽", "rank"], rows.at["江苏", "rank"], rows.at["安徽", "ranked"]) == (
        1,
        2,
        2,
    )
    sentence = beds.ratio(rows.reset_index(), "机构养老床位", "常住60岁及以上")
    assert sentence == (
        "每千名老人的机构养老床位；按常住60岁及以上：上海29.2张（2024年床位÷2020年老人），安徽23.5张（2025年床位÷2024年老人），"
        "江苏18.2张（2025年床位÷2023年老人，床位年份为推断）；"
        "长三角36.0张（2020年）与各省数不能对应，口径可能更宽，不比较"
    )


def test_other_denominators_name_both_years(real):
    rows = real.ask("bed_ranks", indicator="beds_institution").set_index("short_name")
    assert rows.at["上海", "resident60"] == "29.2张（2024年÷2020年）"
    assert rows.at["上海", "registered60"] == "29.4张（2024年，第1/2）"
    assert rows.at["江苏", "resident60"] == "18.2张（2025年÷2023年，床位年份为推断，第2/2）"


# --- the delta beside its provinces ---


def test_a_delta_that_its_provinces_do_not_add_up_to_stands_apart(real, real_data):
    known = claims(DATASETS)
    newest = (
        known[known["indicator_code"] == "beds_institution"]
        .sort_values("date")
        .drop_duplicates("place_code", keep="last")
    )
    counted = newest.set_index("place_code")["value"]
    assert counted[["310000", "320000", "340000"]].sum() == 867_300 and counted["YRD"] == 1_721_800
    note = "与各省数不能对应，口径可能更宽，不比较"
    rows = real.ask("bed_ratio", indicator="beds_institution", denominator="常住60岁及以上")
    assert rows.loc[rows["note"] == note, "short_name"].tolist() == ["长三角"]
    made = exhibits_of_beds.ratio(Facts(DAY))
    assert note in made.spoken and not any("长三角" in name for name in made.shape.categories)
    assert made.twin["说明"].tolist().count(note) == 1
    # Of all eldercare beds the delta's 35.0 lies between Jiangsu's and Shanghai's: nothing to say.
    assert (
        real.ask("bed_ratio", indicator="beds_eldercare", denominator="常住60岁及以上")["note"]
        .isna()
        .all()
    )


# --- parts and wholes ---


def above(folder) -> pd.DataFrame:
    """Pairs of newest values where the part is larger than its whole, by place and base, from the file."""
    known = claims(folder).dropna(subset=["value"])
    # Ties of a day go to the claim on the newer boundaries.
    known = known.sort_values(["date", "boundary_year"], na_position="first")
    newest = known.drop_duplicates(["place_code", "base", "indicator_code"], keep="last")
    pairs = [
        newest[newest["indicator_code"] == part].merge(
            newest[newest["indicator_code"] == whole],
            on=["place_code", "base"],
            suffixes=("", "_whole"),
        )
        for part, whole in PARTS.items()
    ]
    found = pd.concat(pairs)
    return found[found["value"] > found["value_whole"]]


def test_a_part_larger_than_its_whole_is_explained_wherever_both_stand(real):
    found = above(DATASETS)
    assert {
        ("320100", "private_institutions"),
        ("YRD", "beds_institution"),
        ("310000", "beds_new_public"),
        ("310000", "ltci_served"),
    } <= set(zip(found["place_code"], found["indicator_code"], strict=True))
    for row in found.itertuples():
        ledger = real.ask("indicator_ledger", place=row.place_code, as_of=DAY)
        for code in (row.indicator_code, row.indicator_code_whole):
            notes = ledger.loc[
                (ledger["indicator_code"] == code) & (ledger["base"] == row.base), "beside"
            ]
            assert notes.str.contains("年份或范围不同").all() and len(notes), (row.place_code, code)
            known = real.ask("place_facilities", place=row.place_code, as_of=date(2026, 11, 22))
            if len(
                known := known[
                    (known["indicator_code"] == code) & ~known["kind"].isin(["target", "plan"])
                ]
            ):
                assert known["beside"].str.contains("年份或范围不同").all(), (row.place_code, code)


@SOME_OR_EVERY
def test_nothing_else_is_explained(real, tiny_store, every):
    """A note says that two numbers do not fit: it stands with no others."""
    for folder, of in ((DATASETS, real), (HERE / "tiny", tiny_store)):
        found = above(folder)
        expected = {
            (row.place_code, code)
            for row in found.itertuples()
            for code in (row.indicator_code, row.indicator_code_whole)
        }
        told = set()
        listed = set(among(of.ask("ledger_places")["place_code"], every or of is tiny_store))
        for code in listed:
            rows = of.ask("indicator_ledger", place=code, as_of=DAY)
            rows = rows[rows["beside"].fillna("").str.contains("年份或范围不同")]
            told |= {(code, indicator) for indicator in rows["indicator_code"]}
        assert told == {pair for pair in expected if pair[0] in listed}, folder


def test_the_miniature_explains_a_part_that_is_too_large(tiny, tmp_path):
    """Jiaxing's six homes of 2020, of which seven private ones of 2018."""
    add(
        tiny,
        "indicators",
        "private_institutions,民办养老机构,机构,家,测试定义。,测试口径。,none,none,count,0,",
    )
    add(
        tiny,
        "observations",
        "PRIVATE,,330400,private_institutions,2018-12-31,year_end,false,,7,,,actual,,不适用,,1,,,S2,测试民办,,,,official,false,true,,",
    )
    of = opened(tiny, tmp_path)
    told = (
        of.ask("place_facilities", place="330400", as_of=date(2026, 11, 22))
        .set_index("indicator_code")["beside"]
        .dropna()
        .to_dict()
    )
    assert told == {
        "institutions": "与民办养老机构7家（2018年底）年份或范围不同，只并列",
        "private_institutions": "与养老机构6家（2020年底）年份或范围不同，只并列",
    }


def test_a_narrower_count_shows_its_break_on_every_face(real, real_data):
    """225家 of 2017 are 主要机构; 227 民办 of 2016 were counted among 296."""
    rows = real.ask("place_facilities", place="320100", as_of=date(2026, 11, 22))
    homes = rows[rows["indicator_code"] == "institutions"].set_index("kind")
    note = homes.at["actual", "beside"]
    # The 522 of a plan for 2035 are another count: what is said of the 225 is not said of them.
    assert homes.at["plan", "value"] == 522 and pd.isna(homes.at["plan", "beside"])
    assert (
        note
        == "2017年只计提供服务的主要机构，与2016年口径不同；与民办养老机构227家（2016年底）年份或范围不同，只并列"
    )
    slide = slides_of_places.facilities(Facts(DAY), "320100")
    assert any(line[0] == "养老机构" and note in line for line in slide.shape.lines)
    assert slide.twin["说明"].tolist().count(note) == 1
    lists = place_sheet.lists(
        SimpleNamespace(name="南京市"),
        real.ask("similar_cities", place="YRD", count=1),
        rows,
        NOTHING,
        HEADLESS,
    )
    assert any(
        "养老机构 225家" in words and "主要机构" in words
        for words, _code in lists["床位、机构与设施"]
    )
    ledger = indicators.with_words(real.ask("indicator_ledger", place="320100", as_of=DAY))
    assert (
        note in ledger["beside"].tolist()
        and "beside" in indicators.LEDGER
        and "beside" in indicators.LEDGER_FILE
    )


NOTHING = pd.DataFrame({"part": []})
HEADLESS = pd.DataFrame()


def test_a_card_of_beds_says_when_a_part_is_larger(real):
    rows = real.ask("place_facilities", place="YRD", as_of=date(2026, 11, 22))
    card = city.cards(
        SimpleNamespace(name="长三角", level="region"),
        *[EMPTY] * 2,
        rows,
        real.ask("place_records", place="YRD", as_of=DAY),
        real.ask("latest_moves", places=["YRD"], as_of=DAY),
    )[3]
    assert (card["value"], card["unit"]) == ("167.65", "万张")
    assert "与机构养老床位1,721,800张（2020年底）年份或范围不同，只并列" in card["note"]


EMPTY = pd.DataFrame(
    {"age": [], "year": [], "measure": [], "kind": [], "value": [], "indicator_title": []}
)


# --- qualifiers: 约、近、以上、超过、多 on every face ---


def written(row: pd.Series) -> str:
    """A qualified count with every digit, the word where people put it; 多 and 余 of 100,000 and more in 万, as they were said."""
    value, word, unit = (
        f"{row['value']:,.4f}".rstrip("0").rstrip("."),
        row["qualifier"],
        row["unit"],
    )
    if word in ("多", "余"):
        if row["value"] < 100_000:
            return f"{value}{word}{unit}"
        # 100多万人次, but 12.5万多人.
        wan = f"{row['value'] / 10_000:,.4f}".rstrip("0").rstrip(".")
        return f"{wan}万{word}{unit}" if "." in wan else f"{wan}{word}万{unit}"
    return f"{value}{unit}{word}" if word in ("以上", "及以上", "左右") else f"{word}{value}{unit}"


def qualified(folder) -> pd.DataFrame:
    """Every shown claim with a qualifier, targets too."""
    rows = pd.read_csv(folder / "observations.csv", dtype=str)
    known = pd.read_csv(folder / "indicators.csv", dtype=str).set_index("indicator_code")
    rows = rows[(rows["shown"] == "true") & rows["qualifier"].notna() & rows["value"].notna()]
    rows = rows.assign(value=rows["value"].astype(float)).join(
        known[["title", "topic", "unit"]], on="indicator_code"
    )
    return rows.assign(words=[written(row) for _i, row in rows.iterrows()])


@pytest.mark.parametrize("folder,least", [(DATASETS, 20), (HERE / "tiny", 3)])
def test_a_qualifier_stands_in_the_ledger(real, tiny_store, folder, least):
    of, seen = real if folder == DATASETS else tiny_store, 0
    listed = set(of.ask("ledger_places")["place_code"])
    for row in qualified(folder).itertuples():
        if row.place_code not in listed:
            continue
        ledger = indicators.with_words(of.ask("indicator_ledger", place=row.place_code, as_of=DAY))
        lines = ledger[
            (ledger["indicator_code"] == row.indicator_code) & (ledger["base"] == row.base)
        ]
        for line in lines.itertuples():
            if line.value == row.value and line.qualifier == row.qualifier:
                assert row.words in line.value_words, row.observation_id
                seen += 1
            if line.target == row.value and row.kind in ("target", "plan"):
                assert row.words in line.target_words, row.observation_id
                seen += 1
    assert seen >= least


@SOME_OR_EVERY
def test_a_qualifier_stands_in_tables_of_pages_and_slides(real, real_data, every):
    """Beds, homes and facilities; series of beds, of shares and of the ledger; the claims of an indicator and of a source."""
    facts, rows = Facts(DAY), qualified(DATASETS)
    profiles, seen = set(facts.ask("profile_places")["place_code"]), 0
    for row in among(rows, every).itertuples():
        by_claim = real.ask(
            "indicator_claims",
            indicator=row.indicator_code,
            only_competing=False,
            count=500,
            start=0,
        )
        (words,) = by_claim.loc[by_claim["observation_id"] == row.observation_id, "value_words"]
        assert row.words in words, row.observation_id
        resting = real.ask("source_rows", source=row.source_id, count=5000, start=0)
        (words,) = resting.loc[resting["id"] == row.observation_id, "words"]
        assert row.words in words, row.observation_id
        known = real.ask("place_facilities", place=row.place_code, as_of=date(2026, 11, 22))
        if row.observation_id in set(known["observation_id"]):
            table = tables.with_words(known).set_index("observation_id")
            assert table.at[row.observation_id, "amount"] == row.words
            seen += 1
            if row.place_code in profiles:
                twin = slides_of_places.facilities(facts, row.place_code).twin
                assert row.words in twin["数值"].tolist()
        records = real.ask("place_records", place=row.place_code, as_of=DAY)
        if row.observation_id in set(records["id"]):
            assert row.words in records.set_index("id").at[row.observation_id, "state"]
            seen += 1
        for question, asked in (
            ("bed_series", {"indicators": [row.indicator_code]}),
            ("population_series", {"indicator": row.indicator_code, "as_of": DAY}),
        ):
            series = tables.with_words(real.ask(question, places=[row.place_code], **asked))
            if row.observation_id in set(series["observation_id"]):
                assert (
                    series.set_index("observation_id").at[row.observation_id, "amount"] == row.words
                )
                seen += 1
    assert seen > (25 if every else 1)


def test_what_is_reckoned_from_a_qualified_count_is_about(tiny_store):
    """近900 less a number is no exact difference, nor is a growth that begins or ends with one."""
    row = {
        "indicator_title": "床位",
        "unit": "张",
        "date_precision": "year_end",
        "date_label": None,
        "date_inferred": False,
        "percent": 50.0,
    }
    row |= {
        "value": 900,
        "qualifier": "近",
        "date": date(2020, 12, 31),
        "change": 300.0,
        "earlier_qualifier": None,
    }
    row |= {
        "earlier_date": date(2019, 12, 31),
        "earlier_value": 600,
        "source_ids": ["S1"],
        "earlier_precision": "year_end",
        "earlier_label": None,
        "earlier_inferred": False,
    }
    assert beds.step(pd.Series(row)) == "床位2020年底近900张，比2019年底约多300张（约+50.0%）"
    ledger = tiny_store.ask("indicator_ledger", place="310000", as_of=DAY)
    line = ledger[ledger["indicator_code"] == "beds_eldercare"]
    assert indicators.with_words(line)["gap_words"].tolist() == ["差30张（现值2020年底）"]
    assert indicators.with_words(line.assign(qualifier="近"))["gap_words"].tolist() == [
        "约差30张（现值2020年底）"
    ]
    sites = ledger[ledger["indicator_code"] == "community_facilities"]
    assert indicators.with_words(sites.assign(first_qualifier="约"))["trend_words"].tolist() == [
        "共3个数，最早2018年底约10个，约多5个"
    ]


# --- what a title or a card counts and what it calls it ---


def test_a_card_is_named_after_what_it_counts(real):
    """Anhui publishes 机构养老床位: they are not called 养老床位."""
    for code, label in (("340000", "机构养老床位"), ("320000", "养老床位"), ("310101", "养老床位")):
        place = next(real.ask("profile_places").query("place_code == @code").itertuples())
        card = city.cards(
            place,
            *[EMPTY] * 2,
            real.ask("place_facilities", place=code, as_of=date(2026, 11, 22)),
            real.ask("place_records", place=code, as_of=DAY),
            real.ask("latest_moves", places=[code], as_of=DAY),
        )[3]
        assert card["label"] == label


def test_figures_are_counted_by_their_kind_and_targets_apart(real, real_data):
    """Hangzhou's two figures are ratios of beds; two of Shanghai's are targets."""
    rows = pd.read_csv(DATASETS / "observations.csv", dtype=str)
    topics = pd.read_csv(DATASETS / "indicators.csv", dtype=str).set_index("indicator_code")[
        "topic"
    ]
    rows = rows[
        (rows["shown"] == "true")
        & rows["indicator_code"].map(topics).isin(["床位", "机构", "设施"])
    ]
    place = next(real.ask("profile_places").query("place_code == '330100'").itertuples())
    words = city.facilities(
        place, real.ask("place_facilities", place="330100", as_of=date(2026, 11, 22))
    )
    assert rows[rows["place_code"] == "330100"]["indicator_code"].map(topics).unique().tolist() == [
        "床位"
    ]
    assert (
        words
        == "杭州：床位总数公开资料未载；有公开数的：床位指标2项，都是比率或单项；床位总数公开资料未载，可商请杭州市民政部门提供"
    )
    shanghai = rows[rows["place_code"] == "310000"]
    goal = shanghai["kind"].isin(["target", "plan"])
    own, goals = (
        shanghai[~goal]["indicator_code"].nunique(),
        shanghai[goal]["indicator_code"].nunique(),
    )
    place = next(real.ask("profile_places").query("place_code == '310000'").itertuples())
    told = city.facilities(
        place, real.ask("place_facilities", place="310000", as_of=date(2026, 11, 22))
    )
    assert told.endswith(f"有公开数的床位、机构与设施指标共{own}项（另有目标{goals}项）")
    assert (
        f"床位、机构与设施指标共{own}项（另有目标{goals}项）"
        in slides_of_places.facilities(Facts(DAY), "310000").spoken
    )


def test_a_trend_names_the_series_it_is_of(real):
    rows = real.ask(
        "population_series", indicator="share_60plus", places=["320000"], as_of=date(2026, 11, 22)
    )
    assert city.history(SimpleNamespace(short_name="江苏"), rows, comparison.trend(rows)).endswith(
        "户籍5个可比的数字逐次上升"
    )
    rows = real.ask(
        "bed_series",
        indicators=["beds_eldercare", "beds_institution", "beds_nursing"],
        places=["310000"],
    )
    assert comparison.trend(rows) == "机构养老床位6个可比的数字逐次上升"
    rows = real.ask(
        "population_series", indicator="share_60plus", places=["YRD"], as_of=date(2026, 11, 22)
    )
    assert "口径未注明21.75%（2019年底）" in city.history(
        SimpleNamespace(short_name="长三角"), rows, comparison.trend(rows)
    )


def test_the_ledger_marks_a_part_above_its_whole_and_what_is_no_present_value(real):
    """225家 stands right above 民办 227家: both lines say beside what they may not be compared with, seen without pointing."""

    def shown(place: str) -> pd.DataFrame:
        return indicators.with_words(real.ask("indicator_ledger", place=place, as_of=DAY))

    rows = shown("320100").set_index("value_words")
    assert "与民办养老机构227家（2016年底）" in str(rows.at["225家", "beside"])
    assert "225家" in str(rows.at["227家", "beside"]) and "73家" in rows.index
    rows = shown("310000")
    told = set(rows["indicator_title"] + " " + rows["value_words"])
    for value, kind in (("60周岁", "政策"), ("近20%", "案例")):
        of_it = [words for words in told if words.endswith(value)]
        assert of_it and all(kind in words for words in of_it)


def test_what_was_reckoned_says_so_where_it_leads_a_title(real):
    """Anhui's share of 2023 is 100 % less two others, Jiangsu's people of 2018 those of 2019 less the increase: neither is printed.

    Until the share of 2024 was counted that of 2023 led the title; since then the printed one does.
    """
    known = pd.read_csv(DATASETS / "observations.csv", dtype=str, keep_default_na=False).set_index(
        "observation_id"
    )
    assert (known.at["AS260", "kind"], known.at["RF060", "kind"]) == ("derived", "actual")
    said = {}
    for day in (date(2024, 12, 30), DAY):
        rows = real.ask("population_series", indicator="share_60plus", places=["340000"], as_of=day)
        said[day] = city.history(SimpleNamespace(short_name="安徽"), rows, "")
    assert "常住20.99%（2023年底，推算）" in said[date(2024, 12, 30)]
    assert "常住22.03%（2024年底）" in said[DAY] and "推算" not in said[DAY]
    people = known[
        (known["place_code"] == "320000")
        & (known["indicator_code"] == "pop_60plus")
        & (known["base"] == "户籍")
    ]
    assert people.loc[people["date"].str.startswith("2018"), "kind"].tolist() == ["derived"]
    rows = real.ask("bed_ratio", indicator="beds_eldercare", denominator="户籍60岁及以上")
    ratios = rows.set_index("short_name")
    assert ratios.at["江苏", "elder_words"].endswith("（推算）") and not ratios.at[
        "上海", "elder_words"
    ].endswith("（推算）")
    assert "江苏35.3张（2018年，老人数为推算）" in beds.ratio(rows, "养老床位", "户籍60岁及以上")


def test_two_numbers_far_apart_do_not_go_from_one_to_the_other(real):
    """江苏 2009 and 2023, 安徽 2010 and 2024: nothing between, and no source says that the same was counted."""
    for code, name, first, last in (
        ("320000", "江苏", "20万张（2009年，推断）", "40.8万张"),
        ("340000", "安徽", "16万张", "32.1万张"),
    ):
        rows = real.ask("bed_series", indicators=["beds_institution"], places=[code])
        words = beds.bed_trend(rows, name)
        assert (
            f"{first}" in words
            and last in words
            and "到" not in words
            and "口径是否相同未说明" in words
        )


AIMS = ("target", "plan", "unclear")


@pytest.mark.parametrize("code", ["310000", "340800", "340000", "320500", "YRD"])
def test_what_is_aimed_at_is_not_told_as_known(real, code):
    """新增认知障碍照护床位2,000张（2026年） is a plan (RF089), 安庆's 20 centres of 2025 are a target (RF027)."""
    facilities = real.ask("place_facilities", place=code, as_of=DAY)
    place = SimpleNamespace(
        name="某地", short_name="某地", level="region" if code == "YRD" else "city"
    )
    words = beds.no_series(place, facilities)
    known, _aims, ahead = words.partition("目标与计划（不是现值）：")
    told = facilities[~facilities["kind"].isin(AIMS)]
    for part in known.removeprefix("已载：").partition("。")[0].split("；"):
        assert "已载" not in known or any(
            part.startswith(row.indicator_title + beds.amount(row._asdict()))
            for row in told.itertuples()
        ), part
    assert "2026年" not in known and "2035年" not in known
    assert ("目标与计划（不是现值）：" in words) == facilities["kind"].isin(AIMS).any()
    if code == "340800":
        assert known.startswith("其他床位、机构与设施数字也未载。")
        assert ahead.startswith("区域性养老服务中心20个（2025年底）。")
    # The delta has no department of its own.
    assert ("可商请沪苏浙皖四省市民政部门提供" in words) == (code == "YRD")


def test_a_name_that_says_per_how_many_needs_no_unit_that_says_it_again(real):
    place = SimpleNamespace(name="杭州市", level="city")
    words = beds.no_series(place, real.ask("place_facilities", place="330100", as_of=DAY))
    assert "每千名老人养老床位32.5张（2012年底，推断）" in words
    assert "每百名老人养老床位1.69张（截至2009年7月16日）" in words


def test_what_may_be_aimed_at_does_not_date_the_data(real):
    """RF057 says 2026 and not whether that many stand: 安徽's figures end on 28 September 2025 (RF055, RF056)."""
    rows = real.ask("place_facilities", place="340000", as_of=DAY)
    assert rows["kind"].eq("unclear").any()
    latest = tables.newest(rows)
    assert str(latest["date"])[:10] == "2025-09-28"

"""Sentences of the section 协作 against the rows: absence, silence, counts, the words of the sources. Expected values come from the files."""

import re
from datetime import date

import pandas as pd
import pytest
from asking import AS_OF, PLATFORMS, SOME_OR_EVERY, add, among, opened, rows

from eldercare import measures, tables
from eldercare.data import catalogue
from eldercare.exhibits import Facts, city, headline, sojourn
from eldercare.exhibits import timeline as history
from eldercare.exhibits.pairing import dossier
from eldercare.exhibits.pairing import words as findings
from eldercare.exhibits.timeline import words as timeline
from eldercare.faces import screen
from eldercare.talks import decks, making

EVERYWHERE = {"cities": [], "platforms": PLATFORMS, "everywhere": True, "as_of": AS_OF}
CUT = AS_OF.replace(year=AS_OF.year - 2)


@pytest.fixture(scope="module")
def files():
    """Every table; tourist trains are no cooperation and stand apart (test_recent_facts)."""
    found = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in catalogue.DATASETS.glob("*.csv")
    }
    kinds = found["event_kinds"].set_index("category")["cooperation"]
    found["events"] = found["events"][found["events"]["category"].map(kinds) == "true"]
    found["event_places"] = found["event_places"][
        found["event_places"]["event_id"].isin(found["events"]["event_id"])
    ]
    return found


def inside(files, codes) -> set[str]:
    """The places and all places inside them."""
    parents = dict(zip(files["places"]["place_code"], files["places"]["parent_code"], strict=True))
    found = set()
    for code in parents:
        up = code
        while up:
            if up in codes:
                found.add(code)
            up = parents.get(up, "")
    return found


def dated(files) -> list[tuple[str, str, set[str]]]:
    """Every dated public record with the places it names: (date, id, places)."""
    agreements, events = (
        files["agreements"].set_index("agreement_id"),
        files["events"].set_index("event_id"),
    )
    parties = files["agreement_parties"].groupby("agreement_id")["place_code"].agg(set)
    places = files["event_places"].groupby("event_id")["place_code"].agg(set)
    found = [
        (a["date"], code, parties[code])
        for code, a in agreements.iterrows()
        if a["status"] != "planned"
    ]
    found += [
        (e["date"], code, places.get(code, set()))
        for code, e in events.iterrows()
        if e["planned"] == "false"
    ]
    found += [(events.at[r.event_id, "date"], r.event_id, parties[r.agreement_id]) for r in files["agreement_events"].itertuples()
              if events.at[r.event_id, "planned"] == "false"]  # fmt: skip
    lists = files["institution_lists"].set_index("list_id")["date"]
    found += [
        (lists[r.list_id], r.list_id, {r.place_code})
        for r in files["institution_list_places"].itertuples()
    ]
    found += [
        (d.date, d.document_id, {d.place_code})
        for d in files["documents"].itertuples()
        if d.status != "planned"
    ]
    found += [
        (p.date, p.policy_id, {p.insured_code, p.care_code})
        for p in files["portability_policies"].itertuples()
    ]
    found += [(b.date, b.base_id, {b.place_code}) for b in files["bases"].itertuples()]
    return [(day, code, named - {""}) for day, code, named in found if day]


# --- absence is said over what was searched ---


def test_cities_without_ties_to_shanghai_are_not_called_without_records(real, files):
    """Ten cities have ties with Shanghai's districts; of the other thirty six are parties of other agreements."""
    places = real.ask("place_stages", as_of=AS_OF)
    assert findings.status(places).startswith("公开来源点名与上海各区有养老往来的10个城市；")
    assert findings.status(places).endswith("；其余30个未被点名，其中6个见于其他协议")
    # One place under two signs: 对方未写 by the report, 结对 in the matrix.
    assert "对方未写5（其中芜湖另有结对）" in findings.status(places)
    silent = places[(places["level"] == "city") & (places["stage"] == "none")]
    parties = files["agreement_parties"]
    own = set(parties[parties["place_code"].isin(silent["place_code"])]["place_code"])
    named = dict(zip(silent["place_code"], silent["short_name"], strict=True))
    assert {named[code] for code in own} == {"南京", "徐州", "盐城", "丽水", "马鞍山", "淮北"}
    told = dict(words.split("：") for words in findings.beside_silence(places))
    assert (
        told["见于其他协议的"] == "南京、徐州、盐城、丽水、马鞍山、淮北"
        and told["所辖区县见于协议或结对的"] == "宁波"
    )
    events = files["event_places"].merge(
        files["events"][files["events"]["planned"] == "false"], on="event_id"
    )
    rest = silent[~silent["short_name"].isin([*told["见于其他协议的"].split("、"), "宁波"])]
    met = [
        place.short_name
        for place in rest.itertuples()
        if events["place_code"].isin(inside(files, {place.place_code})).any()
    ]
    assert told["只见于协作动态的"].split("、") == met and {"安庆", "扬州", "温州"} <= set(met)


def test_no_silent_city_stands_in_a_table_beside_a_district(real, files):
    """Every city, and what lies inside it, against every table that names it together with a district of Shanghai."""
    places = real.ask("place_stages", as_of=AS_OF)
    districts = inside(files, set(places[places["level"] == "district"]["place_code"]))
    specific = files["agreements"].set_index("agreement_id")["eldercare_specific"]
    summing = files["agreements"].set_index("agreement_id")["summarises"]
    together = [
        (code, named)
        for _day, code, named in dated(files)
        if named & districts
        and not (code in specific.index and (specific[code] == "false" or summing[code]))
    ]
    status = files["cooperation_status"]
    for place in places[(places["level"] == "city") & (places["stage"] == "none")].itertuples():
        own = inside(files, {place.place_code})
        assert not [code for code, named in together if named & own], place.short_name
        assert not status[status["place_code"].isin(own)]["partners"].str.contains("上海").any(), (
            place.short_name
        )


def test_what_else_is_known_of_a_silent_place_is_said_where_it_is_pointed_at(real):
    hover = real.ask("place_stages", as_of=AS_OF).set_index("short_name")["hover"]
    assert (
        "公开来源未点名其与上海各区的养老往来" in hover["马鞍山"]
        and "（南京市、马鞍山市，已签约）" in hover["马鞍山"]
    )
    assert (
        "公开来源未点名其与三省市县的养老往来" in hover["宝山"]
        and "广德市、上海市宝山区教育局，已签约，不专为养老" in hover["宝山"]
    )
    assert "云南红河州" in hover["徐汇"]
    for words in hover:
        assert "未见公开记录" not in words and "未见公开动态" not in words


def test_districts_without_a_named_signing_keep_what_else_they_signed(real, files):
    """宝山 signed on 2024-09-19 (education), 徐汇 is in PR047."""
    places = real.ask("place_stages", as_of=AS_OF)
    districts = places[(places["level"] == "district") & ~places["signed_by_name"]]
    parties = files["agreement_parties"]
    others = set(parties[parties["place_code"].isin(districts["place_code"])]["place_code"])
    assert others == {"310113", "310104"}
    assert set(districts[districts["own_agreements"] > 0]["place_code"]) == others
    assert "（徐汇、宝山见于其他协议或计划）" in findings.districts_without(places)


@pytest.mark.parametrize(
    "deck", ["region", "city:320100", "city:340800", "province:320000", "pair:310113|320100"]
)
def test_no_slide_calls_a_place_without_records(deck):
    from eldercare import store

    store.current.cache_clear()
    _deck, talk = making.ready(decks.parse(deck))
    told = "\n".join(
        words
        for exhibit in talk.exhibits
        for words in [
            exhibit.spoken,
            *exhibit.caveats,
            *(
                w
                for pair in getattr(exhibit.shape, "entries", ())
                for w in map(str, pair if isinstance(pair, tuple) else pair.values())
            ),
        ]
    )
    for word in ("未见公开", "久未见", "对方未知", "还没有公开记录"):
        assert word not in told, (deck, word)


# --- quiet ---


def test_no_place_called_quiet_has_a_record_within_24_months(real, files):
    """Over every table with places and dates, places inside the place included."""
    places = real.ask("place_stages", as_of=AS_OF)
    recent = [
        (day, code, named) for day, code, named in dated(files) if str(CUT) <= day <= str(AS_OF)
    ]
    quiet = places[places["quiet"] == True]  # noqa: E712
    assert len(quiet)
    for place in quiet.itertuples():
        own = inside(files, {place.place_code})
        assert not [(day, code) for day, code, named in recent if named & own], place.short_name


def test_xuancheng_and_lishui_are_not_quiet(real):
    """宣城市 took part on 2024-12-04, and a report of 2025 names 广德's base; 丽水 has 2025-06-21; 衢州's two bases are of 2024, the day unknown: nothing is said."""
    known = real.ask("place_stages", as_of=AS_OF).set_index("short_name")
    assert (known.at["宣城", "quiet"], known.at["宣城", "latest_words"]) == (False, "2025年")
    assert (known.at["丽水", "quiet"], known.at["丽水", "latest_words"]) == (False, "2025年6月21日")
    assert pd.isna(known.at["衢州", "quiet"]) and "近24个月" not in known.at["衢州", "hover"]
    assert "近24个月公开资料未载" in known.at["池州", "hover"]


def test_every_question_tells_the_same_of_one_agreement(real):
    """The list of the quiet, the dossier, the table of other agreements and the questions rest on one rule."""
    listed = real.ask("agreements_quiet", **EVERYWHERE).set_index("agreement_id")["quiet"]
    others = real.ask("other_pairs", **EVERYWHERE).set_index("agreement_id")
    told = real.ask("open_questions", agreements=listed.index.tolist(), as_of=AS_OF)
    asked = set(told[told["question"] == measures.QUIET.word]["agreement_id"])
    assert asked == set(listed[listed == True].index)  # noqa: E712
    for code in others.index.intersection(listed.index):
        assert (others.at[code, "quiet_words"] == measures.QUIET.word) == (code in asked), code
    for pair in (["310117", "330400"], ["310107", "340200"]):
        records = real.ask("agreements_of_places", places=pair, together=True, as_of=AS_OF)
        for record in records.itertuples():
            if record.agreement_id in listed.index:
                assert (record.quiet is True) == (record.agreement_id in asked)


def test_a_pair_is_quiet_only_when_nothing_names_both(tiny, tmp_path):
    """An event with both as parties is a move of the pair, whoever signed what; a list of all who signed is none."""
    add(
        tiny, "events", "E60,,2021-12-01,day,false,,meeting,测试两地互访,,,,false,S1,测试,official,"
    )
    add(tiny, "event_places", "E60,310117,party", "E60,330400,party")
    store = opened(tiny, tmp_path)
    found = store.ask(
        "pair_cells",
        cities=store.ask("cities")["place_code"].tolist(),
        platforms=PLATFORMS,
        as_of=date(2023, 6, 1),
    )
    assert rows(found[found["agreement_id"] == "A2"], "partner_name", "quiet") == [
        ("嘉兴", False),
        ("宣城", True),
    ]


def test_there_is_one_word_for_quiet(real):
    words = measures.QUIET.word
    assert words == "近24个月公开资料未载"
    for question in ("agreements_quiet", "other_pairs", "sojourn_agreements", "sojourn_ties"):
        found = set(real.ask(question, **EVERYWHERE)["quiet_words"])
        assert words in found, question
        assert found <= {
            words,
            "近24个月有公开动态",
            "只知大致日期，不能判断",
            "未注明日期",
            "未注明日期，不能判断",
        }, question


# --- the words of the sources ---


def test_putuo_and_wuhu_are_paired_and_both_stay_signed_by_the_report(real, files):
    """The pair's word is 结对共建; W12 names both as signed without saying with whom."""
    assert files["agreements"].set_index("agreement_id").at["PR013", "status"] == "paired"
    cells = real.ask(
        "pair_cells",
        cities=real.ask("cities")["place_code"].tolist(),
        platforms=PLATFORMS,
        as_of=AS_OF,
    )
    own = cells[(cells["district_name"] == "普陀")]
    assert rows(own, "partner_name", "stage_title", "counts_as_signed") == [
        ("芜湖", "已结对", False)
    ]
    places = real.ask("place_stages", as_of=AS_OF).set_index("place_code")
    for code in ("310107", "340200"):
        assert places.at[code, "stage_title"] == "已签约·对方未写"
    assert "已结对：芜湖" in places.at["310107", "hover"]


def test_named_are_counted_by_name(real, files):
    """W12's twelve, and the parties of agreements between a district and a place: 7 districts, 8 places, one of them a county-level city."""
    levels = files["places"].set_index("place_code")["level"]
    agreements = files["agreements"]
    signed = agreements[
        (agreements["level"].isin(["participant", "district-city"]))
        & agreements["status"].str.startswith("signed")
    ]
    parties = files["agreement_parties"]
    named = set(parties[parties["agreement_id"].isin(signed["agreement_id"])]["place_code"])
    districts = {code for code in named if levels[code] == "district"}
    assert (len(districts), len(named - districts)) == (7, 8)
    assert {code for code in named - districts if levels[code] == "county"} == {"320582"}
    pairs = agreements[
        (agreements["level"] == "district-city") & (agreements["status"] == "signed")
    ]
    with_partner = set(parties[parties["agreement_id"].isin(pairs["agreement_id"])]["place_code"])
    unwritten = named - with_partner
    sentence = findings.pairing(real.ask("place_stages", as_of=AS_OF))
    assert (
        sentence
        == f"来源点名签约：上海7个区、三省8个市；公开来源点名签署上海各区与三省市（区县）养老协作文件的，三省8个含1个县级市；其中{len(unwritten & districts)}个区、{len(unwritten - districts)}个市的对方来源未写"
    )


def test_pairs_of_which_both_sides_are_named(real):
    cells = real.ask(
        "pair_cells",
        cities=real.ask("cities")["place_code"].tolist(),
        platforms=PLATFORMS,
        as_of=AS_OF,
    )
    assert (
        findings.pairs(cells)
        == "点名双方已签约或结对的4对；上海的区与三省市县：虹口—张家港、松江—嘉兴、松江—宣城，普陀—芜湖为结对共建"
    )


def test_thirteen_and_twenty_seven_have_one_date_and_no_difference(real, files):
    """That memoranda were signed by the end of 2020 is said by W12; S002 speaks of 对接 and of cities."""
    series = real.ask("signed_series", as_of=AS_OF)
    shown = series[series["date"] == pd.Timestamp(2020, 12, 31)]
    assert set(rows(shown, "indicator_code", "value", "source_id")) == {
        ("signed_districts", 13, "W12"),
        ("signed_places", 27, "W12"),
    }
    goals = series[series["kind"] == "target"]
    assert set(rows(goals, "indicator_code", "value", "source_id")) == {
        ("linked_districts", 16, "S002"),
        ("linked_places", 30, "S002"),
    }
    assert goals["goal"].tolist() == ["2021年目标 16个区“对接”", "2021年目标 30个城市“对接”"]
    observed = files["observations"]
    assert not (
        (observed["kind"] == "target")
        & observed["indicator_code"].isin(["signed_districts", "signed_places"])
    ).any()
    ledger = real.ask("indicator_ledger", place="YRD", as_of=AS_OF)
    for code in ("signed_districts", "signed_places", "linked_districts", "linked_places"):
        assert ledger[ledger["indicator_code"] == code]["gap"].isna().all(), (
            "签署 and 对接 are not subtracted"
        )


def test_a_day_on_which_only_one_is_counted_gives_no_sentence_of_both(real):
    """In March 2021 districts and 地市 were counted: the pair of numbers stays that of 2020, with its own day."""
    assert "14" not in findings.signed(real.ask("signed_series", as_of=AS_OF))
    early = findings.signed(real.ask("signed_series", as_of=date(2020, 11, 30)))
    assert early.startswith("签署协议：上海10个区、三省15个市（区县）；截至2020年10月")


def test_signs_of_stages_and_of_tasks_are_different(real):
    stages = {status.shape for status in measures.STAGES.values()}
    tasks = {
        status.shape for found in (measures.LAMPS, measures.PROOFS) for status in found.values()
    }
    assert len(stages) == len(measures.STAGES) and not stages & tasks


def test_counts_of_a_title_are_counts_of_its_rows(real, files):
    """For every place alone: what the dossier counts is what stands below it, by kind; a name in a report is no agreement."""
    kinds = {"已签协议": "counts_as_signed"}
    for place in real.ask("place_stages", as_of=AS_OF).itertuples():
        records = real.ask(
            "agreements_of_places", places=[place.place_code], together=False, as_of=AS_OF
        )
        told = dossier.title(place.label, records)
        counted = {
            kind: int(n)
            for kind, n in re.findall(
                r"(已签协议|结对|意向或拟议|共同活动|汇总报道点名)(\d+)", told
            )
        }
        assert sum(counted.values()) == len(records), told
        assert counted.get("已签协议", 0) == int(records[kinds["已签协议"]].sum()), told
        own = inside(files, {place.place_code})
        parties = files["agreement_parties"]
        summing = set(
            files["agreements"][
                (files["agreements"]["summarises"] != "")
                | (files["agreements"]["status"] == "summary")
            ]["agreement_id"]
        )
        assert len(records) == len(
            set(parties[parties["place_code"].isin(own)]["agreement_id"]) - summing
        ), told


# --- the other pages of the section, and the lists ---


def test_sojourn_counts_by_kind_and_sums_as_the_source_does(real, files):
    """66 = 11 + 5 + 5 + 9 + 36; 吉林 is a party without a count; an intent and a joint activity are no agreements."""
    observed = files["observations"]
    counted = observed[
        (observed["indicator_code"] == "sojourn_bases") & (observed["shown"] == "true")
    ].set_index("place_code")["value"]
    provinces = counted[counted.index.str.endswith("0000")].astype(float)
    assert (
        sorted(provinces) == [5, 5, 9, 11, 36]
        and provinces.sum() == 66
        and "220000" not in provinces.index
    )
    assert sojourn.members(Facts(AS_OF)).spoken.endswith("；吉林是签约方，家数公开资料未载")
    agreements = files["agreements"]
    own = agreements[
        agreements["network"].isin(["sojourn", "honghe"]) & (agreements["summarises"] == "")
    ]
    kinds = own["status"].value_counts()
    told = sojourn.ties(Facts(AS_OF)).spoken
    assert (
        f"；已签协议{kinds['signed']}份、意向或拟议{kinds['planned']}项（不专为养老）、共同活动{kinds['ongoing']}项；"
        in told
    )
    assert "0份" not in told


def test_goals_and_plans_are_counted_apart(real, files):
    figures = real.ask("sojourn_figures")
    goals = int(figures["kind"].isin(["target", "plan"]).sum())
    assert goals and sojourn.figures(Facts(AS_OF)).spoken.startswith(
        f"旅居与康养的公开数字：{len(figures) - goals}个；另有目标与计划{goals}个"
    )
    others = files["bases"][~files["bases"]["category"].str.startswith("旅居养老示范基地")]
    places = others.groupby(["category", "place_code"]).ngroups
    assert f"基地与目的地：{places}处" in sojourn.bases(Facts(AS_OF)).spoken
    documents = files["documents"]
    planned = int((documents["status"] == "planned").sum())
    told = timeline.documents(real.ask("documents_register", **EVERYWHERE, party=""))
    assert told.startswith(f"登记文件{len(documents) - planned}份；") and told.endswith(
        f"另有拟定的{planned}份"
    )


@SOME_OR_EVERY
def test_plans_are_no_events_of_a_place(real, files, every):
    """What a title counts as 动态 happened, and each is an event that names the place or one inside it."""
    events = files["events"].set_index("event_id")
    for place in among(real.ask("profile_places"), every).itertuples():
        records = city.with_stages(real.ask("place_records", place=place.place_code, as_of=AS_OF))
        told = city.records(place, records, ["动态", "长护险"])
        moves = re.search(r"动态(\d+)条", told)
        own = inside(files, {place.place_code})
        named = set(
            files["event_places"][files["event_places"]["place_code"].isin(own)]["event_id"]
        )
        happened = [
            code
            for code in named
            if events.at[code, "planned"] == "false" and events.at[code, "category"] != "ltci"
        ]
        assert int(moves.group(1) if moves else 0) == len(happened), (place.name, told)


def test_loose_ties_are_no_events(real):
    """普陀—芜湖 was paired in 2020 by a report; the training of 2025 is a joint activity: neither is an event beside the agreements."""
    found = real.ask(
        "timeline_changes", cities=[], platforms=PLATFORMS, everywhere=True, party="",
        kinds=[*real.ask("event_lanes")["lane"], "文件"], after=date(2018, 12, 31), until=date(2019, 12, 31),
    )  # fmt: skip
    loose = found[
        (found["kind"] == "协议")
        & found["step"].isin(["意向", "共同活动", "已结对"])
        & ~found["before"]
        & ~found["uncertain"]
    ]
    assert len(loose) == 1
    assert "结对、意向与共同活动1项" in timeline.changes(found, "2018年12月", "2019年12月")


@pytest.mark.parametrize("words", ["未见公开", "尚无具名", "上报", "没有公开来源", "未见入选"])
def test_words_that_accuse_or_overreach_are_gone(words):
    """Nobody was asked to report; and what was not found is said of the sources, not of the place."""
    root = catalogue.DATASETS.parent
    mine = [
        *(root / "pages" / "cooperation").glob("*.py"), *(root / "pages" / "institutions").glob("*.py"),
        *(path for room in ("exhibits", "faces", "talks") for path in (root / "eldercare" / room).rglob("*.py")),
        *(root / "queries").glob("place_*.sql"), *(root / "queries").glob("institution*.sql"),
        *(root / "queries").glob("pair_*.sql"), *(root / "queries").glob("sojourn_*.sql"), root / "queries" / "open_questions.sql",
    ]  # fmt: skip
    assert [path.name for path in mine if words in path.read_text(encoding="utf-8")] == []


def test_the_card_of_the_list_says_what_was_planned_and_that_nothing_says_it_was_done(
    real_data, files
):
    observed = files["observations"].set_index("observation_id")
    beds, added = int(observed.at["ID008", "value"]), int(observed.at["ID014", "value"])
    shown = headline.stands(Facts(AS_OF))
    cards = {card["label"]: card for card in shown.shape.entries}
    assert cards["异地养老机构名单床位"]["value"] == f"{beds:,}"
    assert cards["异地养老机构名单床位"]["note"] == "2020年10月，57家；此后新增数公开资料未载"
    assert f"2021年计划再新推{added:,}张（另有“翻番”表述），完成情况公开资料未载" in shown.subtitle
    memoranda = cards["签署协作备忘录"]
    assert (memoranda["value"], memoranda["unit"]) == ("13个区", "27个市（区县）")
    assert (
        memoranda["note"]
        == "截至2020年底；2021年目标：16个区、30个城市“对接”，词与单位不同，不计差额"
    )
    # The seven are of a report that does not say signed.
    (told,) = [trace["words"] for trace in memoranda["traces"] if "来源未写签署" in trace["words"]]
    assert told.startswith("27个三省城市中的区县（来源未写签署）7个")


def test_by_a_day_is_not_since_a_day(real):
    """普陀—芜湖 is known by a report of 2020-04-07: when it began no source says."""
    records = real.ask(
        "agreements_of_places", places=["310107", "340200"], together=True, as_of=AS_OF
    )
    assert dossier.pair("普陀 × 芜湖", records).startswith("普陀 × 芜湖：结对1项；“结对共建")
    records = real.ask(
        "agreements_of_places", places=["310117", "330400"], together=True, as_of=AS_OF
    )
    assert dossier.pair("松江 × 嘉兴", records).startswith(
        "松江 × 嘉兴：已签协议2份；2020年6月（推断）起，已签协议2份、共同活动1项，"
    )


# --- what is not named is not absent; what a source calls otherwise is no agreement; what is inferred says so ---


def test_who_is_not_named_is_not_said_to_have_nothing(real, files):
    """27 places and 13, later 14 districts were announced, 40 cities took part: of those not named nobody can say that there is nothing."""
    announced = files["observations"].query(
        "place_code == 'YRD' and indicator_code in ['signed_places', 'participating_cities']"
    )
    places = real.ask("place_stages", as_of=AS_OF)
    named = int((places[places["level"].isin(["city", "county"])]["signed_by_name"]).sum())
    assert announced["value"].astype(float).max() == 40 and named == 8
    told = [findings.status(places), findings.districts_without(places), *places["hover"]]
    for words in told:
        assert not re.search("(往来|签约|其余[0-9]+个)公开资料未载", words), words
    assert "上海16个区中点名签约的7个，其余9个未被点名" in findings.districts_without(places)


def test_only_what_was_signed_is_called_an_agreement_or_a_signing(real, files):
    """Over all agreements: the class of the row, and the word for the event that began it."""
    agreements = files["agreements"].set_index("agreement_id")
    detail = real.ask("agreement_detail", agreements=agreements.index.tolist(), as_of=AS_OF)
    called = set(detail[detail["part"] == "协议"]["agreement_id"])
    signed = agreements[
        (agreements["status"] == "signed")
        & (agreements["summarises"] == "")
        & (agreements["level"] != "participant")
    ]
    assert called == set(signed.index)
    signing = set(
        detail[(detail["part"] == "事件") & detail["detail"].str.contains("签署")]["agreement_id"]
    )
    loose = agreements.index[~agreements["status"].str.startswith(("signed", "summary"))]
    assert not signing & set(loose), (
        "普陀—芜湖 was paired: no source writes that anything was signed"
    )


def test_the_title_of_a_place_says_what_is_not_about_eldercare_and_no_stage_of_another(real, files):
    """宝山's only agreement is its education bureau's; 张家港's is not 苏州's, 德清's not 湖州's."""
    places = real.ask("place_stages", as_of=AS_OF).set_index("short_name")
    agreements = files["agreements"].set_index("agreement_id")
    for name in ("宝山", "苏州", "湖州", "宣城"):
        place = places.loc[name]
        records = real.ask(
            "agreements_of_places", places=[place["place_code"]], together=True, as_of=AS_OF
        )
        signed = [
            code for code in records["agreement_id"] if agreements.at[code, "status"] == "signed"
        ]
        apart = [code for code in signed if agreements.at[code, "eldercare_specific"] == "false"]
        told = dossier.title(place["label"], records, place)
        assert (f"已签协议{len(signed)}份" in told) == bool(signed), told
        assert not apart or "不专为养老）" in told.split("已签协议")[1].split("、")[0], told
        stage = dossier.cards(
            records,
            real.ask("open_questions", agreements=[], as_of=AS_OF),
            _moves(real, place),
            place,
        )[0]
        assert stage["value"] == measures.STAGES[place["stage"]].marked, (
            "the card and the map say one stage"
        )


def _moves(real, place):
    return real.ask("latest_moves", places=[place["place_code"]], as_of=AS_OF)


def test_the_latest_move_keeps_how_its_date_is_known(real, files):
    """Of every place the newest record of its date in the files: inferred ones say so, those of a report lie on its day or before."""
    known = {}
    for table, code in (
        ("agreements", "agreement_id"),
        ("events", "event_id"),
        ("documents", "document_id"),
        ("bases", "base_id"),
    ):
        for row in files[table].to_dict("records"):
            known[row[code]] = row
    checked = 0
    for place in real.ask("place_stages", as_of=AS_OF).itertuples():
        if not isinstance(place.latest_words, str):
            continue
        own = inside(files, {place.place_code})
        same = [
            known[code]
            for day, code, named in dated(files)
            if named & own and day == str(place.latest.date()) and code in known
        ]
        if same and all(row["date_inferred"] == "true" for row in same):
            assert "推断" in place.latest_words, (place.short_name, place.latest_words)
            checked += 1
        if same and all(row["date_precision"] == "by_date" for row in same):
            assert re.search("不晚于|以前|截至", place.latest_words), (
                place.short_name,
                place.latest_words,
            )
            checked += 1
    assert checked > 10


def test_pairs_of_cities_say_how_many_stand_in_the_matrix_too(real, files):
    among, _others = findings.parted(real.ask("other_pairs", **EVERYWHERE))
    parties, levels = files["agreement_parties"], files["places"].set_index("place_code")["level"]
    with_district = [
        code
        for code in among["agreement_id"]
        if (
            parties.loc[parties["agreement_id"] == code, "place_code"].map(levels) == "district"
        ).any()
    ]
    assert (
        f"全部{len(among)}项中{len(with_district)}项有上海的区参加，已在矩阵内"
        in findings.city_pairs(among)
    )


def test_what_each_side_gives_is_counted_by_kind(real, files):
    parties = files["agreement_parties"]
    given = set(parties[(parties["gives"] != "") | (parties["receives"] != "")]["agreement_id"])
    status = files["agreements"].set_index("agreement_id")["status"][list(given)].value_counts()
    told = findings.exchange(real.ask("gives_receives"))
    assert told.startswith(
        f"来源写明提供或获得什么的{len(given)}项；已签协议{status['signed']}份、结对{status['paired']}项"
    )


def test_a_past_day_knows_no_plan_that_came_later(real, files):
    """A plan is dated by what it aims at; that it was planned is known from its source on."""
    day = date(2020, 12, 31)
    published = files["sources"].set_index("source_id")["published"]
    asked = {"cities": [], "platforms": PLATFORMS, "everywhere": True, "party": ""}
    shown = real.ask(
        "timeline_events", **asked, kinds=[*real.ask("event_lanes")["lane"], "文件"], as_of=day
    )
    loose = shown[shown["planned"] | shown["date"].isna()]
    assert not [code for code in loose["source_id"] if published[code] > str(day)]
    assert "计划与目标" not in timeline.lanes(shown)


def test_the_last_day_is_a_day(real):
    """On the last day of 2020 stood a stretch (2019至2020年) and a report of what was by then: the last that has a day is 2020-12-16."""
    asked = {"cities": [], "platforms": PLATFORMS, "everywhere": True, "party": ""}
    shown = real.ask(
        "timeline_events",
        **asked,
        kinds=[*real.ask("event_lanes")["lane"], "文件"],
        as_of=date(2020, 12, 31),
    )
    assert timeline.history(shown, date(2020, 12, 31)).endswith(
        "写到月日的最近一条2020年12月16日（推断）"
    )


def test_a_plan_that_is_pointed_at_says_that_it_is_one(real_data):
    hollow = next(
        trace
        for trace in screen.timeline(history.axis(Facts(AS_OF)).shape).data
        if trace.hovertext and "白皮书" in " ".join(trace.hovertext)
    )
    assert all("（计划与目标）" in words for words in hollow.hovertext)


def test_parties_that_a_source_leaves_open_are_not_counted(real, files):
    """“广东、山西、云南、福建等省区”: whoever else signed, five is the number of those named."""
    parties = files["agreement_parties"]
    ties = (
        real.ask("sojourn_ties", **EVERYWHERE)
        .drop_duplicates("agreement_id")
        .set_index("agreement_id")["row_title"]
    )
    assert "等省区" in files["agreements"].set_index("agreement_id").at["PR045", "quote"]
    for code, title in ties.items():
        named = parties[parties["agreement_id"] == code]
        counted = re.search(r"等(\d+)方", title)
        assert not counted or (
            int(counted.group(1)) == len(named) and (named["known"] == "true").all()
        ), title
    assert "单方列入" in ties["PR047"] and "方）" not in ties["PR047"].removesuffix(
        "（红河州单方列入任务清单）"
    )


def test_a_chosen_city_stands_in_every_title_that_it_narrows(monkeypatch):
    """“登记文件0份” under 南京 was said of all: what a filter narrows begins with the filter's words."""
    from eldercare.sentences import pages

    for script, keys in (
        ("cooperation/pairing.py", {"pair_matrix", "city_pairs"}),
        ("cooperation/sojourn.py", {"sojourn_ties", "sojourn_agreements"}),
        ("cooperation/timeline.py", {"timeline", "timeline_changes", "documents_register"}),
    ):
        _sentences, exhibits = pages.hear(script, {"cities": "南京"})
        told = {drawn.key: drawn.finding for drawn in exhibits}
        assert keys <= set(told)
        for key in keys:
            title, _semicolon, rest = told[key].partition("；")
            assert title.startswith("南京：") or rest.startswith("南京"), (key, told[key])
            assert "0份" not in told[key] and "0个" not in told[key], (key, told[key])


def test_a_silence_names_the_trains_it_leaves_out(real):
    """镇江 and 扬州 have a train of 2025 in the history: the map may not say that nothing is on record there."""
    tables = {
        name: pd.read_csv(catalogue.DATASETS / f"{name}.csv", dtype=str)
        for name in ("events", "event_places", "event_kinds")
    }
    trips = tables["event_kinds"].query("cooperation == 'false'")["category"]
    dated_trips = tables["events"][
        tables["events"]["category"].isin(trips) & tables["events"]["date"].notna()
    ]
    named = tables["event_places"][tables["event_places"]["event_id"].isin(dated_trips["event_id"])]
    map_ = real.ask("place_stages", as_of=AS_OF).set_index("place_code")
    touched = map_.loc[map_.index.intersection(named["place_code"])]
    assert {"321000", "321100"} <= set(touched.index)
    assert touched["hover"].str.contains("不计旅游专列与线路").all()
    moves = real.ask("latest_moves", places=["321000"], as_of=AS_OF)
    assert dossier.latest(moves)["note"] == "近24个月公开资料未载（不计旅游专列与线路）"
    kinds = tables["event_kinds"]["lane"].unique().tolist()
    history = real.ask("timeline_events", **EVERYWHERE, party="", kinds=kinds)
    told = timeline.history(history, AS_OF)
    assert f"不含旅游专列与线路{len(dated_trips)}条" in told


def test_the_bracket_of_agreements_not_about_care_alone_belongs_to_their_sum(real, files):
    """Two of the five are between provinces (PR003, PR004), three of projects: 项目与机构6（其中5项…） was not so."""
    _among, others = findings.parted(real.ask("other_pairs", **EVERYWHERE))
    own = files["agreements"].set_index("agreement_id").loc[list(others["agreement_id"])]
    wide = own[own["eldercare_specific"] == "false"]
    assert set(wide.index) == {"PR003", "PR004", "PR008", "PR009", "PR010"}
    assert (
        findings.others(others)
        == "省际、项目与机构协议12份；长三角跨省；其中5份不专为养老；省际6、项目与机构6"
    )
    unsigned = others.assign(counts_as_signed=[True] * 11 + [False])
    assert findings.others(unsigned).startswith("省际、项目与机构协议11份") and findings.others(
        unsigned
    ).endswith("；另有未签的1项")


def test_provinces_of_named_cities_are_not_said_to_be_named(real_data):
    """The agreement of 哈尔滨、伊春、南京、武汉 names four cities and no province."""
    nanjing = sojourn.ties(Facts(AS_OF, cities=("320100",), scope="南京："))
    assert nanjing.spoken.startswith(
        "来源点名的旅居合作：3个省区市；南京：点名各方所在的省区市（其中沪苏浙皖1个）；"
    )


def test_only_second_hand_says_every_class_of_source_there_is(real, files):
    """The intent of 青浦 (PR012) rests on a newspaper: 只见转载或二手来源 was not so."""
    agreements = files["agreements"].set_index("agreement_id")
    classes = files["sources"].set_index("source_id")["source_class"]
    asked = real.ask("open_questions", agreements=list(agreements.index), as_of=AS_OF)
    only = asked[asked["question"].str.startswith("只见")].set_index("agreement_id")
    assert set(only.index) == set(agreements.index[agreements["confidence"] != "official"])
    for agreement, row in only.iterrows():
        found = classes[agreements.loc[agreement, "source_id"]]
        assert row["detail"] == found and found in row["question"], agreement
    assert only.loc["PR012", "detail"] == "媒体"


def test_what_came_after_a_year_is_not_there_at_its_end(real):
    """2020年以后 (PR021, EV080) bears no date, yet was not signed by the end of 2020."""
    kinds = real.ask("event_lanes")["lane"].tolist()
    for day, there in ((date(2020, 12, 31), False), (AS_OF, True)):
        asked = {**EVERYWHERE, "as_of": day}
        assert ("PR021" in set(real.ask("other_pairs", **asked)["agreement_id"])) is there
        told = real.ask("timeline_events", **asked, party="", kinds=kinds)
        assert ("EV080" in set(told["record_id"])) is there


def test_an_inferred_day_is_inferred_wherever_it_is_shown(real, files):
    """The list of Shanghai's homes: its day was inferred, which its source line and its map did not say."""
    ids = {
        "observations": "observation_id",
        "agreements": "agreement_id",
        "events": "event_id",
        "institutions": "institution_id",
        "institution_claims": "claim_id",
        "bases": "base_id",
        "documents": "document_id",
    }
    tables_ = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in catalogue.DATASETS.glob("*.csv")
        if path.stem in ids
    }
    inferred = {
        row
        for name, column in ids.items()
        for row in tables_[name].loc[tables_[name]["date_inferred"] == "true", column]
    }
    for source in ("L01", "W18", "R22"):
        rows_ = real.ask("source_rows", source=source, count=5000, start=0)
        listed = rows_[rows_["id"].isin(inferred)]
        assert len(listed) and listed["date_inferred"].all(), source
        assert not rows_.loc[
            ~rows_["id"].isin(inferred) & rows_["kind"].eq("机构"), "date_inferred"
        ].any()


def test_age_is_counted_from_the_day_of_the_page(real_data):
    """On a page of the end of 2020 a figure of that October is new."""
    october = pd.DataFrame({"date": [pd.Timestamp("2020-10-31")]})
    assert tables.age_words(october) == "距数据截至日6年"
    assert tables.age_words(october, date(2020, 12, 31)) == ""
    assert tables.age_words(october, date(2024, 1, 1)) == "距数据截至日3年"


@pytest.mark.slow
def test_age_in_a_talk_is_counted_from_its_day(real_data):
    """In the talk of the end of 2020 no figure of that October was six years old."""
    old = {
        day: [
            exhibit.source_line
            for exhibit in making.talk(decks.Deck(decks.REGION, as_of=day)).exhibits
            if "距数据截至日" in exhibit.source_line
        ]
        for day in (date(2020, 12, 31), AS_OF)
    }
    assert any("2020年10月 · 距数据截至日6年" in line for line in old[AS_OF])
    assert not any("2020年" in line.split("数据截至 ")[1][:5] for line in old[date(2020, 12, 31)])

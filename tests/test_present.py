"""Decks as data: one release, one date, honest about what is missing; the same deck gives the same numbers again."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from eldercare import releases, store, tables
from eldercare.exhibits import Facts, Missing
from eldercare.exhibits.shapes import Bars, Items, Lines, Point
from eldercare.faces import layout, svg
from eldercare.faces.drawing import Area, Words
from eldercare.faces.notes import notes
from eldercare.releases import making as release_making
from eldercare.talks import decks, making
from eldercare.talks.__main__ import main
from eldercare.talks.decks import UnknownDeck


@pytest.fixture
def on(monkeypatch):
    """A function that lets this process serve a datasets folder."""

    def serve(folder):
        monkeypatch.setenv("ELDERCARE_DATASETS", str(folder))
        store.current.cache_clear()

    yield serve
    store.current.cache_clear()


@pytest.fixture
def on_tiny(tiny, on):
    on(tiny)
    return tiny


def chinese(day) -> str:
    """A day as it is read aloud: 2026年11月22日."""
    return f"{pd.Timestamp(day):%Y年%-m月%-d日}"


def ready(words, release="", as_of=""):
    return making.ready(decks.parse(words, release, as_of))


def known(values):
    return [value for value in values if value is not None]


def exhibits(talk):
    return {exhibit.key: exhibit for exhibit in talk.exhibits}


@pytest.mark.parametrize(
    "words",
    [
        "region",
        "region;tiles",
        "province:330000",
        "city:320500",
        "pair:310117|330400",
        "own:headline,place_cards@320500,pair_ages@310117|330400",
    ],
)
def test_a_deck_in_an_address_reads_back_as_itself(words):
    deck = decks.parse(words, "81763e2d", "2026-11-22")
    assert deck.words == words
    assert decks.from_json(deck.to_json().encode()) == deck
    assert deck.parameters == {"deck": words, "release": "81763e2d", "as_of": "2026-11-22"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("karaoke", "没有“karaoke”这种演示"),
        ("city:", "需要1个"),
        ("city:../../etc", "需要1个"),
        ("pair:310117|310117", "不同"),
        ("own:headline,nothing", "没有“nothing”这张图表"),
        ("own:place_cards", "需要1个地区代码"),
        ("own:", "请选1至"),
    ],
)
def test_a_deck_that_cannot_be_read_says_why_in_chinese(words, told):
    with pytest.raises(UnknownDeck, match=told):
        decks.parse(words)


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31", "heute"])
def test_a_day_that_no_talk_can_be_of_is_refused(day):
    with pytest.raises(UnknownDeck, match=f"日期“{day}”"):
        decks.parse("region", as_of=day)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"kind":"eldercare-deck/1","deck":7}',
        b'{"kind":"other","deck":"region"}',
    ],
)
def test_a_file_that_is_no_deck_is_refused(content):
    with pytest.raises(UnknownDeck, match="演示文件"):
        decks.from_json(content)


def test_a_deck_is_tied_to_the_release_and_the_date_of_its_data(on_tiny):
    deck, talk = ready("own:headline")
    row = store.ask("release").iloc[0]
    assert (deck.release, deck.as_of) == (row["content_hash"], row["as_of"].date())
    assert talk.dated == f"汇编止于{chinese(row['as_of'])} · 版本 {row['content_hash'][:8]}"
    assert talk.address == f"present?deck=own%3Aheadline&release={deck.release}&as_of={deck.as_of}"


def test_the_data_ends_with_its_release_whatever_date_is_computed_against(on_tiny):
    row = store.ask("release").iloc[0]
    for day in ("2030-01-01", "2020-06-30"):
        deck, talk = ready("own:headline", as_of=day)
        assert (
            talk.dated
            == f"汇编止于{chinese(row['as_of'])} · 时限与动态按{chinese(day)}计算 · 版本 {row['content_hash'][:8]}"
        )
        assert deck.as_of.isoformat() == day
        assert talk.fingerprint != ready("own:headline")[1].fingerprint


def test_the_date_changes_what_is_past_its_time_and_nothing_else(on_tiny):
    early, late = (
        exhibits(ready("own:task_times,headline", as_of=day)[1])
        for day in ("2021-06-30", "2030-01-01")
    )
    assert "未到期" in early["task_times"].spoken
    assert "未到期" not in late["task_times"].spoken
    assert early["headline"].spoken == late["headline"].spoken


@pytest.mark.slow
def test_a_frozen_deck_keeps_its_numbers_while_the_data_goes_on(tiny, on, monkeypatch, tmp_path):
    monkeypatch.setenv("ELDERCARE_HOME", str(tmp_path / "home"))
    on(tiny)
    first = releases.activate(release_making.snapshot("甲").id, "甲", "首个版本", expected=None)
    deck, before = ready("own:ten_years")
    assert deck.release == first.id
    text = (tiny / "age_groups.csv").read_text(encoding="utf-8").splitlines()
    text[-1] = text[-1].replace(",15,15,", ",16,15,")
    (tiny / "age_groups.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    second = release_making.snapshot("乙")
    releases.activate(second.id, "乙", "新数据")
    making._kept.cache_clear()
    now, after = ready("own:ten_years")
    assert now.release == second.id != first.id
    assert after.fingerprint != before.fingerprint
    again = making.ready(deck)[1]
    assert (again.fingerprint, again.release) == (before.fingerprint, first.id)


def test_a_release_that_is_not_here_is_said_never_replaced(on_tiny):
    with pytest.raises(UnknownDeck, match="没有数据版本"):
        ready("region", release="deadbeefdeadbeef")


@pytest.mark.slow
def test_every_exhibit_of_the_delta_stands_on_the_answer_of_its_question(on_tiny):
    talk = ready("region")[1]
    assert [exhibit.name for exhibit in talk.exhibits] == [
        decks.MAKERS[name].title for name in decks.OF_REGION
    ]
    shape = exhibits(talk)["ten_years"].shape
    rows = store.ask("province_ageing", age=60)
    assert list(shape.categories) == rows["short_name"].tolist()
    assert known(shape.series[1].values) == pytest.approx(rows["value"].dropna().tolist())
    # The miniature has no age groups of Zhejiang: a gap, no zero.
    assert (
        [value is None for value in shape.series[1].values]
        == rows["value"].isna().tolist()
        == [False, False, False, True, False]
    )
    # By hand, from the rows of the miniature: 20 to 25 of 100 in Shanghai, 15 to 20 in 苏州; no older numbers of 安徽.
    assert (
        exhibits(talk)["ten_years"].spoken
        == "长三角60岁及以上占比：十年升6.19个百分点；60岁及以上常住人口占比：2010年16.67%，2020年22.86%；人数多300人；60岁及以上常住人口占比2010—2020年：三省一市中上海、江苏升幅最大，+5.00个百分点"
    )


def test_a_city_with_hardly_any_data_gets_a_short_deck_that_says_so(on_tiny):
    talk = ready("city:330400")[1]
    assert [exhibit.kind for exhibit in talk.exhibits] == [
        "cards",
        "table",
        "table",
        "list",
        "list",
    ]
    gaps, last = talk.exhibits[-2:]
    assert last.key == "place_summary"
    assert isinstance(gaps.shape, Items)
    subjects = [subject for subject, _why in gaps.shape.entries]
    assert {"年龄结构", "60岁及以上占比的历年数字", "床位的历年数字", "协作动态"} <= set(subjects)
    assert all(why for _subject, why in gaps.shape.entries)
    assert gaps.spoken.startswith(f"{len(gaps.twin)}项公开资料未载")


@pytest.mark.slow
def test_no_exhibit_of_any_deck_is_an_empty_picture(on_tiny):
    for code in store.ask("cities")["place_code"]:
        for exhibit in ready(f"city:{code}")[1].exhibits:
            assert not exhibit.shape.empty, (code, exhibit.key)
            assert "nan" not in exhibit.spoken


def test_a_chart_whose_values_are_all_missing_is_named_among_the_gaps(on_tiny, monkeypatch):
    facts = Facts(date(2026, 11, 22))
    whole = decks.MAKERS["ten_years"].make(facts)
    bare = replace(
        whole.shape,
        series=tuple(
            replace(series, values=(None,) * len(series.values)) for series in whole.shape.series
        ),
    )
    monkeypatch.setitem(
        decks.MAKERS,
        "ten_years",
        replace(decks.MAKERS["ten_years"], make=lambda _facts: replace(whole, shape=bare)),
    )
    (gaps,) = making.talk(decks.parse("own:ten_years")).exhibits
    assert gaps.shape.entries == (("两次普查的变化", "各项数值均未载"),)


def test_a_missing_value_stays_missing(on_tiny):
    made = decks.MAKERS["lists"].make(Facts(date(2026, 11, 22)))
    assert isinstance(made.shape, Bars)
    rows = store.ask("list_coverage")
    assert len(made.shape.categories) == rows["announced"].notna().sum() < len(rows)
    bars = decks.MAKERS["place_cities"].make(Facts(date(2026, 11, 22)), "330000")
    assert isinstance(bars, Missing)


def test_lines_join_nothing_that_must_not_be_joined(on_tiny):
    shape = exhibits(ready("own:signed")[1])["signed_series"].shape
    assert isinstance(shape, Lines)
    targets = [path for path in shape.paths if path.target]
    assert len(targets) == 4
    assert not {path.name for path in targets} & {
        path.name for path in shape.paths if not path.target
    }
    beds = exhibits(ready("own:place_beds@310000")[1])["bed_series"].shape
    rows = store.ask(
        "bed_series",
        indicators=["beds_eldercare", "beds_institution", "beds_nursing"],
        places=["310000"],
    )
    for path in beds.paths:
        part = rows[(rows["legend"] == path.name) & (rows["kind"] != "target")].sort_values("date")
        breaks = (part["series"] != part["series"].shift()).iloc[1:] | (
            part["date"].diff().dt.days.iloc[1:] > 550
        )
        assert sum(point.value is None for point in path.points) == (
            0 if path.target else int(breaks.sum())
        )


def test_the_end_of_a_year_is_a_whole_number_on_the_time_axis():
    assert Point(date(2020, 12, 31), 1.0).year == 2020
    assert Point(date(2020, 12, 31), 1.0).year < Point(date(2021, 3, 20), 1.0).year < 2020.25


def test_notes_hold_finding_rules_sources_and_quotes(on_tiny):
    exhibit = exhibits(ready("own:headline")[1])["headline"]
    told = "\n".join(notes(exhibit))
    assert told.startswith(f"{exhibit.title}。\n")
    asked = store.ask("headline", as_of=date(2026, 11, 22))
    row = asked[asked["indicator_code"] == "list_beds"].iloc[0]
    assert row["evidence"] in told or any(
        row["evidence"] in words for quote in exhibit.quotes for words in quote.words
    )
    assert exhibit.quotes[0].reference in told


@pytest.mark.parametrize("words", ["region", "city:330400", "pair:310117|330400"])
def test_notes_begin_with_what_can_be_said_aloud(words):
    """Two or three whole sentences that say all of the finding; sources, rules and workings come behind."""
    store.current.cache_clear()
    for exhibit in ready(words)[1].exhibits:
        lines = notes(exhibit)
        said = lines[: lines.index("来源：")]
        assert 2 <= len(said) <= 3, exhibit.key
        assert all(line.endswith("。") and "…" not in line for line in said), exhibit.key
        told = re.sub("[；。]", "", "".join(said))
        assert told.startswith(re.sub("[；。]", "", exhibit.spoken)), exhibit.key


def test_fictitious_data_marks_its_exhibit_its_notes_and_its_file_and_no_other(on_tiny):
    deck, talk = ready("own:homes_demo,homes")
    demo, real = talk.exhibits
    assert (demo.demo, real.demo) == (True, False)
    assert demo.spoken.startswith("演示数据")
    assert "虚构" in "\n".join(notes(demo))
    assert "数据性质" in demo.twin and "数据性质" not in real.twin
    assert making.file_name(talk, deck, "pptx").startswith("演示数据_")
    assert not any(exhibit.demo for exhibit in ready("own:headline,lists")[1].exhibits)


@pytest.mark.parametrize(
    ("words", "as_of", "name"),
    [
        ("region", "", "长三角_20261122.pptx"),
        ("province:330000", "", "浙江省_20261122.pptx"),
        ("city:330400", "", "嘉兴市_20261122.pptx"),
        ("pair:310117|330400", "", "松江区与嘉兴市_20261122.pptx"),
        ("own:lists", "", "自选图表_20261122.pptx"),
        ("own:lists;tiles", "", "自选图表_方格_20261122.pptx"),
        ("own:lists", "2024-05-01", "自选图表_20261122_按20240501计算.pptx"),
    ],
)
def test_a_file_is_called_by_whom_it_is_about_and_the_day_its_data_ends(words, as_of, name):
    store.current.cache_clear()
    deck, talk = ready(words, "", as_of)
    assert making.file_name(talk, deck, "pptx") == name


def test_the_code_on_the_last_slide_leads_to_the_same_view_or_names_it(on_tiny, monkeypatch):
    deck, talk = ready("own:headline")
    assert talk.link == f"{talk.title}\n{talk.dated}\n内容指纹 {talk.fingerprint}"
    for address in ("https://yanglao.example.gov.cn", "https://yanglao.example.gov.cn/"):
        monkeypatch.setenv("ELDERCARE_PUBLIC_URL", address)
        assert (
            ready("own:headline")[1].link == f"https://yanglao.example.gov.cn/present?{deck.query}"
        )


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        (
            "http://10.0.0.7:8501/present?deck=region",
            "http://10.0.0.7:8501/present?deck=own%3Aheadline",
        ),
        (
            "https://a.example.cn/kanban/slides",
            "https://a.example.cn/kanban/present?deck=own%3Aheadline",
        ),
        ("http://localhost:8501/present", "长三角养老一体化\n"),
        ("http://127.0.0.1:8501/present", "长三角养老一体化\n"),
        ("", "长三角养老一体化\n"),
    ],
)
def test_the_code_leads_to_where_the_deck_was_opened(on_tiny, address, leads):
    """An address that only this machine knows would lead a phone to itself."""
    talk = ready("own:headline")[1]
    made = making.reached(talk, address)
    assert made.link.startswith(leads) and made.fingerprint == talk.fingerprint


def test_quotes_of_one_length_keep_their_order():
    """Python shuffles a set anew in each process: the same deck had its quotes in another order."""
    quotes = [f"测试原文{letter}" for letter in "乙丁戊甲丙己辛庚"]
    found, rest = tables._told_apart("；".join(quotes), {"S1": quotes})
    assert ([quote for _source, quote in found], rest) == (quotes, "")


def test_the_same_deck_has_the_same_fingerprint_every_time(on_tiny):
    deck = decks.parse("own:headline")
    assert making.talk(deck).fingerprint == making.talk(deck).fingerprint
    assert making.talk(deck).fingerprint != making.talk(decks.parse("own:lists")).fingerprint


def run(capsys, *arguments):
    status = main(["export", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_command_writes_a_file_and_tells_what_it_is(on_tiny, tmp_path, capsys):
    path = tmp_path / "deck.html"
    status, out, _err = run(capsys, "--deck", "city:320500", "--format", "html", "-o", str(path))
    talk = ready("city:320500")[1]
    assert (status, path.exists()) == (0, True)
    assert talk.fingerprint in out and talk.release[:8] in out


def test_the_command_repeats_a_saved_deck_on_its_release(on_tiny, tmp_path, capsys):
    deck, talk = ready("own:headline")
    saved = tmp_path / "deck.json"
    saved.write_text(deck.to_json(), encoding="utf-8")
    status, out, _err = run(
        capsys, "--file", str(saved), "--format", "xlsx", "-o", str(tmp_path / "deck.xlsx")
    )
    assert status == 0 and talk.fingerprint in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--deck", "city:999999"], "没有地区代码 999999"),
        (["--deck", "city:330000"], "不是“一个城市”"),
        (["--deck", "region", "--release", "0123456789abcdef"], "没有数据版本"),
        (["--deck", "region", "--as-of", "昨天"], "日期"),
        (["--deck", "region", "-o", "/nonexistent/folder/deck.html"], "没有这个文件或文件夹"),
        ([], "二选一"),
    ],
)
def test_a_mistake_on_the_command_line_is_answered_in_chinese(on_tiny, capsys, arguments, told):
    status, _out, err = run(capsys, *arguments, "--format", "html")
    assert status == 1
    assert told in err
    assert "Traceback" not in err and "Errno" not in err


@pytest.mark.slow
def test_a_batch_shows_how_far_it_is(on_tiny, tmp_path, capsys):
    status, _out, err = run(
        capsys, "--deck", "cities", "--format", "html", "-o", str(tmp_path / "all")
    )
    cities = store.ask("cities")["place_code"]
    assert status == 0
    assert len(list((tmp_path / "all").iterdir())) == len(cities)
    assert [f"{n}/{len(cities)}" in err for n in (1, len(cities))] == [True, True]


def test_all_public_names_of_exhibits_are_told(capsys):
    assert main(["charts"]) == 0
    assert set(
        line.split("@")[0].split("　")[0] for line in capsys.readouterr().out.splitlines()
    ) == set(decks.MAKERS)


def test_a_map_of_2020_names_the_census_of_2020_first():
    store.current.cache_clear()
    found = exhibits(ready("own:share_map,ten_years,known_topics")[1])
    assert [
        "2020" in found[key].source_line.split("（")[0] for key in ("ageing_share", "ten_years")
    ] == [True, True]
    assert [found[key].quotes[0].source_id for key in ("ageing_share", "ten_years")] == [
        "CEN2020",
        "CEN2020",
    ]
    # An own count of a hundred sources is not said to be one newspaper's.
    assert re.match(r"来源：\d+个公开来源", found["known_topics"].source_line)


def test_the_beds_of_the_delta_stand_beside_provinces_only_and_name_their_definition():
    store.current.cache_clear()
    made = exhibits(ready("own:bed_ratio")[1])["bed_ratio"]
    # The provinces do not add up to the delta: it is named in the title, not drawn beside them.
    assert {words.split("（")[0] for words in made.shape.categories} <= {
        "上海",
        "江苏",
        "浙江",
        "安徽",
    } and "长三角" in made.spoken
    assert "机构养老床位" in made.spoken and "泰兴" not in made.spoken
    assert any("浙江" in words for words in made.caveats)


def test_the_delta_begins_with_its_message_and_ends_with_what_is_open():
    store.current.cache_clear()
    talk = ready("region")[1]
    first, last = talk.exhibits[0], talk.exhibits[-1]
    assert first.title == "首批异地养老机构名单：57家、25,698张床位"
    (card,) = [card for card in first.shape.entries if card["label"] == "签署协作备忘录"]
    assert f"{card['value']} {card['unit']} {card['note']}".startswith(
        "13个区 27个市（区县） 截至2020年底"
    )
    assert [head for head, _words in last.shape.entries] == [
        "现状",
        "进展",
        "目标",
        "哪些往来公开资料未载",
        "下一步商请提供什么",
    ]
    told = dict(last.shape.entries)
    # By hand: 47,862,727 of 235,213,670 in 2020, 15.09 % in 2010.
    assert "20.35%" in told["现状"] and "高5.26个百分点" in told["现状"]
    assert (
        "16个区、30个城市“对接”" in told["目标"]
        and "50,698或51,396" in told["目标"]
        and "还差" not in told["目标"]
    )
    assert (
        "不等于没有" in told["哪些往来公开资料未载"]
        and "徐汇、宝山见于其他协议或计划" in told["哪些往来公开资料未载"]
    )
    assert len(last.quotes) > 10
    # The map shows districts too, of which 崇明 is the oldest: the title says among whom 南通 is.
    assert "41个城市中南通30.0%" in exhibits(talk)["ageing_share"].spoken


@pytest.mark.parametrize(
    "words", ["city:310000", "city:320500", "city:341800", "province:340000", "pair:310117|330400"]
)
def test_titles_say_who_and_what_and_no_picture_comes_twice(words):
    store.current.cache_clear()
    talk = ready(words)[1]
    bare = [
        e.spoken
        for e in talk.exhibits
        if re.fullmatch(r"[^：]+：(协议内容|([^：，]{2,3}\d+条、?)+)", e.spoken)
    ]
    assert bare == []
    findings = [exhibit.spoken for exhibit in talk.exhibits]
    assert len(set(findings)) == len(findings)
    assert all(
        len(e.twin) > 1
        for e in talk.exhibits
        if e.key in ("place_agreements", "place_events", "place_others")
    )


def test_a_deck_without_maps_shows_every_place_as_a_square():
    store.current.cache_clear()
    deck, talk = ready("own:share_map,stage_map;tiles")
    assert "%3Btiles" in deck.query and "_方格_" in making.file_name(talk, deck, "pptx")
    for exhibit in talk.exhibits:
        drawn = svg.drawing(exhibit.shape, layout.BODY_WIDTH, layout.BODY_HEIGHT)
        names = {part.name for part in drawn if isinstance(part, Area) and part.name}
        assert names == {
            f"{place.name} {place.words}" for place in exhibit.shape.places if not place.spot
        }
        assert all(
            len(ring) == 4 for part in drawn if isinstance(part, Area) for ring in part.rings
        )
        assert not any("审图号" in words for words in exhibit.caveats)
    told = {word for part in drawn if isinstance(part, Words) for word in part.lines}
    assert {
        place.label.split("\n")[0] for place in talk.exhibits[1].shape.places if not place.spot
    } - told == set()

"""The three pages of the section 协作: what they say, and that their filters live in the address."""

import json

import pandas as pd
import pytest
from menu import PAGES
from test_pages import charts, opened, run, script_of, words

from eldercare.data.catalogue import ROOT
from eldercare.talks import decks, making

PARTS = ["点名与公布", "省际与项目", "近24个月动态", "提供与获得", "待遇异地使用"]


def tables(app) -> str:
    return "\n".join(table.value.to_string() for table in app.table).replace("\\", "")


def cells_of(chart: str) -> set[str]:
    """The cells of the matrix that hold more than nothing."""
    return {
        code
        for trace in json.loads(chart)["data"]
        if trace.get("name") != "公开资料未载"
        for code in trace.get("customdata") or []
    }


def test_first_screen_says_who_is_known(real_data):
    app = opened(script_of("pairing"))
    assert app.title[0].value.replace("\\", "") == ("来源点名签约：上海7个区、三省8个市")
    shown = words(app)
    assert (
        "公开来源点名签署上海各区与三省市（区县）养老协作文件的，三省8个含1个县级市；其中5个区、5个市的对方来源未写"
        in shown
    )
    assert (
        "点名双方已签约或结对的4对" in shown
        and "上海的区与三省市县：虹口—张家港、松江—嘉兴、松江—宣城，普陀—芜湖为结对共建" in shown
    )
    assert (
        "签署备忘录：上海13个区、三省27个市（区县）" in shown
        and "截至2020年底，协作备忘录" in shown
    )
    assert "2021年目标：16个区、30个城市“对接”" in shown
    assert "是否达到目标公开资料未载" in shown


def test_a_pair_without_a_tie_says_what_each_side_has_and_what_can_be_done(real_data):
    homes = pd.read_csv(ROOT / "datasets" / "institutions.csv", dtype=str)
    homes = homes[homes["place_code"] == "310105"]
    counted = len(homes), int(homes["beds_total"].notna().sum())
    app = run(script_of("pairing"), pairing_district="长宁区", pairing_partner="南京市")
    sides = next(t.value for t in app.table if "可商请" in t.value.columns).set_index("地区")
    assert sides.at["长宁区", "按名称可知的机构"] == "{}家，{}家有床位数".format(*counted)
    assert sides.at["长宁区", "养老床位"] == sides.at["南京市", "按名称可知的机构"] == "未载"
    assert sides.at["南京市", "养老床位"] == "机构养老床位52,464张（2016年底）"
    assert sides.at["长宁区", "已有往来"].endswith("已签约·对方未写")
    assert sides["可商请"].tolist() == ["长宁区民政部门", "南京市民政部门"]
    shown = words(app)
    assert "往来公开资料未载，不等于没有" in shown and "intake?intake_table=" in shown
    assert "present?deck=pair%3A310105%7C320100" in shown
    _name, talk = making.ready(decks.parse("pair:310105|320100"))
    assert talk.exhibits


def test_a_pair_with_a_tie_shows_it_instead(real_data):
    app = run(script_of("pairing"), pairing_district="松江区", pairing_partner="嘉兴市")
    assert not any("可商请" in table.value.columns for table in app.table)
    assert "用这一对做演示" in words(app)


def test_the_rule_is_explained_on_the_page(real_data):
    shown = words(opened(script_of("pairing")))
    for word in (
        "有成果",
        "有项目",
        "已签约",
        "意向",
        "共同活动",
        "已签约·对方未写",
        "近24个月公开资料未载",
        "归入的说法：已结对",
    ):
        assert word in shown, word


def test_city_in_the_address_narrows_the_columns(real_data):
    linked = run(script_of("pairing"), cities=["嘉兴"])
    assert {code for code in cells_of(charts(linked)[0]) if not code.endswith("|")} == {
        "310117|330400",
        "310118|330411",
        "310118|330421",
    }


def test_platform_in_the_address_narrows_the_cells(real_data):
    linked = run(script_of("pairing"), platform=["产业"])
    assert "310109|320582" in cells_of(charts(linked)[0]), "虹口×张家港: 市场要素自由流动"
    assert "310117|341800" in cells_of(charts(linked)[0]), "九城市 talked about industry"
    assert "310118|320509" not in cells_of(charts(linked)[0])
    assert "平台“产业”：上海的区与三省市县：虹口—张家港；已签协议1份" in words(linked)


@pytest.mark.parametrize("other", ["sojourn", "timeline"])
def test_filters_go_along_to_the_next_page(other, real_data):
    app = run(script_of("pairing"), cities=["嘉兴"], platform=["产业"])
    app.switch_page(script_of(other)).run()
    assert [error.message for error in app.exception] == []
    assert app.multiselect(key="cities").value == ["嘉兴"]
    assert app.multiselect(key="platform").value == ["产业"]


def test_pair_in_the_address_opens_its_dossier(real_data):
    app = run(script_of("pairing"), pairing_district="松江区", pairing_partner="嘉兴市")
    shown, listed = words(app), tables(app)
    assert "松江区 × 嘉兴市：已签协议2份" in shown
    for part in (
        "本协议中的其他两地",
        "嘉兴×宣城",
        "角色：签署方",
        "38家异地养老机构、6家实训基地、97家景区",
        "旅居养老；实训基地〔人才〕；老年旅游",
        "签署了《旅居养老合作备忘录》",
    ):
        assert part in listed, part
    assert "日期为推断" in listed and "协议文本公开资料未载" in listed


def test_a_district_alone_opens_its_own_dossier(real_data):
    app = run(script_of("pairing"), pairing_district="青浦区")
    assert "青浦区：意向或拟议1项" in words(app)
    assert "含当地单位：意向或拟议1项、共同活动1项、汇总报道点名1次" in words(app)
    assert "⬡ 已签约·对方未写" in words(app)
    assert "对方未写" in tables(app) and "养老协作意向" in tables(app)


def test_an_empty_cell_says_so_without_a_verdict(real_data):
    app = run(script_of("pairing"), pairing_district="黄浦区", pairing_partner="南京市")
    assert "░ 公开资料未载" in words(app)
    assert "公开来源未写明该区何时、与谁签约" in tables(
        app
    ) and "首批试点有11个区，未点名，是否在内未知" in tables(app)
    assert "是否有往来" in words(app)
    assert "签约情况未知" in tables(app), "unknown, not refused"


@pytest.mark.parametrize("part", PARTS)
def test_each_part_below_draws(part, real_data):
    app = run(script_of("pairing"), pairing_part=part)
    assert "没有符合条件的数据" not in words(app)
    assert len([c for c in app.caption if c.value.startswith("来源：")]) == len(app.subheader)


def test_settled_cases_are_not_reported(real_data):
    app = run(script_of("pairing"), pairing_part="待遇异地使用")
    assert "异地结算件数：公开资料未载" in words(app)
    assert "可结算（只限点名机构）" in tables(app)


def test_settled_cases_appear_with_their_rows(tiny, monkeypatch):
    from eldercare import store

    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    store.current.cache_clear()
    app = run(script_of("pairing"), pairing_part="待遇异地使用")
    store.current.cache_clear()
    assert "异地结算件数：2行有数" in words(
        app
    ) and "1行少于10件，不写数；1行公开资料未载" in words(app)
    assert "未载" in tables(app), "a missing count is not zero"


def test_sojourn_page_says_what_is_known(real_data):
    app = opened(script_of("sojourn"))
    assert app.title[0].value == "广东旅居网络：11个省区市先后签约"
    assert (
        "截至2021年11月15日，含广东，分别签署，不是一份协议，签的是旅居养老合作框架协议；来源点名广东示范基地11家；六省区2019至2020年培育示范基地66家"
        in words(app)
    )
    assert (
        "点名乡镇1个（遂昌县王村口）、企业1个（物产中大）；另有1组三方均已点名、1个乡镇可能属于其中，来源未写明"
        in words(app)
    )
    assert "广东颐寿医疗养老有限公司广州麓湖家长荟分院" in tables(app)
    both = tables(run(script_of("sojourn"), sojourn_part="其他基地"))
    assert "23平方公里" in both and "23.18平方公里" in both


def test_two_dates_in_the_address_give_the_changes(real_data):
    app = run(script_of("timeline"), timeline_from="2020年5月", timeline_to="2020年12月")
    assert "所收公开资料：新签协议6份（其中1份当日即有项目或成果）" in words(app)
    assert (
        "2020年8月13日，上海市虹口区、张家港市：“长三角区域养老一体化服务协作备忘录”，已签约。"
        in tables(app)
    )


def test_reversed_dates_are_no_zero(real_data):
    app = run(script_of("timeline"), timeline_from="2020年12月", timeline_to="2020年5月")
    assert "起止颠倒：从2020年12月到2020年5月" in words(app) and "新签协议0份" not in words(app)


def test_pairs_among_cities_stand_below_the_matrix(real_data):
    app = opened(script_of("pairing"))
    assert "嘉兴×宣城" in tables(app)
    heads = [head.value for head in app.subheader]
    assert heads[1].replace("\\", "").startswith("市县之间："), "directly below the matrix"


def test_nothing_reads_na_on_an_early_day(real_data):
    app = run(script_of("pairing"), as_of="2019-07-01")
    assert "<NA>" not in words(app) + tables(app) and "当时没有公布数" in words(app)


def test_the_day_goes_along_to_the_next_page(real_data):
    app = run(script_of("pairing"), as_of="2020-07-01")
    app.switch_page(script_of("timeline")).run()
    assert "事件与文件21条" in app.title[0].value


def test_full_names_in_the_address_are_not_dropped_in_silence(real_data):
    app = run(script_of("pairing"), cities=["嘉兴市", "火星", "苏州"])
    assert app.multiselect(key="cities").value == ["苏州"]
    assert "网址里的城市用简称：“嘉兴市”请写“嘉兴”" in words(app)


def test_party_in_the_address_narrows_the_axis(real_data):
    app = run(script_of("timeline"), timeline_party="松江区")
    drawn = {
        code
        for trace in json.loads(charts(app)[0])["data"]
        for code in trace.get("customdata") or []
    }
    assert drawn == {"EV020", "EV021", "EV027", "EV030", "EV064"}


def test_the_section_is_in_the_menu():
    assert [page.url for page in PAGES if page.script.startswith("cooperation/")] == [
        "pairing",
        "sojourn",
        "timeline",
    ]

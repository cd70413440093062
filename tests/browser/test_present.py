"""The forum in a real browser: keys, buttons, presenter's window, rotation, and all of it with the network cut."""

import io
import re
from urllib.parse import parse_qs, urlparse

import pytest
from pptx import Presentation

from benchmarks.serving import running
from eldercare import store
from eldercare.talks import decks, files_of, making

DECK = "own:headline,share_map,signed,homes_demo"
SHOWN = "document.querySelector('.slide.shown .stage').parentElement.getAttribute('aria-label').split(' ')[0]"


def slides_on(visitor, path):
    """The deck in a window of its own, as the screen in the hall shows it."""
    page = visitor.page
    page.goto(f"{visitor.url}/{path}")
    page.wait_for_selector(".playing .slide.shown")
    return page


def shown(page, number):
    """Wait for a slide. The page allows no evaluation of strings, not even a test's."""
    page.locator(f".slide.shown[aria-label^='{number} ']").wait_for()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(SHOWN)


def test_keys_and_clickers_turn_the_slides_without_asking_the_server(visitor):
    page = slides_on(visitor, f"slides?deck={DECK}")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    try:
        assert page.evaluate(SHOWN) == "1/6"
        assert press(page, "ArrowRight", "PageDown", "Space") == "4/6"
        assert press(page, "ArrowLeft", "PageUp") == "2/6"
        assert press(page, "End") == "6/6"
        assert press(page, "ArrowRight") == "6/6"
        assert press(page, "Home") == "1/6"
        assert page.locator(".slide:visible").count() == 1
        press(page, "b")
        assert page.locator("#dark").is_visible()
        press(page, "Escape")
        assert not page.locator("#dark").is_visible()
        assert page.url.endswith("#1")
    finally:
        page.context.set_offline(False)
    assert asked == [] == visitor.escapes
    assert visitor.complaints == []


def test_buttons_do_what_the_keys_do_and_show_where_the_talk_is(visitor):
    page = slides_on(visitor, f"slides?deck={DECK}")
    page.mouse.move(300, 300)
    page.get_by_role("button", name="下页").click()
    assert page.evaluate(SHOWN) == "2/6"
    assert page.locator("#count").inner_text() == "2 / 6"
    page.get_by_role("button", name="上页").click()
    assert page.evaluate(SHOWN) == "1/6"
    page.get_by_role("button", name="备注").click()
    assert "长三角养老一体化" in page.locator("#own-notes").inner_text()
    page.get_by_role("button", name="黑屏").click()
    assert page.locator("#dark").is_visible()


def test_the_presenters_window_follows_and_leads(visitor):
    page = slides_on(visitor, f"slides?deck={DECK}")
    with page.expect_popup() as opened:
        press(page, "p")
    desk = opened.value
    desk.wait_for_selector(".desk .told")
    press(page, "ArrowRight")
    desk.get_by_role("heading", name="2 / 6", exact=True).wait_for()
    told = desk.locator(".told").inner_text()
    talk = making.ready(decks.parse(DECK))[1]
    assert talk.exhibits[0].title in told
    assert talk.exhibits[0].quotes[0].reference in told
    assert re.fullmatch(r"\d\d:\d\d", desk.locator(".now").inner_text())
    assert re.search(r"已用时 \d\d:\d\d", desk.locator(".elapsed").inner_text())
    assert talk.exhibits[1].title in desk.locator(".pane").nth(1).inner_text()
    desk.keyboard.press("PageDown")
    shown(page, "3/6")
    desk.close()


@pytest.mark.slow
def test_rotation_can_be_paused_in_sight(visitor):
    page = slides_on(visitor, f"slides?deck={DECK}#seconds=1")
    press(page, "r")
    shown(page, "2/6")
    status = page.locator("#turning")
    assert "自动轮播中" in status.inner_text()
    status.get_by_role("button", name="暂停").click()
    stood = page.evaluate(SHOWN)
    page.wait_for_timeout(1600)
    assert page.evaluate(SHOWN) == stood
    assert "轮播已暂停" in status.inner_text()


@pytest.mark.slow
def test_the_presenters_window_opens_after_the_server_is_gone(chromium, tmp_path):
    """The page from the server is never stored; on stage the machine that served it may be out of reach."""
    with running(tmp_path / "log.txt") as server:
        page = chromium.new_context().new_page()
        page.goto(f"{server.url}/slides?deck={DECK}")
        page.wait_for_selector(".playing .slide.shown")
    with page.expect_popup() as opened:
        press(page, "p")
    desk = opened.value
    desk.wait_for_selector(".desk .told")
    press(page, "ArrowRight")
    desk.get_by_role("heading", name="2 / 6", exact=True).wait_for()
    desk.keyboard.press("PageDown")
    shown(page, "3/6")
    page.context.close()


def test_the_presenters_window_of_a_file_follows_and_leads(chromium, tmp_path):
    """Opened from disk the two windows are strangers to each other."""
    store.current.cache_clear()
    path = tmp_path / "deck.html"
    path.write_bytes(files_of.made(making.ready(decks.parse(DECK))[1], "html"))
    page = chromium.new_context(offline=True).new_page()
    page.goto(path.as_uri())
    with page.expect_popup() as opened:
        press(page, "p")
    desk = opened.value
    desk.wait_for_selector(".desk .told")
    press(page, "ArrowRight", "ArrowRight")
    desk.get_by_role("heading", name="3 / 6", exact=True).wait_for(timeout=5_000)
    desk.keyboard.press("PageDown")
    shown(page, "4/6")
    page.context.close()


@pytest.mark.slow
def test_a_black_screen_stays_black_while_it_rotates_and_the_presenter_still_sees(visitor):
    page = slides_on(visitor, f"slides?deck={DECK}#seconds=1")
    with page.expect_popup() as opened:
        press(page, "p")
    desk = opened.value
    desk.wait_for_selector(".desk .told")
    press(page, "r")
    desk.keyboard.press("b")
    page.locator("#dark").wait_for()
    stood = page.evaluate(SHOWN)
    page.wait_for_timeout(2300)
    assert page.locator("#dark").is_visible()
    assert page.evaluate(SHOWN) == stood
    assert not desk.locator("#dark").is_visible()
    assert desk.locator(".black").inner_text() == "黑屏中"
    desk.keyboard.press("b")
    page.locator("#dark").wait_for(state="hidden")
    assert not desk.locator(".black").is_visible()
    desk.close()


# Words on the shown slide that are smaller than 28 pixels, and by how much its body overflows.
SMALL = """() => { const stage = document.querySelector('.slide.shown .stage'), scale = new DOMMatrix(getComputedStyle(stage).transform).a, found = [];
  for (const part of stage.querySelectorAll('p,td,th,li,text,small,span,b,h1')) { if (!part.textContent.trim() || !part.getClientRects().length) continue;
    const drawing = part.closest('.body svg'), pixels = parseFloat(getComputedStyle(part).fontSize) * (drawing ? part.closest('svg').getScreenCTM().a : scale);
    if (pixels < 27.9) found.push(`${pixels} ${part.textContent.slice(0, 20)}`); }
  const body = stage.querySelector('.body');
  if (body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1) found.push(`over ${body.scrollHeight - body.clientHeight}`);
  return found; }"""


@pytest.mark.parametrize("deck", ["region", pytest.param("city:310000", marks=pytest.mark.slow)])
def test_every_slide_stays_inside_its_frame_on_the_screen_of_a_hall(deck, visitor):
    visitor.page.set_viewport_size({"width": 1920, "height": 1080})
    page = slides_on(visitor, f"slides?deck={deck}")
    count = page.locator(".slide").count()
    for number in range(1, count + 1):
        over = page.evaluate(
            """() => { const stage = document.querySelector('.slide.shown .stage'), own = stage.getBoundingClientRect(), body = stage.querySelector('.body'),
                source = stage.querySelector('.source').getBoundingClientRect().top, found = [];
              for (const part of body.querySelectorAll('tr, .card, li, text, .legend')) { const box = part.getBoundingClientRect();
                if (box.height && (box.bottom > source + 4 || box.right > own.right || box.left < own.left)) found.push(part.textContent.slice(0, 30)); }
              const title = stage.querySelector('h1').getBoundingClientRect(), top = body.getBoundingClientRect().top;
              if (title.bottom > top + 2 && !stage.closest('.cover')) found.push('title ' + stage.querySelector('h1').textContent);
              return found; }"""
        )
        assert over == [], number
        assert page.evaluate(SMALL) == [], number
        press(page, "ArrowRight")
    assert (
        page.evaluate("document.querySelector('.slide.shown h1').getBoundingClientRect().height")
        > 0
    )
    # At 1920 points across a statement is at least 36 pixels high.
    assert (
        page.evaluate(
            "Math.min(...[...document.querySelectorAll('.slide h1')].map(h => parseFloat(h.style.fontSize)))"
        )
        >= 18
    )


def test_the_file_opens_from_disk_without_server_or_request(chromium, tmp_path):
    store.current.cache_clear()
    path = tmp_path / "deck.html"
    path.write_bytes(files_of.made(making.ready(decks.parse(DECK))[1], "html"))
    context = chromium.new_context(offline=True)
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    assert press(page, "ArrowRight") == "2/6"
    assert press(page, "End") == "6/6"
    assert page.locator(".slide.shown figure svg").is_visible()
    # Even a script in the page could not reach out: the page's own policy forbids it.
    assert (
        page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')")
        == "refused"
    )
    assert [url for url in asked if not url.startswith("file:")] == []
    assert all("Content Security Policy" in words for words in said)
    context.close()


def test_the_page_holds_the_slides_and_the_address_holds_the_deck(visitor):
    page = visitor.open("present?deck=karaoke")
    assert "没有“karaoke”这种演示" in page.get_by_test_id("stAlert").inner_text()
    screen = page.frame_locator("[data-testid=stIFrame]")
    screen.locator(".slide.shown").wait_for(timeout=60_000)
    first = making.ready(decks.parse("region"))[1].exhibits[0]
    assert screen.locator(".slide.shown h1").inner_text() == first.title
    page.get_by_role("radio", name="一个城市").click()
    page.wait_for_url("**deck=city*")
    visitor.settle()
    box = page.locator(".st-key-stage_place input")
    box.fill("泰州")
    box.press("Enter")
    page.wait_for_url("**deck=city%3A321200*")
    visitor.settle()
    assert "泰州市" in page.get_by_role("heading", level=1).inner_text()
    asked = parse_qs(urlparse(page.get_by_role("link", name="放映").get_attribute("href")).query)
    assert asked["deck"] == ["city:321200"]
    assert set(asked) == {"deck", "release", "as_of"}
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="PowerPoint").click()
    assert download.value.suggested_filename.startswith("泰州市_20261122.pptx")
    talk = making.ready(decks.parse("city:321200"))[1]
    assert (
        len(Presentation(io.BytesIO(download.value.path().read_bytes())).slides)
        == len(talk.exhibits) + 2
    )
    assert visitor.escapes == []


@pytest.mark.slow
def test_files_and_the_whole_address_are_in_reach(visitor):
    """On a small laptop what is taken along stands above the slides; the address can be copied as it is."""
    visitor.page.set_viewport_size({"width": 1366, "height": 768})
    page = visitor.open("present?deck=own:lists")
    top = page.get_by_test_id("stIFrame").bounding_box()["y"]
    for words in ("PowerPoint", "Word 简报", "Excel 工作簿", "单个网页"):
        box = page.get_by_role("button", name=words).bounding_box()
        assert box["y"] + box["height"] < min(top, 768), words
    page.get_by_test_id("stMain").get_by_text("固定地址").click()
    told = page.get_by_test_id("stCode").inner_text()
    assert told.startswith(f"{visitor.url}/present?deck=own%3Alists&release=")
    assert "别的设备打不开" in page.get_by_test_id("stMain").inner_text()


@pytest.mark.slow
@pytest.mark.parametrize("words", ["Word 简报", "Excel 工作簿", "单个网页"])
def test_the_other_files_are_made_at_the_click(visitor, words):
    page = visitor.open("present?deck=city:321200")
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=words).click()
    assert download.value.path().stat().st_size > 15_000


@pytest.mark.slow
def test_a_deck_saved_to_a_file_opens_again(visitor, tmp_path):
    page = visitor.open("present?deck=own:signed,matrix")
    page.get_by_test_id("stMain").get_by_text("保存这份演示").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="演示文件").click()
    saved = tmp_path / "deck.json"
    download.value.save_as(saved)
    other = visitor.open("present")
    other.get_by_test_id("stMain").get_by_text("打开演示文件").click()
    other.locator(".st-key-stage_file input[type=file]").set_input_files(saved)
    other.get_by_role("button", name="放映这份").click()
    other.wait_for_url("**deck=own*")
    visitor.settle()
    assert "2张图表" in other.get_by_role("heading", level=1).inner_text()


def test_a_window_for_a_deck_that_cannot_be_read_says_so(visitor):
    visitor.page.goto(f"{visitor.url}/slides?deck=city:999999")
    assert "没有地区代码 999999" in visitor.page.content()

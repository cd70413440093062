"""What is kept: made once however many ask, handed to nobody else, never changed by who shows it."""

import gc
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pandas as pd
import pytest
from conftest import assemble

from eldercare import keeping, store
from eldercare.exhibits import Facts, institutions
from eldercare.exhibits.shapes import Bars, Series
from eldercare.faces import screen
from eldercare.keeping import Kept, beside
from eldercare.releases import making

THREADS = 8
AS_OF = date(2026, 6, 30)


def together(work, threads: int = THREADS) -> list:
    """What `work` returns to so many threads that begin at the same moment; a fault is returned, too."""
    start = threading.Barrier(threads)

    def one(number: int):
        start.wait()
        try:
            return work(number)
        except Exception as fault:
            return fault

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(threads)))


def test_eight_who_ask_at_once_get_the_one_value_that_was_made():
    kept, made = Kept(10), []

    def make():
        made.append(1)
        time.sleep(0.1)
        return object()

    found = together(lambda _: kept.get("key", make))
    assert len(made) == 1 and len(set(map(id, found))) == 1


def test_a_fault_meets_only_who_made_it_and_is_not_kept():
    kept, made = Kept(10), []

    def make():
        made.append(1)
        time.sleep(0.05)
        if len(made) == 1:
            raise ValueError("once")
        return "value"

    found = together(lambda _: kept.get("key", make))
    assert [str(each) for each in found].count("once") == 1
    assert found.count("value") == THREADS - 1 and len(made) == 2


def test_who_is_stopped_while_making_leaves_nobody_waiting():
    """Streamlit ends a run with what is no `Exception`."""
    kept = Kept(10)

    def stop():
        raise SystemExit

    with pytest.raises(SystemExit):
        kept.get("key", stop)
    assert kept.get("key", lambda: "value") == "value"


def test_only_the_last_that_were_asked_for_stay():
    kept = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: 1)
    made = []
    for key in ("a", "c", "b"):
        kept.get(key, lambda key=key: made.append(key))
    assert made == ["b"] and len(kept) == 2


def test_what_is_too_large_is_handed_out_and_not_kept():
    kept = Kept(2)
    assert kept.get("key", lambda: "large", lambda value: False) == "large" and not len(kept)


@pytest.mark.parametrize("one,other", [(1, True), (["a", "b"], ["ab"]), ((), None), ("1", 1)])
def test_arguments_that_mean_something_else_are_no_key_of_each_other(one, other):
    assert keeping.fixed(one) != keeping.fixed(other)


def test_rows_are_no_key():
    with pytest.raises(TypeError):
        keeping.fixed([pd.DataFrame()])


@pytest.fixture(scope="module")
def choices(tmp_path_factory):
    """Two releases, with and without the fictitious list; all four have beds of their own."""
    folder = tmp_path_factory.mktemp("two")
    tiny = assemble(folder / "datasets")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ELDERCARE_HOME", str(folder / "var"))
        patch.setenv("ELDERCARE_DATASETS", str(tiny))
        store.current.cache_clear()
        one = making.snapshot("甲")
        for path in ("institutions.csv", "demo/institutions.csv"):
            rows = pd.read_csv(tiny / path, dtype=str)
            rows["beds_total"] += "7"
            rows.to_csv(tiny / path, index=False)
        two = making.snapshot("乙")
        yield [(release.id, demo) for release in (one, two) for demo in (False, True)]
    store.current.cache_clear()


def mixed_up(choices: list[tuple[str, bool]], rounds: int = 25) -> int:
    """How often eight visitors, each of one release and one list, are shown another's beds."""

    def shown(release: str, demo: bool, make) -> list[int]:
        with store.frozen(release):
            return make(Facts(AS_OF), demo).rows["beds"].tolist()

    # `__wrapped__` works it out anew each time.
    own = {choice: shown(*choice, institutions.homes.__wrapped__) for choice in choices}
    assert len({str(beds) for beds in own.values()}) == len(choices), (
        "all four have beds of their own"
    )

    def visit(number: int) -> int:
        choice = choices[number % len(choices)]
        return sum(shown(*choice, institutions.homes) != own[choice] for _ in range(rounds))

    return sum(together(visit))


@pytest.mark.slow
def test_nobody_is_shown_another_release_or_list(choices):
    assert mixed_up(choices) == 0


def test_the_check_above_catches_a_key_without_the_arguments(choices, monkeypatch):
    monkeypatch.setattr(store, "fixed", lambda arguments: ())
    assert mixed_up(choices) > 0


def test_the_check_above_catches_a_key_without_the_build(choices, monkeypatch):
    everybodys = Kept(100)
    for release, _demo in choices:
        monkeypatch.setattr(store.of(release).answers, "values", everybodys)
    assert mixed_up(choices) > 0


def test_a_build_that_comes_meanwhile_is_not_mixed_into_what_is_being_made(tiny, monkeypatch):
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    store.current.cache_clear()

    @store.kept
    def names() -> tuple[list[str], list[str]]:
        before = store.ask("sources_cited", source_ids=["S1"])["title"].tolist()
        text = (tiny / "sources.csv").read_text(encoding="utf-8")
        (tiny / "sources.csv").write_text(text.replace("测试公文", "别的"), encoding="utf-8")
        with ThreadPoolExecutor(1) as another:
            another.submit(store.current().refresh).result()
        return before, store.ask("sources_cited", source_ids=["S1"])["title"].tolist()

    before, after = names()
    assert before == after == ["测试公文"]
    assert names()[0] == ["别的"]
    store.current.cache_clear()


def test_a_drawing_is_made_once_for_its_shape_and_its_size():
    shape = Bars(("a",), (Series("b", (1.0,), "now"),), "")
    assert screen.bars(shape) is screen.bars(shape)
    assert screen.bars(shape, height=300) is not screen.bars(shape)
    assert screen.bars(Bars(("a",), (Series("b", (2.0,), "now"),), "")) is not screen.bars(shape)


def test_who_marks_a_drawing_leaves_the_kept_one_as_it_was():
    drawn = screen.bars(Bars(("a",), (Series("b", (1.0,), "now"),), ""))
    before = str(drawn.to_dict())
    marked = drawn.with_annotation(text="演示数据")
    assert "演示数据" in str(marked.to_dict()) and str(drawn.to_dict()) == before


def test_what_is_beside_a_value_goes_with_it():
    class Value:
        pass

    class Told:
        pass

    @beside
    def told(value):
        return Told()

    value = Value()
    alive = weakref.ref(told(value))
    assert alive() is told(value)
    del value
    gc.collect()
    assert alive() is None

"""Every page in an engine without the functions that came after Chromium 86."""

import pytest
from menu import PAGES

# Owner and name of what the front end may call and Chromium 86 does not have.
LATER = """
[Array.prototype, Object.getPrototypeOf(Int8Array.prototype)].forEach(owner =>
  ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with', 'toSpliced'].forEach(name => delete owner[name]));
for (const [owner, names] of [
  [String.prototype, ['at', 'isWellFormed', 'toWellFormed']], [Object, ['hasOwn', 'groupBy']], [Map, ['groupBy']],
  [Array, ['fromAsync']], [Promise, ['withResolvers', 'try']], [AbortSignal, ['timeout', 'any']],
  [AbortSignal.prototype, ['throwIfAborted', 'reason']], [URL, ['canParse', 'parse']],
  [Object.getPrototypeOf(crypto), ['randomUUID']], [Element.prototype, ['checkVisibility', 'setHTMLUnsafe', 'togglePopover']],
  [Intl, ['Segmenter', 'supportedValuesOf', 'DurationFormat']], [Error, ['captureStackTrace']],
  [Set.prototype, ['union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']],
  [window, ['structuredClone', 'reportError', 'scheduler', 'Iterator']], [Navigator.prototype, ['userAgentData']],
]) names.forEach(name => delete owner[name]);
window.nothingLater = !('at' in Array.prototype) && !Object.hasOwn && !window.structuredClone;
"""
EVERYDAY = {"overview"}


@pytest.mark.parametrize(
    "page",
    [pytest.param(p.url, marks=() if p.url in EVERYDAY else pytest.mark.slow) for p in PAGES],
)
def test_a_page_opens_without_what_came_after_chromium_86(visitor, page):
    visitor.page.add_init_script(LATER)
    opened = visitor.open(page)
    assert opened.evaluate("window.nothingLater"), "the functions were there after all"
    told = opened.locator("[role=dialog], [data-testid=stException]").all_inner_texts()
    assert (told, visitor.complaints) == ([], [])
    assert opened.locator("[data-testid=stMain] h1, [data-testid=stMain] h2").count()

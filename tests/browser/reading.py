"""What a reader meets on an opened page: lost or overlapping words, and whether the keyboard's place can be seen."""

# Words that are cut, that run out of the page, or that lie on others; and whether the page itself moves sideways.
# What moves sideways inside its own box is reached by finger and keyboard: nothing is lost there.
LOSSES = """() => {
  const found = [], SLACK = 2;
  const brief = text => text.trim().replace(/\\s+/g, ' ').slice(0, 40);
  const drawn = node => node.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const main = document.querySelector('[data-testid=stMain]') || document.documentElement;
  for (const box of new Set([document.scrollingElement, main]))
    if (box.scrollWidth > box.clientWidth + 1) found.push(['sideways', box.scrollWidth + ' in ' + box.clientWidth]);

  // Each piece of text with its rectangle, and where it is cut: by a box that hides what is beyond it, or by the window.
  const cut = (node, rect) => {
    for (let box = node; box && box !== main.parentElement; box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect();
      const sideways = ['auto', 'scroll'].includes(style.overflowX), upright = ['auto', 'scroll'].includes(style.overflowY);
      const hides = style.overflowX !== 'visible' && style.display !== 'inline' && edge.width > 2 && box !== main;
      if (hides && !sideways && (rect.left < edge.left - SLACK || rect.right > edge.right + SLACK)) return 'cut';
      if (hides && !upright && (rect.top < edge.top - 4 || rect.bottom > edge.bottom + 4)) return 'cut';
      if (sideways) return '';
    }
    return rect.right > innerWidth + SLACK || rect.left < -SLACK ? 'outside' : '';
  };
  // What of a rectangle the boxes around it let through: the rest lies beside others without being on them.
  const seen = (node, {left, right, top, bottom}) => {
    for (let box = node; box && box !== main; box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect();
      if (style.overflowX === 'visible' || style.display === 'inline') continue;
      [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
      [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    return {left, right, top, bottom, height: bottom - top};
  };
  const pieces = [];
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest('svg,script,style,noscript,[data-testid=stIconMaterial]') || !drawn(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 2 || rect.height < 2) continue;
      let box = parent, tiny = false;
      for (; box && box !== main; box = box.parentElement) if (box.offsetWidth <= 2 && getComputedStyle(box).overflow !== 'visible') tiny = true;
      if (tiny) continue;
      const why = cut(parent, rect);
      if (why) found.push([why, brief(node.data)]);
      const shown = seen(parent, rect);
      if (shown.right > shown.left && shown.bottom > shown.top) pieces.push([shown, node]);
    }
  }
  const placed = pieces.sort((one, other) => one[0].top - other[0].top);
  for (let i = 0; i < placed.length; i++)
    for (let j = i + 1; j < placed.length && placed[j][0].top < placed[i][0].bottom - 4; j++) {
      const [one, other] = [placed[i][0], placed[j][0]];
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (placed[i][1] !== placed[j][1] && wide > 3 && high > one.height * 0.35)
        found.push(['overlap', brief(placed[i][1].data) + ' | ' + brief(placed[j][1].data)]);
    }

  // Words inside drawings: turned ones by their own corners.
  const corners = text => {
    const box = text.getBBox(), matrix = text.getScreenCTM(), inset = Math.min(box.height * 0.22, 4);
    return [[box.x + 1, box.y + inset], [box.x + box.width - 1, box.y + inset],
            [box.x + box.width - 1, box.y + box.height - inset], [box.x + 1, box.y + box.height - inset]]
      .map(([x, y]) => [matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f]);
  };
  const apart = (one, other) => [[one, 0], [one, 1], [other, 0], [other, 1]].some(([shape, i]) => {
    const [x, y] = [shape[i + 1][0] - shape[i][0], shape[i + 1][1] - shape[i][1]], length = Math.hypot(x, y) || 1;
    const along = points => points.map(([px, py]) => (px * x + py * y) / length);
    const [a, b] = [along(one), along(other)];
    return Math.max(...a) <= Math.min(...b) + 1 || Math.max(...b) <= Math.min(...a) + 1;
  });
  const pictures = [...document.querySelectorAll('.js-plotly-plot, section.slide svg')].filter(drawn);
  for (const picture of pictures) {
    const words = [...picture.querySelectorAll('text')].filter(
      text => text.textContent.trim() && !text.closest('.hoverlayer,defs') && drawn(text) && text.getBBox().width > 0);
    const shapes = words.map(corners), name = text => brief(text.textContent);
    words.forEach((text, i) => {
      const rect = text.getBoundingClientRect();
      const why = cut(text.ownerSVGElement, rect);
      if (why) found.push([why, 'drawing: ' + name(text)]);
      for (let j = i + 1; j < words.length; j++)
        if (!apart(shapes[i], shapes[j])) found.push(['overlap', 'drawing: ' + name(text) + ' | ' + name(words[j])]);
    });
  }
  return found;
}"""


def losses(page):
    """What a reader of this page cannot read: kind and words, each once."""
    return sorted({tuple(each) for each in page.evaluate(LOSSES)})


def unfold(exhibit, name):
    """Opens 下载 of an exhibit, or what it keeps under 更多; returns where that stands."""
    if name == "下载":
        exhibit.get_by_role("button", name="下载", exact=True).click()
        return exhibit.page.get_by_test_id("stPopoverBody")
    exhibit.get_by_role("button", name="更多", exact=True).click()
    exhibit.page.get_by_role("menuitem", name=name, exact=True).click()
    exhibit.get_by_role("button", name="收起", exact=True).wait_for()
    return exhibit

/* Heads of tables sort them: by click, by keyboard, and as the address says (?order=KEY.heading, with "-" from high to low). */
if (!window.sorting) {
  const MISSING = /^(|—|／|未载|公开资料未载|未注明日期)$/;
  const DAY = /^(?:截至|不晚于|约)?(\d{4})(?:年(底)?|-(?=\d\d-\d\d$))(?:(\d{1,2})(?:月(底)?|-))?(?:(\d{1,2})日?)?/;
  const NUMBER = /^(?:约|近|超过?|逾|至少?|不足|不少于|第|≥|<)?([+−-]?\d[\d,]*(?:\.\d+)?)[余多]?([万亿])?/;
  /* A column of numbers stands to the right, if nothing but a unit, a second number or a remark in brackets follows them. */
  const PLAIN = /^[^\d（]{0,3}[\d,.]+(?:[—/÷][\d,.]+)?[^\d（]{0,6}(?:（[^）]*）)?$/;
  const POWER = { 万: 1e4, 亿: 1e8 };

  const words = cell => (cell ? cell.textContent : '').trim();
  const day = text => {
    const found = DAY.exec(text);
    if (!found) return null;
    const [, year, yearEnd, month, monthEnd, date] = found;
    return +year * 1e4 + (yearEnd ? 1231 : (+month || 0) * 100 + (monthEnd ? 31 : +date || 0));
  };
  const amount = text => {
    const found = NUMBER.exec(text);
    return found && parseFloat(found[1].replace(/,/g, '').replace('−', '-')) * (POWER[found[2]] || 1);
  };
  const byWords = (a, b) => a.localeCompare(b, 'zh', { numeric: true });
  const byValue = (a, b) => a - b;

  /* What the cells of a column are, all of them: days, numbers, or else words. */
  const read = texts => {
    const known = texts.filter(text => !MISSING.test(text));
    const kind = [day, amount].find(kind => known.length && known.every(text => kind(text) !== null));
    return {
      values: texts.map(text => MISSING.test(text) ? null : kind ? kind(text) : text),
      compare: kind ? byValue : byWords,
      numbers: kind === amount && known.every(text => PLAIN.test(text)),
    };
  };
  /* An order is KEY.heading; React may give the table of one exhibit to the next, so each order says whose it is. */
  const TABLES = '[data-testid=stTable] table', EXHIBIT = '[class*=st-key-exhibit_]';
  const owner = table => {
    const exhibit = table.closest(EXHIBIT);
    return exhibit?.querySelector(TABLES) === table ? `${/st-key-exhibit_(\S+)/.exec(exhibit.className)[1]}.` : '.';
  };
  /* Of such a list only a part is here: the server sorts the whole. */
  const isPart = table => owner(table) !== '.' && table.closest('[class*=st-key-part_]');
  const inAddress = () => new URL(location).searchParams.get('order');
  const orderOf = table =>
    [table.dataset.order, inAddress()].find(order => order?.startsWith(owner(table)))?.slice(owner(table).length) || '';
  const ask = (table, order) => {
    const address = new URL(location);
    table.dataset.order = owner(table) + order;
    if (owner(table) === '.') return;
    if (order) address.searchParams.set('order', table.dataset.order);
    else address.searchParams.delete('order');
    /* Another order begins on its first page. */
    if (isPart(table)) [...address.searchParams.keys()].filter(name => name.endsWith('_page'))
      .forEach(name => address.searchParams.delete(name));
    history.replaceState(history.state, '', address);
  };

  /* React made the table and keeps it up to date: we add a button to a head, and move rows, but take nothing away. */
  const arrange = table => {
    const rows = [...table.tBodies[0]?.rows || []], heads = [...table.tHead?.rows[0]?.cells || []];
    rows.forEach((row, place) => { row.dataset.row ??= place; });
    const first = [...rows].sort((a, b) => a.dataset.row - b.dataset.row);
    const order = orderOf(table), down = order.startsWith('-');
    let sorted = first;
    heads.forEach((head, place) => {
      const title = words(head), column = read(first.map(row => words(row.cells[place])));
      [head, ...rows.map(row => row.cells[place])].forEach(cell => cell?.toggleAttribute('data-number', column.numbers));
      if (!title || rows.length < 2) return;
      const chosen = order === (down ? '-' : '') + title;
      head.setAttribute('aria-sort', chosen ? down ? 'descending' : 'ascending' : 'none');
      let button = head.querySelector('button');
      if (!button) {
        button = head.appendChild(document.createElement('button'));
        button.type = 'button';
        button.title = '按此列排序';
        head.firstElementChild.setAttribute('aria-hidden', 'true');
      }
      button.setAttribute('aria-label', title);
      /* The first click: the highest and the newest on top, words from A on; the third: as it was. */
      const [one, other] = column.compare === byValue ? [`-${title}`, title] : [title, `-${title}`];
      button.dataset.next = !chosen ? one : order === one ? other : '';
      if (!chosen || isPart(table)) return;
      const { values, compare } = column, at = new Map(first.map((row, index) => [row, values[index]]));
      sorted = [...first].sort((a, b) => {
        const [x, y] = [at.get(a), at.get(b)];
        if (x === null || y === null) return (x === null) - (y === null);
        return down ? compare(y, x) : compare(x, y);
      });
    });
    if (sorted.some((row, place) => row !== rows[place])) table.tBodies[0].append(...sorted);
  };

  const changed = new Set();
  const note = node => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const around = element?.closest(TABLES);
    (around ? [around] : element?.querySelectorAll(TABLES) || []).forEach(table => changed.add(table));
  };
  const settle = () => {
    const tables = [...changed].filter(table => table.isConnected);
    changed.clear();
    tables.forEach(arrange);
    /* What we moved is not news. */
    window.sorting.takeRecords();
  };
  window.sorting = new MutationObserver(changes => {
    changes.forEach(change => [change.target, ...change.addedNodes].forEach(note));
    settle();
  });
  window.sorting.observe(document.body, { childList: true, subtree: true, characterData: true });
  /* Another address of the same page, by Back or a link, asks for another order. */
  addEventListener('popstate', () => document.querySelectorAll(TABLES).forEach(table => {
    delete table.dataset.order;
    arrange(table);
  }));
  document.addEventListener('click', event => {
    const button = event.target.closest(`:is(${TABLES}) th>button`);
    if (!button) return;
    const table = button.closest('table');
    ask(table, button.dataset.next);
    arrange(table);
    window.sorting.takeRecords();
    if (isPart(table)) dispatchEvent(new PopStateEvent('popstate'));
  });
  note(document.body);
  settle();
}

/* What the front end calls and engines of Chromium 86 to 109 do not have yet; each is added only where it is missing. */
(() => {
  const add = (owner, name, made) => {
    if (owner && !(name in owner)) Object.defineProperty(owner, name, { value: made, writable: true, configurable: true });
  };
  const lists = [Array.prototype, Object.getPrototypeOf(Int8Array.prototype)];
  const at = function (index) {
    const place = Math.trunc(index) || 0;
    return this[place < 0 ? place + this.length : place];
  };
  [...lists, String.prototype].forEach(owner => add(owner, 'at', at));
  lists.forEach(owner => {
    add(owner, 'findLastIndex', function (wanted, self) {
      for (let place = this.length - 1; place >= 0; place--) if (wanted.call(self, this[place], place, this)) return place;
      return -1;
    });
    add(owner, 'findLast', function (wanted, self) { return this[owner.findLastIndex.call(this, wanted, self)]; });
    add(owner, 'toSorted', function (order) { return this.slice().sort(order); });
    add(owner, 'toReversed', function () { return this.slice().reverse(); });
    add(owner, 'with', function (index, value) {
      const copy = this.slice(), place = Math.trunc(index) || 0;
      copy[place < 0 ? place + copy.length : place] = value;
      return copy;
    });
  });
  add(Array.prototype, 'toSpliced', function (...change) {
    const copy = this.slice();
    copy.splice(...change);
    return copy;
  });
  add(Object, 'hasOwn', (owner, name) => Object.prototype.hasOwnProperty.call(owner, name));
  add(Object, 'groupBy', (entries, group) => {
    const found = Object.create(null);
    let place = 0;
    for (const entry of entries) {
      const key = group(entry, place++);
      (found[key] = found[key] || []).push(entry);
    }
    return found;
  });
  add(Promise, 'withResolvers', () => {
    const made = {};
    made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
    return made;
  });
  add(AbortSignal, 'timeout', wait => {
    const control = new AbortController();
    setTimeout(() => control.abort(), wait);
    return control.signal;
  });
  add(AbortSignal.prototype, 'throwIfAborted', function () {
    if (this.aborted) throw new DOMException('aborted', 'AbortError');
  });
  add(URL, 'canParse', (address, base) => {
    try { return Boolean(new URL(address, base)); } catch (fault) { return false; }
  });
  /* Also missing in newer engines where the page is not served by https, as on an intranet. */
  add(crypto, 'randomUUID', () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  });
  add(Element.prototype, 'checkVisibility', function () { return this.getClientRects().length > 0; });
  const clone = (value, known) => {
    if (typeof value === 'function') throw new DOMException('a function', 'DataCloneError');
    if (value === null || typeof value !== 'object') return value;
    if (known.has(value)) return known.get(value);
    const keep = made => (known.set(value, made), made);
    if (value instanceof Date) return keep(new Date(value));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    if (value instanceof ArrayBuffer) return keep(value.slice(0));
    if (ArrayBuffer.isView(value)) {
      const bytes = clone(value.buffer, known);
      return keep(new value.constructor(bytes, value.byteOffset, value.length === undefined ? value.byteLength : value.length));
    }
    if (value instanceof Map) {
      const made = keep(new Map());
      value.forEach((part, key) => made.set(clone(key, known), clone(part, known)));
      return made;
    }
    if (value instanceof Set) {
      const made = keep(new Set());
      value.forEach(part => made.add(clone(part, known)));
      return made;
    }
    const made = keep(Array.isArray(value) ? [] : {});
    Object.keys(value).forEach(key => { made[key] = clone(value[key], known); });
    return made;
  };
  add(window, 'structuredClone', value => clone(value, new Map()));
})();

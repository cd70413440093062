/* Slides of one deck: keys, buttons, rotation, presenter window. No request is ever made; only what stands in the page is shown. */
'use strict';
(() => {
  // Before anything is changed: the presenter's window is made from the page itself, so that it opens with the network cut.
  const whole = '<!doctype html>' + document.documentElement.outerHTML;
  const body = document.body, told = body.dataset, slides = [...document.querySelectorAll('.slide')];
  const dark = document.getElementById('dark'), ownNotes = document.getElementById('own-notes'), turning = document.getElementById('turning');
  // Never the window itself: from a file the two are strangers to each other, and a stranger turned into words is refused.
  const presenting = location.hash === '#presenter' && Boolean(window.opener);
  const asked = Number(new URLSearchParams(location.hash.slice(1)).get('seconds')) || 15;
  let shown = Math.min(Math.max(parseInt(location.hash.slice(1), 10) || 1, 1), slides.length) - 1;
  let timer = 0, paused = false, black = false, other = presenting ? window.opener : null, started = Date.now(), asleep = 0;
  const desk = document.createElement('div');

  const act = {
    on: () => go(shown + 1), back: () => go(shown - 1), first: () => go(0), last: () => go(slides.length - 1),
    blank: () => { blacken(!black); tell(); },
    full: () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {}),
    notes: () => { ownNotes.hidden = !ownNotes.hidden; draw(); },
    turn: () => { timer ? stop() : start(); }, pause: () => { paused = !paused; rotation(); },
    leave: () => { if (black) act.blank(); else if (timer) stop(); else if (!ownNotes.hidden) act.notes(); else if (document.fullscreenElement) document.exitFullscreen(); },
    presenter: () => {
      const own = URL.createObjectURL(new Blob([whole], { type: 'text/html' }));
      other = window.open(own + '#presenter', 'eldercare-presenter', 'width=1100,height=760');
      if (!other && ownNotes.hidden) { act.notes(); ownNotes.prepend(line(told.blocked)); }
    },
    reset: () => { started = Date.now(); },
  };
  const keys = {
    ArrowRight: 'on', ArrowDown: 'on', PageDown: 'on', Enter: 'on', ArrowLeft: 'back', ArrowUp: 'back', PageUp: 'back', Backspace: 'back',
    Home: 'first', End: 'last', b: 'blank', '.': 'blank', f: 'full', F5: 'full', n: 'notes', r: 'turn', p: 'presenter', Escape: 'leave',
  };

  function line(words) { const p = document.createElement('p'); p.textContent = words; return p; }

  function go(number) {
    const wanted = Math.min(Math.max(number, 0), slides.length - 1);
    blacken(false);
    shown = wanted;
    draw();
    tell();
  }

  /* Only the screen in the hall goes black; the presenter's window says so. */
  function blacken(on) {
    black = on;
    dark.hidden = presenting || !on;
    const flag = desk.querySelector('.black');
    if (flag) flag.hidden = !on;
  }

  function fit(stage, width, height) {
    const scale = Math.min(width / 960, height / 540);
    stage.style.transform = `translate(${(width - 960 * scale) / 2}px,${(height - 540 * scale) / 2}px) scale(${scale})`;
  }

  function draw() {
    if (presenting) return drawDesk();
    slides.forEach((slide, number) => { slide.classList.toggle('shown', number === shown); slide.setAttribute('aria-hidden', number !== shown); });
    fit(slides[shown].querySelector('.stage'), innerWidth, innerHeight);
    document.getElementById('count').textContent = `${shown + 1} / ${slides.length}`;
    if (!ownNotes.hidden) ownNotes.replaceChildren(...[...slides[shown].querySelector('.notes').children].map(p => p.cloneNode(true)));
    try { history.replaceState(null, '', '#' + (shown + 1)); } catch (refused) { body.dataset.unaddressed = String(refused.name); }
  }

  /* The two windows of one talk: each tells the other where it is. Only a window that this one opened, or that opened it, is heard. */
  function tell() { if (other && !other.closed) other.postMessage({ deck: document.title, shown, dark: black }, '*'); }
  addEventListener('message', event => {
    const said = event.data;
    if (!other && window.opener === event.source) other = event.source;
    if (event.source !== other || !said || said.deck !== document.title) return;
    if (said.hello) return tell();
    if (Number.isInteger(said.shown) && said.shown >= 0 && said.shown < slides.length) { shown = said.shown; blacken(Boolean(said.dark)); draw(); }
  });

  function start() { timer = setInterval(() => { if (!paused && !black) go((shown + 1) % slides.length); }, asked * 1000); paused = false; rotation(); }
  function stop() { clearInterval(timer); timer = 0; rotation(); }
  function rotation() {
    turning.hidden = !timer;
    turning.querySelector('span').textContent = paused ? told.paused : told.turning.replace('{s}', asked);
    turning.querySelector('button').textContent = paused ? told.go : told.pause;
  }

  /* The presenter's window: this slide, the next one, the notes, the time. */
  function pane(number) {
    const box = document.createElement('div');
    box.className = 'pane';
    const stage = slides[number].querySelector('.stage').cloneNode(true);
    const kinds = document.createElement('div');
    kinds.className = slides[number].className.replace('shown', '');
    kinds.append(stage);
    box.append(kinds);
    return box;
  }
  function drawDesk() {
    const heading = words => { const h = document.createElement('h2'); h.textContent = words; return h; };
    const left = document.createElement('div'), right = document.createElement('div'), words = document.createElement('div');
    left.append(heading(`${shown + 1} / ${slides.length}`), pane(shown));
    right.append(heading(shown + 1 < slides.length ? told.next : told.end));
    if (shown + 1 < slides.length) right.append(pane(shown + 1));
    words.className = 'told';
    words.append(...[...slides[shown].querySelector('.notes').children].map(p => p.cloneNode(true)));
    desk.replaceChildren(desk.firstChild, left, right, words);
    desk.querySelectorAll('.pane').forEach(box => fit(box.querySelector('.stage'), box.clientWidth, box.clientHeight));
  }
  function clock() {
    const seconds = Math.floor((Date.now() - started) / 1000), two = n => String(n).padStart(2, '0'), now = new Date();
    desk.querySelector('.now').textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
    desk.querySelector('.elapsed').textContent = `${told.elapsed} ${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  }
  if (presenting) {
    const time = document.createElement('div'), now = document.createElement('b'), elapsed = document.createElement('span');
    time.className = 'time'; now.className = 'now'; elapsed.className = 'elapsed';
    time.append(now, elapsed);
    const flag = document.createElement('strong');
    flag.className = 'black'; flag.hidden = true; flag.textContent = told.black;
    // The same words as on the buttons below the slides.
    const named = what => document.querySelector(`nav [data-do="${what}"]`).textContent;
    for (const [what, words] of [['back', named('back')], ['on', named('on')], ['reset', told.reset]]) {
      const button = document.createElement('button');
      button.type = 'button'; button.dataset.do = what; button.textContent = words;
      time.append(button);
    }
    time.append(flag);
    desk.className = 'desk';
    desk.append(time);
    document.querySelector('main').hidden = true;
    document.querySelector('nav').hidden = true;
    body.prepend(desk);
    clock();
    setInterval(clock, 500);
    other.postMessage({ deck: document.title, hello: true }, '*');
  } else {
    body.classList.add('playing');
    dark.title = told.blanked;
  }

  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const button = event.target.closest && event.target.closest('button');
    if (button && (event.key === 'Enter' || event.key === ' ')) return;
    const what = event.key === ' ' ? (event.shiftKey ? 'back' : 'on') : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!what) return;
    event.preventDefault();
    act[what]();
  });
  addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button) { act[button.dataset.do](); if (event.detail) button.blur(); } else if (event.target === dark) act.blank();
  });
  let touched = null;
  addEventListener('touchstart', event => { touched = event.changedTouches[0].clientX; }, { passive: true });
  addEventListener('touchend', event => {
    const moved = touched === null ? 0 : event.changedTouches[0].clientX - touched;
    if (Math.abs(moved) > 60) go(shown + (moved < 0 ? 1 : -1));
  }, { passive: true });
  function wake() {
    body.classList.add('awake'); body.classList.remove('asleep');
    clearTimeout(asleep);
    asleep = setTimeout(() => { body.classList.remove('awake'); body.classList.add('asleep'); }, 2500);
  }
  addEventListener('mousemove', wake);
  addEventListener('resize', draw);
  addEventListener('hashchange', () => { const n = parseInt(location.hash.slice(1), 10); if (n && n - 1 !== shown) go(n - 1); });
  wake();
  draw();
})();

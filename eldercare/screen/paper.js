/* Paper: a drawing has the width of the screen and cannot be drawn anew while a sheet is made. It is scaled to the width there is. */
if (!window.onPaper) {
  window.onPaper = () => document.querySelectorAll('.js-plotly-plot .svg-container').forEach(box => {
    box.style.setProperty('--wide', box.clientWidth + 'px');
    box.style.setProperty('--shape', box.clientWidth + ' / ' + box.clientHeight);
    box.querySelectorAll('.main-svg').forEach(drawn =>
      drawn.setAttribute('viewBox', '0 0 ' + drawn.getAttribute('width') + ' ' + drawn.getAttribute('height')));
  });
  addEventListener('beforeprint', window.onPaper);
  /* Before Streamlit hears of it: nothing on the page changes. */
  document.addEventListener('click', event => {
    if (!event.target.closest('.st-key-screen_print')) return;
    event.stopPropagation();
    print();
  }, true);
}

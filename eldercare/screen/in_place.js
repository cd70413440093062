/* One page, one step back: what the front end of Streamlit does otherwise. The list of pages is filled in by `appearance`. */
if (!window.inPlace) {
  const pages = PAGES, open = history.pushState.bind(history);
  /* Boxes of the frame that a link inside the dashboard leaves as they are. */
  const KEPT = ['elder', 'release'];

  /* A filter changes the address of a page and opens none: Back leads to the page before. */
  history.pushState = (state, title, address) =>
    new URL(address, location).pathname === location.pathname
      ? history.replaceState(state, title, address) : open(state, title, address);

  /* A link to a page of ours opens it here, in the same visit; with Ctrl or Shift it is the browser's. */
  window.inPlace = address => {
    open({}, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
    document.querySelector('[data-testid=stMain]').scrollTo(0, 0);
  };
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href]');
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const address = new URL(link.href), now = new URL(location);
    if (address.origin !== now.origin || link.hasAttribute('download') || !pages.includes(address.pathname.split('/').pop())) return;
    event.preventDefault();
    KEPT.filter(name => now.searchParams.has(name) && !address.searchParams.has(name))
      .forEach(name => address.searchParams.set(name, now.searchParams.get(name)));
    window.inPlace(address);
  });
}

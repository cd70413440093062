/* Words of the front end of Streamlit, said in Chinese; the two lists are filled in by `appearance`. */
if (!window.inChinese) {
  const words = WORDS, sentences = SENTENCES.map(([like, said]) => [new RegExp(like), said]);
  /* What comes from data or from us stands in these, and is left alone. */
  const OURS = '[data-testid=stMarkdownContainer],[data-testid=stTable],[data-testid=stHtml],pre,code,svg,script,style';
  const LABELS = ['aria-label', 'title', 'placeholder', 'alt'];

  const said = text => {
    const bare = (text || '').trim();
    if (!/[A-Za-z]{3}/.test(bare)) return null;
    if (words[bare]) return words[bare];
    const found = sentences.find(([like]) => like.test(bare));
    return found ? bare.replace(found[0], found[1]).trim() : null;
  };
  const relabel = element => LABELS.forEach(name => {
    const now = said(element.getAttribute(name));
    if (now) element.setAttribute(name, now);
  });
  const read = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      const now = node.parentElement && !node.parentElement.closest(OURS) && said(node.data);
      if (now) node.data = now;
    } else if (node.nodeType === Node.ELEMENT_NODE && node.matches(OURS)) {
      /* No text makes a button: those in it are Streamlit's. */
      node.querySelectorAll('button').forEach(relabel);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      relabel(node);
      node.childNodes.forEach(read);
    }
  };

  window.inChinese = new MutationObserver(changes => changes.forEach(change => {
    if (change.type === 'attributes') relabel(change.target);
    else if (change.type === 'characterData') read(change.target);
    else change.addedNodes.forEach(read);
  }));
  const watched = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: LABELS };
  window.inChinese.observe(document.body, watched);
  read(document.body);
}


'use strict';
(() => {
  const form = document.querySelector('form.filters');
  const chart = document.querySelector('svg.chart');
  const entries = [...document.querySelectorAll('article')];
  const count = form.querySelector('output');
  const choices = [...form.querySelectorAll('select')];
  const search = form.elements.words;
  let chosen = null; // The bar of the chart that was clicked.

  // Words are found whatever their case and accents.
  const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const texts = new Map();
  const textOf = entry => {
    if (!texts.has(entry)) texts.set(entry, fold(entry.textContent));
    return texts.get(entry);
  };

  const isChosen = (entry, choice) =>
    choice.value === '' || (entry.dataset[choice.name] ?? '').split(' ').includes(choice.value);
  const isInTime = entry => {
    if (!chosen) return true;
    const time = Number(entry.dataset.time ?? NaN);
    return time >= Number(chosen.dataset.from) && time < Number(chosen.dataset.to);
  };

  const update = () => {
    const words = fold(search.value).split(/\s+/).filter(word => word);
    let shown = 0;
    for (const entry of entries) {
      const isShown = isInTime(entry)
        && choices.every(choice => isChosen(entry, choice))
        && words.every(word => textOf(entry).includes(word));
      entry.hidden = !isShown;
      shown += isShown;
    }
    // A day or a live blog without entries has nothing to say; the innermost come last.
    for (const section of [...document.querySelectorAll('main section')].reverse()) {
      section.hidden = !section.querySelector('article:not([hidden])');
    }
    chart?.classList.toggle('filtered', chosen !== null);
    for (const bar of chart?.querySelectorAll('a') ?? []) bar.classList.toggle('chosen', bar === chosen);
    const all = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
    count.textContent = shown === entries.length ? all : `${shown} of ${all}`;
    highlight(words);
  };

  // Shows the words that were found, where the browser can do so without touching the text.
  const highlight = words => {
    if (!window.Highlight || !CSS.highlights) return;
    const found = new Highlight();
    const isLongEnough = word => word.length > 1;
    for (const entry of words.some(isLongEnough) ? entries.filter(entry => !entry.hidden) : []) {
      const walker = document.createTreeWalker(entry, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.toLowerCase();
        if (text.length !== node.data.length) continue;
        for (const word of words.filter(isLongEnough)) {
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            found.add(range);
          }
        }
      }
    }
    CSS.highlights.set('found', found);
  };

  const clear = () => {
    chosen = null;
    form.reset();
    update();
  };

  // A permalink leads to its entry, also to one that is filtered out.
  const follow = () => {
    const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (entry?.hidden) {
      clear();
      entry.scrollIntoView();
    }
  };

  const step = way => {
    const shown = entries.filter(entry => !entry.hidden);
    const at = shown.findIndex(entry => entry.contains(document.activeElement));
    const next = at < 0 ? shown[way > 0 ? 0 : shown.length - 1] : shown[at + way];
    next?.querySelector('.when').focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  };

  form.addEventListener('input', update);
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(() => { chosen = null; update(); }));
  chart?.addEventListener('click', event => {
    const bar = event.target.closest('a');
    if (!bar) return;
    chosen = bar === chosen ? null : bar;
    update();
  });
  addEventListener('hashchange', follow);
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return clear();
    if (event.target.closest?.('input, select, textarea')) return;
    if (event.key === '/') {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'j' || event.key === 'k') {
      step(event.key === 'j' ? 1 : -1);
    }
  });

  form.hidden = false;
  update();
  follow();
})();

// The page around the wasm: asks it which product a pasted text means, and shows the answer.
// Loaded before sampan.js, which takes `Module` from here.
'use strict';

const form = document.querySelector('form');
const field = form.elements.q;
const answer = document.getElementById('answer');

const marketplaces = {
  taobao: 'Taobao or Tmall',
  taobao_global: 'Taobao Global',
  alibaba1688: '1688',
  jd: 'JD',
};
const refusals = {
  link_needs_lookup: 'Only the marketplace knows where this leads',
  link_not_a_product: 'Not a product',
  link_ambiguous: 'Which marketplace?',
  link_unsupported: 'Not sold here',
};

// The shop's wasm: not here yet, here, or never.
let state = 'loading';
let waiting = null;  // the text that was asked before the wasm was here

var Module = {
  postRun: [() => {
    state = 'ready';
    if (waiting !== null) show(waiting);
  }],
  onAbort: () => give_up('The program that reads links could not start in this browser. Reload to try again, or use a newer browser.'),
};
for (const script of document.scripts)
  script.onerror = () => give_up('The program that reads links did not arrive. Check the connection, then reload.');
if (typeof WebAssembly !== 'object')
  give_up('Links are read by a WebAssembly program, which this browser cannot run. Please use a newer browser.');

function give_up(sentence) {
  if (state === 'failed') return;  // the first reason is the cause of the others
  state = 'failed';
  answer.replaceChildren(note('Links cannot be read here', sentence, 'bad'));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  remember(field.value);
  ask(field.value);
});

// A field of one line drops line feeds, and two links on two lines would run into one.
field.addEventListener('paste', (event) => {
  const pasted = event.clipboardData.getData('text');
  if (!/[\r\n]/.test(pasted)) return;
  event.preventDefault();
  field.setRangeText(on_one_line(pasted), field.selectionStart, field.selectionEnd, 'end');
});

function on_one_line(text) {
  return text.replace(/\s+/g, ' ').trim();
}

// The address of the page names the link, so that it can be shared and reloaded; a very long text is not put there.
function remember(text) {
  const url = new URL(location.href);
  url.searchParams.set('q', text);
  if (url.href.length > 4000) url.searchParams.delete('q');
  history.replaceState(null, '', url);
}

function ask(text) {
  if (state === 'ready') return show(text);
  waiting = text;
  if (state === 'loading') answer.replaceChildren(element('p', 'Getting ready to read links …', 'waiting'));
}

function show(text) {
  const said = Module.read_link(text);
  if (said.error) {
    answer.replaceChildren(note(refusals[said.error.code] ?? 'This cannot be read', said.error.message, 'warn'));
    document.title = 'Sampan';
    return;
  }
  const products = said.choices ?? [said];
  answer.replaceChildren();
  if (products.length > 1) answer.append(element('p', `${products.length} products in this text`, 'count'));
  answer.append(...products.map(product_card));
  document.title = `${products.map(name_of).join(', ')} · Sampan`;
}

function name_of(product) {
  return `${marketplaces[product.marketplace]} ${product.product_id}`;
}

function product_card(product) {
  const card = element('article', '', 'card');
  card.append(element('h2', `Product on ${marketplaces[product.marketplace]}`));

  const facts = element('dl');
  facts.append(fact('Product number', product.product_id));
  if (product.sku_id) facts.append(fact('Variant (SKU)', product.sku_id));
  card.append(facts);

  const link = element('a', product.address);
  link.href = product.address;
  link.rel = 'noreferrer';
  const line = element('p', 'Its address, tracking removed', 'address');
  line.append(link);
  card.append(line);
  return card;
}

function fact(label, value) {
  const pair = element('div');
  pair.append(element('dt', label), element('dd', value));
  return pair;
}

function note(title, sentence, kind) {
  const box = element('div', '', `note ${kind}`);
  box.append(element('h2', title), element('p', sentence));
  return box;
}

function element(name, text = '', kind = '') {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

const asked = new URLSearchParams(location.search).get('q');
if (asked) {
  field.value = on_one_line(asked);
  ask(field.value);
}

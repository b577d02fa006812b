// The browser's URL adapter reads the table that the native one reads, and the links behind it mean the same products.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';

import {open_browser, report, root, run_case, serve_by_static_host, tab_page} from '../e2e/harness.mjs';

const fixture = async (name) => JSON.parse(await readFile(join(root, 'tests/fixtures', name), 'utf8')).cases;
const id_spaces = {
  taobao: 'taobao',
  tmall: 'taobao',
  taobao_mp: 'taobao_global',
  1688: 'alibaba1688',
  jd: 'jd'
};

// Asks the page's half of the adapter, and catches what it gives to the C++ half.
function parts_of_url(text) {
  const bytes = new TextEncoder().encode(text);
  const room = _make_room_for_text(bytes.length);
  HEAPU8.set(bytes, room);
  const make_room = _make_room_for_text;
  let given = null;
  _make_room_for_text = (size) => (given = {at: make_room(size), size}).at;
  try {
    if (give_parts_of_url(room, bytes.length) === 0) return null;
  } finally {
    _make_room_for_text = make_room;
  }
  const parts = new TextDecoder().decode(HEAPU8.slice(given.at, given.at + given.size)).split('\n');
  return Object.fromEntries(['scheme', 'host', 'port', 'path', 'query', 'fragment'].map((name, i) => [name, parts[i]]));
}

async function means_the_same_product(page, {input, outcome, platform, id}) {
  const answer = await page.evaluate((text) => Module.read_link(text), input);
  const is_bought = outcome === 'ok' && platform in id_spaces;
  assert.equal('error' in answer, !is_bought);
  if (!is_bought) return;
  assert.equal(answer.product_id, id);
  assert.equal(answer.marketplace, id_spaces[platform]);
  assert.deepEqual(
      await page.evaluate((text) => Module.read_link(text), answer.address), answer, 'its address means the same');
}

const server = await serve_by_static_host(tab_page);
const browser = await open_browser();
let failed = 0;
try {
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => typeof Module.read_link === 'function');
  for (const {input, url} of await fixture('urls.json'))
    failed += await run_case(
        `URL ${JSON.stringify(input)}`, async () => assert.deepEqual(await page.evaluate(parts_of_url, input), url));
  for (const link of await fixture('links.json'))
    failed += await run_case(`link ${JSON.stringify(link.input)}`, () => means_the_same_product(page, link));
} finally {
  await browser.close();
  await server.close();
}
report(failed);

// The feed over HTTP: an order's changes come by themselves, to whom they concern, and none is lost between two streams.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, free_port, pause, start, web } from './shop_harness.mjs';

let failed = 0;
function check(sentence, holds, detail = '') {
  console.log(`${holds ? 'ok' : 'not ok'} - ${sentence}${holds ? '' : ` ${detail}`}`);
  if (!holds) failed += 1;
}

const prompt_ms = 2000;

const folder = mkdtempSync(join(process.env.SAMPAN_TEST_DIR ?? tmpdir(), 'feed-'));
const port = await free_port();
const shop_url = `http://127.0.0.1:${port}`;
const sandbox = await start(['sandbox', '--data', join(folder, 'sandbox'), '--shop', shop_url], 3);
const shop_arguments = ['serve', '--listen', `127.0.0.1:${port}`, '--data', join(folder, 'shop'), '--web', web,
  '--config', join(folder, 'sandbox/sampan.toml')];
let shop = await start(shop_arguments, 1);

// A shopper with a session of its own.
let keys = 0;
function shopper() {
  let cookie = '';
  return async (method, path, body) => {
    const reply = await fetch(shop_url + path, {
      method,
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}), 'idempotency-key': `key-${keys += 1}` },
      body: body ? JSON.stringify(body) : undefined,
    });
    const set = reply.headers.get('set-cookie');
    if (set) [cookie] = set.split(';');
    return { status: reply.status, body: await reply.json(), cookie };
  };
}

// What a browser's EventSource does, by the rules of html.spec.whatwg.org, "Interpreting an event stream".
async function follow(cookie, headers = {}, query = '') {
  const hang_up = new AbortController();
  const reply = await fetch(`${shop_url}/v1/feed${query}`, {
    headers: { accept: 'text/event-stream', cookie, ...headers }, signal: hang_up.signal });
  const stream = { reply, events: [], last_id: '', retry: null, has_ended: false, hang_up: () => hang_up.abort() };
  if (reply.status !== 200) return stream;
  (async () => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const bytes of reply.body) {
      text += decoder.decode(bytes, { stream: true });
      for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
        const event = {};
        for (const line of text.slice(0, at).split('\n')) {
          const [name, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)];
          if (name === 'id') stream.last_id = value;
          else if (name === 'retry') stream.retry = Number(value);
          else if (name) event[name] = value;
        }
        text = text.slice(at + 2);
        if (event.data) stream.events.push({ ...event, id: stream.last_id, data: JSON.parse(event.data) });
      }
    }
  })().catch(() => {}).finally(() => { stream.has_ended = true; });
  return stream;
}

// Waits for what comes by itself: nothing is asked of the shop meanwhile.
async function within(ms, holds) {
  for (const begin = Date.now(); Date.now() - begin < ms; await pause(5)) {
    const found = holds();
    if (found) return found;
  }
  return holds();
}
const comes = (stream, kind, subject, after = 0) => within(prompt_ms, () =>
  stream.events.slice(after).find((each) => each.event === kind && (!subject || each.data.subject === subject)));

const line = (product) => ({ cart_id: '', product: product.key, sku_id: product.skus[0].sku_id, quantity: 2,
  policy: { substitutes: [], may_take_fewer: false, wait_days: 0, cancels_set: false } });
const recipient = { name: 'Jürgen Müller', email: 'j@example.com', phone: '+49 30 123456', line1: 'Lindenstr. 5', line2: '',
  city: 'Berlin', region: '', postcode: '10969', country: 'DE' };

try {
  const anna = shopper();
  const ben = shopper();
  const { product } = (await anna('GET', '/v1/products/alibaba1688/721956040318')).body;
  const cart = await anna('POST', '/v1/cart/lines', line(product));
  const stranger = await ben('POST', '/v1/cart/lines', line(product));
  let quote = { status: 0 };
  for (let tries = 0; quote.status !== 200 && tries < 200; tries += 1) {
    quote = await anna('POST', '/v1/quotes', { cart_id: cart.body.cart_id, country: 'DE', postcode: '10969', currency: 'EUR' });
    if (quote.status !== 200) await pause(50);
  }

  const stream = await follow(cart.cookie);
  const bens = await follow(stranger.cookie);
  check('a stream begins', stream.reply.status === 200 && stream.reply.headers.get('content-type') === 'text/event-stream' &&
    stream.reply.headers.get('cache-control') === 'no-store', `${stream.reply.status}`);
  check('it says at once where it begins and when to come back', await within(prompt_ms, () => stream.last_id !== '' && stream.retry === 2000),
    JSON.stringify(stream));
  check('without a cursor it begins at its end', stream.events.length === 0, JSON.stringify(stream.events));

  const placed = await anna('POST', '/v1/orders', { quote_id: quote.body.quote_id, recipient });
  const id = placed.body.order_id;
  const told = await comes(stream, 'order', id);
  check('a placed order is told', told?.data.kind === 'order' && !Number.isNaN(Date.parse(told.data.at)), JSON.stringify(stream.events));
  // A payment is told once as it is begun, once as its page is open.
  check('its payment is told when the page is open', await within(prompt_ms, () =>
    stream.events.filter((each) => each.event === 'payment').length >= 1), JSON.stringify(stream.events));
  const payment = (await anna('GET', `/v1/orders/${id}`)).body.payments[0];
  const before_paying = stream.events.length;
  const paid = await fetch(payment.redirect_url, { method: 'POST', redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'act=pay&card=4242424242424242' });
  check('the shopper pays', paid.status === 303, `${paid.status}`);
  check('the payment is told', await comes(stream, 'payment', payment.payment_id, before_paying), JSON.stringify(stream.events));
  check('the order moves on', await comes(stream, 'order', id, before_paying), JSON.stringify(stream.events));
  check('the purchase is told', await comes(stream, 'purchase', '', before_paying), JSON.stringify(stream.events));
  let count = -1;  // until the purchase has settled down
  for (; count !== stream.events.length; await pause(500)) count = stream.events.length;
  const ids = stream.events.map((each) => Number(each.id));
  check('events come in their order, each once', ids.every((each, i) => i === 0 || each > ids[i - 1]), `${ids}`);

  stream.hang_up();
  const missed = await anna('POST', '/v1/cart/lines', line(product));
  check('the cart changed while nobody listened', missed.status === 200, JSON.stringify(missed));
  const again = await follow(cart.cookie, { 'last-event-id': stream.last_id });
  check('who comes back is told what was missed', await comes(again, 'cart'), JSON.stringify(again.events));
  const caught_up = again.events.length;
  await anna('POST', '/v1/cart/lines', line(product));
  check('and what comes then', await comes(again, 'cart', '', caught_up), JSON.stringify(again.events));
  check('and nothing twice', again.events.every((each) => Number(each.id) > Number(stream.last_id)) &&
    new Set(again.events.map((each) => each.id)).size === again.events.length, JSON.stringify(again.events));

  const page = await (await fetch(`${shop_url}/v1/feed?after=0`, { headers: { accept: 'application/json', cookie: cart.cookie } })).json();
  const live = [...stream.events, ...again.events].map((each) => each.data);
  check('the same changes can be read as a page', JSON.stringify(page.changes.slice(-live.length)) === JSON.stringify(live) &&
    page.cursor === Number(again.last_id) && page.has_more === false, JSON.stringify([page, live]));

  check('a stranger has seen nothing of it', bens.events.length === 0 && !bens.has_ended, JSON.stringify(bens.events));
  const own = await ben('POST', '/v1/cart/lines', line(product));
  check('but their own', (await comes(bens, 'cart'))?.data.subject === own.body.cart_id && bens.events.length === 1,
    JSON.stringify(bens.events));
  const refusals = [['', {}, '', 404], ['sampan_session=guessed', {}, '', 404], [cart.cookie, {}, '?after=x', 400],
    [cart.cookie, {}, '?after=999999999', 400], [cart.cookie, { 'last-event-id': '-1' }, '', 400]];
  for (const [cookie, headers, query, status] of refusals) {
    const { reply } = await follow(cookie, headers, query);
    const problem = await reply.json();
    check(`a stream does not begin with a ${status}`, reply.status === status && problem.status === status &&
      reply.headers.get('content-type') === 'application/problem+json', `${reply.status} ${JSON.stringify(problem)}`);
  }

  const begin = Date.now();
  await end(shop);
  check('a shop that ends ends its streams', await within(prompt_ms, () => again.has_ended && bens.has_ended) &&
    Date.now() - begin < 2 * prompt_ms, `${Date.now() - begin} ms`);
  shop = await start(shop_arguments, 1);
  const next_life = await follow(cart.cookie, { 'last-event-id': again.last_id });
  await anna('POST', '/v1/cart/lines', line(product));
  check('a cursor holds in the next life', (await comes(next_life, 'cart')) && next_life.events.length === 1,
    JSON.stringify(next_life.events));
  next_life.hang_up();
} catch (error) {
  check('the test came to its end', false, String(error.stack ?? error));
} finally {
  await end(shop);
  await end(sandbox);
  rmSync(folder, { recursive: true });
}
process.exitCode = failed === 0 ? 0 : 1;

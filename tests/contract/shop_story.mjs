// One order over HTTP, told against the sandbox's gateways in their real wire protocols: from search to delivered, and what
// all sides have in their books at the end. The shop may be killed meanwhile: it is started again, and its callers repeat
// themselves with the same keys, as good callers do.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sampan = process.env.SAMPAN_BINARY ?? join(root, 'build/native/sampan');
export const web = join(process.env.SAMPAN_WEB ?? join(root, 'build/web'), 'proxy');

// A process that says on stdout where it listens: `places` lines of it.
export async function start(args, places) {
  const child = spawn(sampan, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  const urls = {};
  await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { name, url } = JSON.parse(line);
      urls[name ?? 'shop'] = url;
      if (Object.keys(urls).length === places) resolve();
    });
    ended.then((status) => reject(new Error(`sampan ${args[0]} ended with ${status}`)));
  });
  return { child, urls, ended };
}

export function end({ child, ended }, signal = 'SIGTERM') {
  child.kill(signal);
  return ended;
}

export async function free_port() {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

const sum = (amounts) => amounts.reduce((total, { minor }) => total + minor, 0);

// What the shop believes against what the marketplace, the payment provider and the carrier have in their books: nothing
// was bought, paid or booked twice, and no amount differs.
function check_books(check, view, books) {
  const orders = Object.values(books.market.orders).flat();
  check('no order is left unpaid at the market', orders.every((each) => each.state !== 'awaiting_payment'), JSON.stringify(orders));
  const live = orders.filter((each) => each.state !== 'closed');
  check('the market sold once what was ordered once', live.length === view.purchases.length, JSON.stringify(live));
  check('the market was paid what the shop says', sum([books.market.paid]) - sum([books.market.refunded]) ===
    sum(view.purchases.flatMap((each) => each.bought.map((bought) => bought.total))), JSON.stringify(books.market.paid));
  check('the provider took what the shop says, once', sum(books.provider.lines.map((each) => each.captured)) ===
    sum(view.payments.filter((each) => each.state === 'captured').map((each) => each.amount)), JSON.stringify(books.provider));
  check('the provider gave nothing back', sum(books.provider.lines.map((each) => each.refunded)) === 0);
  check('the carrier booked one parcel, at the price that the shop says', books.carrier.bookings.length === 1 &&
    books.carrier.billed.minor === view.parcels[0].carrier_price.minor, JSON.stringify(books.carrier));
}

// `next_life_ms()` says how long the shop lives before it is killed; null: until the end.
export async function tell_story({ check, next_life_ms = () => null }) {
  const folder = mkdtempSync(join(process.env.SAMPAN_TEST_DIR ?? tmpdir(), 'shop-http-'));
  const port = await free_port();
  const shop_url = `http://127.0.0.1:${port}`;
  const sandbox = await start(['sandbox', '--data', join(folder, 'sandbox'), '--shop', shop_url], 3);
  const shop_arguments = ['serve', '--listen', `127.0.0.1:${port}`, '--data', join(folder, 'shop'), '--web', web,
    '--config', join(folder, 'sandbox/sampan.toml')];
  let shop = await start(shop_arguments, 1);
  let kills = 0;
  let is_over = false;
  const killer = (async () => {
    for (let life = next_life_ms(); life !== null && !is_over; life = next_life_ms()) {
      await pause(life);
      if (is_over) return;
      await end(shop, 'SIGKILL');
      kills += 1;
      shop = await start(shop_arguments, 1);
    }
  })();

  let cookie = '';
  let keys = 0;
  async function call(method, path, body, headers = {}) {
    const key = `key-${keys += 1}`;
    for (let tries = 0; tries < 200; tries += 1) {
      try {
        const reply = await fetch(shop_url + path, {
          method,
          headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}),
            ...(method === 'GET' ? {} : { 'idempotency-key': key }), ...headers },
          body: body ? JSON.stringify(body) : undefined,
        });
        const answer = { status: reply.status, body: await reply.json() };
        const set = reply.headers.get('set-cookie');
        if (set) [cookie] = set.split(';');
        if (reply.status < 500) return answer;
      } catch {
        // It died before it answered: the same call once more.
      }
      await pause(30);
    }
    throw new Error(`${method} ${path} was never answered`);
  }
  const operator = { authorization: 'Bearer sandbox-operator' };
  async function control(path, body) {
    const reply = await fetch(sandbox.urls.control + path, body
      ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {});
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }

  // Time is moved in steps until `goal` holds; after each the shop's threads get a moment for what became due. A job whose
  // process was killed is free again when its lease is over, so a shop that is killed needs time for that too.
  async function until(what, goal, step = next_life_ms() === null ? null : 'PT2M') {
    for (let looks = 0; looks < 400; looks += 1) {
      const found = await goal();
      if (found) return found;
      if (step) await control('/control/clock', { advance: step });
      await pause(60);
    }
    throw new Error(`it never came about: ${what}`);
  }
  const order_of = async (id) => (await call('GET', `/v1/orders/${id}`)).body;

  try {
    const found = await until('the shop answers a search', async () => {
      const reply = await call('GET', `/v1/search?marketplace=alibaba1688&words=${encodeURIComponent('汉服')}`);
      return reply.status === 200 && reply.body.products.length > 0 ? reply.body.products : null;
    });
    check('a two-character Chinese search finds products', found.length > 0);

    const product = (await call('GET', '/v1/products/alibaba1688/721956040318')).body;
    check('a product has SKUs, prices and stock', product.product?.skus.length === 16 && product.stock.length === 16,
      JSON.stringify(product).slice(0, 300));

    const line = { cart_id: '', product: product.product.key, sku_id: product.product.skus[0].sku_id, quantity: 2,
      policy: { substitutes: [], may_take_fewer: false, wait_days: 0, cancels_set: false } };
    const cart = await call('POST', '/v1/cart/lines', line);
    check('the first line begins a cart and a session', cart.status === 200 && cookie.startsWith('sampan_session='),
      JSON.stringify(cart));

    const quote = await until('there are rates', async () => {
      const reply = await call('POST', '/v1/quotes', { cart_id: cart.body.cart_id, country: 'DE', postcode: '10969', currency: 'EUR' });
      return reply.status === 200 ? reply : null;
    });
    check('the quote is landed in euros', quote.body.landed.total.currency === 'EUR' && quote.body.landed.total.minor > 2000,
      JSON.stringify(quote.body.landed?.total));
    const elsewhere = await call('POST', '/v1/quotes', { cart_id: cart.body.cart_id, country: 'BR', postcode: '1', currency: 'USD' });
    check('a country without rules is not offered yet', elsewhere.status === 422 && elsewhere.body.code === 'not_offered',
      JSON.stringify(elsewhere));

    const recipient = { name: 'Jürgen Müller', email: 'j@example.com', phone: '+49 30 123456', line1: 'Lindenstr. 5', line2: '',
      city: 'Berlin', region: '', postcode: '10969', country: 'DE' };
    const placed = await call('POST', '/v1/orders', { quote_id: quote.body.quote_id, recipient });
    const again = await call('POST', '/v1/orders', { quote_id: quote.body.quote_id, recipient });
    check('the order of a quote is one order', placed.status === 200 && again.body.order_id === placed.body.order_id,
      JSON.stringify([placed, again]));
    const id = placed.body.order_id;

    const payment = await until('the hosted page is open', async () =>
      (await order_of(id)).payments.find((each) => each.state === 'pending'));
    check('the shopper pays on an origin of its own', payment.redirect_url.startsWith(sandbox.urls.page), payment.redirect_url);
    const paid = await fetch(payment.redirect_url, { method: 'POST', redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'act=pay&card=4242424242424242' });
    check('the card is good, and the page sends the shopper back', paid.status === 303 &&
      paid.headers.get('location').startsWith(shop_url), `${paid.status} ${paid.headers.get('location')}`);

    // Nobody calls the shop's own capture: the provider's signed webhook does it.
    await until('the webhook has been heard', async () => (await order_of(id)).order.state === 'fulfilling');
    check('the webhook alone settles the payment', true);
    const bought = await until('the purchase is paid upstream', async () => {
      const view = await order_of(id);
      return view.purchases[0].state === 'paid' ? view.purchases[0] : null;
    });
    check('one upstream order was made', bought.bought.length === 1, JSON.stringify(bought.bought));

    const shipped = await until('the seller has sent it', async () => {
      const view = await order_of(id);
      return view.purchases[0].state === 'shipped' ? view.purchases[0] : null;
    }, 'PT7H');
    check('its waybill is known', shipped.waybills.length === 1);
    const received = await call('POST', '/v1/warehouse/shipments', { waybill: shipped.waybills[0] }, operator);
    check('the warehouse scans the box', received.body.purchase_id === shipped.purchase_id, JSON.stringify(received));
    const stranger = await call('POST', '/v1/warehouse/shipments', { waybill: shipped.waybills[0] });
    check('a shopper is not the warehouse', stranger.status === 404);
    await call('POST', '/v1/warehouse/inspections', { purchase_id: shipped.purchase_id, verdict: 'accept' }, operator);
    const packed = await call('POST', '/v1/warehouse/parcels', { order_id: id, weight_grams: 1500 }, operator);
    check('the parcel is packed', packed.status === 200 && packed.body.parcel_id.startsWith('par_'), JSON.stringify(packed));

    const end_of_story = await until('it is delivered', async () => {
      const view = await order_of(id);
      return view.order.state === 'closed' ? view : null;
    }, 'PT13H');
    check('the journey ends delivered', end_of_story.journey.stage === 'delivered', JSON.stringify(end_of_story.journey));

    check_books(check, end_of_story, await control('/control/books'));
  } catch (error) {
    check('the story was told to its end', false, String(error.stack ?? error));
  } finally {
    is_over = true;
    await killer;
    await end(shop);
    await end(sandbox);
    if (!process.env.SAMPAN_KEEP) rmSync(folder, { recursive: true });
  }
  return kills;
}

// Durable orders a second through the public POST /v1/orders: session cookie, Idempotency-Key, a quote of its own each,
// beside a lean Node server (peers/lean_node) that does the same with the same rows, quotes and bytes. Afterwards the shop is
// killed amid orders, and what it had answered is counted.
//
// Budget  32 shoppers at once: >= 4x lean Node, p99 <= 10 ms; one shopper: median <= 0.9x lean Node's
//         memory <= 25 MB idle, <= 100 MB after the load; after kill -9 no answered order lost, none doubled
// Shape   windows of a fixed number of orders, alternating peer and shop, five rounds; ratios are of one round, judged by
//         their median, and the worst is printed. Carts and quotes are made before each window, outside of it.
//         The provider of payments is slow meanwhile, so that the shop does no job either; with the jobs done as well, by a
//         sandbox on the same cores, it is a figure of its own
// Trap    a neighbour's compile costs each commit a tick of the scheduler: with `chrt` at hand all of this runs in real time
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { end } from '../contract/shop_harness.mjs';
import { listed_orders, wrong_rows } from './orders/books.mjs';
import { barriers_per_second, figure, median, rss_mb, was_over } from './orders/figures.mjs';
import { fire, quantile, request_bytes } from './orders/load.mjs';
import { open_sessions, open_shop, order_requests, quote_carts, start_node } from './orders/shop.mjs';
import { sqlite_name } from './peers/lean_node/sqlite.mjs';

const rounds = 5;
const together = { connections: 32, orders: 2500 };
const alone = { connections: 1, orders: 500 };
const warm_up = { connections: 32, orders: 500 };
const amid = { connections: 32, orders: 1500 };
const session_count = 64;
const ms_to_fetch_rates = 10_000;

const bench_folder = process.env.SAMPAN_BENCH_DIR ?? fileURLToPath(new URL('../../build/bench', import.meta.url));
const modules = join(bench_folder, 'lean_node');

const say = (line) => process.stderr.write(`orders: ${line}\n`);

function fail(what) {
  say(what);
  process.exitCode = 1;
}

// In real time where that is allowed; the servers inherit it.
function be_deaf_to_neighbours() {
  if (process.env.SAMPAN_BENCH_SCHEDULING === 'other') return 'other';
  const { status } = spawnSync('chrt', ['-a', '-r', '-p', '1', String(process.pid)]);
  return status === 0 ? 'chrt -r 1' : 'other';
}

async function client_ceiling() {
  const canned = await start_node('canned.mjs');
  const request = request_bytes(canned.port, 'POST', '/v1/orders', { Cookie: 'x'.repeat(120), 'Idempotency-Key': 'y'.repeat(36) },
    { text: 'z'.repeat(280) });
  const { per_second } = await fire({ port: canned.port, requests: new Array(30_000).fill(request), connections: 32 });
  await end(canned);
  return per_second;
}

async function wait_for_rates(port, sessions) {
  const until = performance.now() + ms_to_fetch_rates;
  for (;;) {
    try {
      return await quote_carts(port, sessions, 1);
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }
}

async function tell_peer(peer, quotes) {
  for (const { session, document } of quotes) {
    const body = `{"token":"${session.cookie.split('=')[1]}","cart":${JSON.stringify(session.cart)},"quotes":[${document}]}`;
    const reply = await fetch(`http://127.0.0.1:${peer.port}/prepare`, { method: 'POST', body });
    if (reply.status !== 200) throw new Error(`lean Node refused a quote: ${await reply.text()}`);
    await reply.arrayBuffer();
  }
}

// One window: all of `quotes` become orders.
async function window_of(port, quotes, connections) {
  const run = await fire({ port, requests: order_requests(port, quotes), connections });
  const refused = run.replies.find((reply) => reply?.status !== 200);
  if (refused || run.ms.length !== quotes.length) throw new Error(`an order was refused: ${JSON.stringify(refused)}`);
  return { per_second: run.per_second, p50: quantile(run.ms, 0.5), p99: quantile(run.ms, 0.99), client_share: run.client_share };
}

async function alternate({ shop, peer, sessions, size, peer_first }) {
  const quotes = await quote_carts(shop.port, sessions, size.orders);
  if (peer) await tell_peer(peer, quotes);
  const of_peer = () => (peer ? window_of(peer.port, quotes, size.connections) : undefined);
  const before = peer_first ? await of_peer() : undefined;
  const of_shop = await window_of(shop.port, quotes, size.connections);
  return { shop: of_shop, peer: before ?? (await of_peer()) };
}

function print_pairs(name, pairs, budgets) {
  const shop = pairs.map((pair) => pair.shop);
  const rates = shop.map((each) => each.per_second);
  figure(`orders_per_second_${name}`, median(rates), '1/s', { worst: Math.round(Math.min(...rates)),
    client_share: Number(Math.max(...shop.map((each) => each.client_share)).toFixed(2)) });
  figure(`orders_p50_${name}`, median(shop.map((each) => each.p50)), 'ms');
  figure(`orders_p99_${name}`, median(shop.map((each) => each.p99)), 'ms', { ...budgets.p99,
    worst: Number(Math.max(...shop.map((each) => each.p99)).toPrecision(3)) });
  if (!pairs[0].peer) return;
  const peer = pairs.map((pair) => pair.peer);
  figure(`lean_node_orders_per_second_${name}`, median(peer.map((each) => each.per_second)), '1/s');
  figure(`lean_node_orders_p50_${name}`, median(peer.map((each) => each.p50)), 'ms');
  figure(`lean_node_orders_p99_${name}`, median(peer.map((each) => each.p99)), 'ms');
  const ratios = pairs.map((pair) => pair.shop.per_second / pair.peer.per_second);
  figure(name === '32' ? 'orders_ratio_lean_node' : `orders_ratio_lean_node_${name}`, median(ratios), 'x', { ...budgets.ratio,
    worst: Number(Math.min(...ratios).toPrecision(3)) });
  const p50s = pairs.map((pair) => pair.shop.p50 / pair.peer.p50);
  figure(`orders_p50_ratio_lean_node_${name}`, median(p50s), 'x', { ...budgets.p50_ratio,
    worst: Number(Math.max(...p50s).toPrecision(3)) });
}

// kill -9 amid orders; then each is asked for again under its key, twice. `placed` orders were there before.
async function kill_amid(shop, sessions, placed) {
  const quotes = await quote_carts(shop.port, sessions, amid.orders);
  const requests = order_requests(shop.port, quotes);
  const before = new Set(await listed_orders(shop.port, sessions));
  let killed;
  const cut = await fire({ port: shop.port, requests, connections: amid.connections, on_reply(count) {
    if (count === Math.floor(amid.orders / 3)) killed = shop.kill();
  } });
  await killed;
  await shop.restart();
  const id_of = (reply) => reply && JSON.parse(reply.body).order_id;
  const after = new Set(await listed_orders(shop.port, sessions));
  const answered = cut.replies.map(id_of);
  const lost = answered.filter((id) => id && !after.has(id)).length;
  const first = (await fire({ port: shop.port, requests, connections: amid.connections })).replies.map(id_of);
  const second = (await fire({ port: shop.port, requests, connections: amid.connections })).replies.map(id_of);
  const end_list = await listed_orders(shop.port, sessions);
  const changed = first.filter((id, i) => !id || id !== second[i] || (answered[i] && answered[i] !== id)).length;
  const unexpected = [...after].filter((id) => !before.has(id) && !first.includes(id)).length;
  const doubled = end_list.length - before.size - new Set(first).size + (end_list.length - new Set(end_list).size);
  const heard = answered.filter(Boolean).length;
  figure('orders_listed_wrong', Math.abs(before.size - placed), 'orders', { at_most: 0, placed });
  figure('orders_lost_or_doubled_by_kill', lost + changed + unexpected + Math.abs(doubled), 'orders', { at_most: 0,
    answered_before: heard, written_but_unanswered: after.size - before.size - heard, repeated: amid.orders });
}

async function measure(folder, peer_folder, scheduling) {
  const shop = await open_shop(folder);
  let peer;
  let placed = 0;
  try {
    figure('client_ceiling_per_second', await client_ceiling(), '1/s', { scheduling });
    figure('shop_memory_idle', rss_mb(shop.pid()), 'MB', { at_most: 25 });
    await shop.hold_payments();
    const sessions = await open_sessions(shop.port, session_count);
    await wait_for_rates(shop.port, sessions);
    if (peer_folder) peer = await start_node('../peers/lean_node/server.mjs', peer_folder, modules);
    const barriers = [];
    const pairs = { together: [], alone: [] };
    const pair = async (size, round) => {
      placed += size.orders;
      return alternate({ shop, peer, sessions, size, peer_first: round % 2 === 0 });
    };
    await pair(warm_up, 0);
    for (let round = 0; round < rounds; round += 1) {
      barriers.push(barriers_per_second(folder));
      pairs.together.push(await pair(together, round));
      pairs.alone.push(await pair(alone, round));
      say(`round ${round + 1} of ${rounds}: ${JSON.stringify({ barriers: Math.round(barriers.at(-1)),
        shop: pairs.together.at(-1).shop, lean_node: pairs.together.at(-1).peer })}`);
    }
    figure('disk_barriers_per_second', median(barriers), '1/s', { least: Math.round(Math.min(...barriers)),
      most: Math.round(Math.max(...barriers)) });
    print_pairs('32', pairs.together, { p99: { at_most: 10 }, ratio: { at_least: 4 } });
    print_pairs('1', pairs.alone, { p50_ratio: { at_most: 0.9 } });
    figure('shop_memory_after_load', rss_mb(shop.pid()), 'MB', { at_most: 100, orders: placed });
    if (peer) figure('lean_node_memory_after_load', rss_mb(peer.child.pid), 'MB');
    const of_peer = placed;

    await shop.release_payments();
    placed += together.orders;
    const busy = await window_of(shop.port, await quote_carts(shop.port, sessions, together.orders), together.connections);
    figure('orders_per_second_32_with_jobs', busy.per_second, '1/s', { p99_ms: Number(busy.p99.toPrecision(3)) });
    await kill_amid(shop, sessions, placed);
    return { of_shop: placed + amid.orders, of_peer };
  } finally {
    if (peer) await end(peer);
    await shop.end();
  }
}

async function count_rows(path, name, orders) {
  const { wrong, postings, document_bytes_an_order } = await wrong_rows(path, modules, orders);
  if (wrong) fail(`${name}: ${wrong}`);
  figure(`${name}_rows_wrong`, wrong ? 1 : 0, 'tables', { at_most: 0, orders, postings, document_bytes_an_order });
}

mkdirSync(bench_folder, { recursive: true });
const folder = mkdtempSync(join(bench_folder, 'orders-'));
try {
  const driver = await sqlite_name(modules);
  if (!driver) say('there is no SQLite for this Node, so the shop is measured alone, and its rows are counted over HTTP only');
  else say(`lean Node is Node ${process.versions.node} with ${driver}`);
  const placed = await measure(folder, driver && folder, be_deaf_to_neighbours());
  if (driver) {
    await count_rows(join(folder, 'shop/shop.sqlite'), 'shop', placed.of_shop);
    await count_rows(join(folder, 'lean_node.sqlite'), 'lean_node', placed.of_peer);
  }
} catch (error) {
  fail(error.stack ?? error);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (was_over()) process.exitCode = 1;

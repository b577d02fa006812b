// A shop over the sandbox as a benchmark wants it: its marketplace answers from memory (gateway.mjs), its shoppers have carts
// and quotes, all made through the shop's own calls.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { end, free_port, start, web } from '../../contract/shop_harness.mjs';
import { fire, request_bytes } from './load.mjs';

// Of the demo catalogue, each with the fewest pieces that its seller sells.
const wardrobe = [['721956040318', 1], ['767597609299', 1], ['642368073508', 2], ['786317462289', 3], ['949876691148', 1],
  ['620883854569', 3]];
const lines_in_a_cart = 3;
const preparing_connections = 8;

export const recipient = { name: 'Jürgen Müller', email: 'j@example.com', phone: '+49 30 123456', line1: 'Lindenstr. 5',
  line2: '', city: 'Berlin', region: '', postcode: '10969', country: 'DE' };

// A program in Node that says {"url": …} when it listens.
export async function start_node(name, ...args) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line).url));
    ended.then((status) => reject(new Error(`${name} ended with ${status}`)));
  });
  return { child, ended, port: Number(new URL(url).port) };
}

// What the sandbox wrote for a shop, but for the gateway in between, its pace, and the sandbox's clock, which stands.
function write_config(folder, gateway_port) {
  const text = readFileSync(join(folder, 'sandbox/sampan.toml'), 'utf8')
    .replaceAll(/^base_url = .*$/gm, `base_url = "http://127.0.0.1:${gateway_port}"`)
    .replace(/^calls_per_second = .*$/m, 'calls_per_second = 1000000')
    .replace(/^\[sandbox\]\nclock_file = .*\n/m, '');
  writeFileSync(join(folder, 'sampan.toml'), text);
}

export async function open_shop(folder) {
  const port = await free_port();
  const sandbox = await start(['sandbox', '--data', join(folder, 'sandbox'), '--shop', `http://127.0.0.1:${port}`], 3);
  const gateway = await start_node('gateway.mjs', sandbox.urls.gateways);
  write_config(folder, gateway.port);
  const shop_arguments = ['serve', '--listen', `127.0.0.1:${port}`, '--data', join(folder, 'shop'), '--web', web,
    '--config', join(folder, 'sampan.toml')];
  let process_of_shop = await start(shop_arguments, 1);
  const tell_gateway = (path) => fetch(`http://127.0.0.1:${gateway.port}${path}`, { method: 'POST' });
  return {
    port,
    database: join(folder, 'shop/shop.sqlite'),
    pid: () => process_of_shop.child.pid,
    hold_payments: () => tell_gateway('/hold'),
    release_payments: () => tell_gateway('/release'),
    kill: () => end(process_of_shop, 'SIGKILL'),
    async restart() { process_of_shop = await start(shop_arguments, 1); },
    async end() { for (const each of [process_of_shop, gateway, sandbox]) await end(each); },
  };
}

async function call_all(port, calls) {
  const requests = calls.map(({ method, path, fields, body }) => request_bytes(port, method, path, fields, body));
  const { replies } = await fire({ port, requests, connections: preparing_connections });
  const refused = replies.find((reply) => reply?.status !== 200);
  if (refused) throw new Error(`the shop refused: ${refused.head.split('\r\n')[0]} ${refused.body}`);
  return replies;
}

export async function get_all(port, sessions, path_of) {
  const replies = await call_all(port, sessions.map((session) =>
    ({ method: 'GET', path: path_of(session), fields: { Cookie: session.cookie } })));
  return replies.map((reply) => JSON.parse(reply.body));
}

// Guests, each with a cart of three products.
export async function open_sessions(port, count) {
  const skus = new Map();
  for (const [id] of wardrobe) {
    const reading = await (await fetch(`http://127.0.0.1:${port}/v1/products/alibaba1688/${id}`)).json();
    skus.set(id, { product: reading.product.key, sku_id: reading.product.skus[0].sku_id });
  }
  const sessions = Array.from({ length: count }, () => ({ cookie: '', cart: { cart_id: '' } }));
  const policy = { substitutes: [], may_take_fewer: false, wait_days: 0, cancels_set: false };
  for (let line = 0; line < lines_in_a_cart; line += 1) {
    const replies = await call_all(port, sessions.map((session, i) => {
      const [id, quantity] = wardrobe[(i + line * (1 + (i % 2))) % wardrobe.length];
      return { method: 'POST', path: '/v1/cart/lines', fields: { Cookie: session.cookie, 'Idempotency-Key': `line-${line}` },
        body: { cart_id: session.cart.cart_id, ...skus.get(id), quantity, policy } };
    }));
    replies.forEach((reply, i) => {
      sessions[i].cookie ||= /\r\nset-cookie: ([^;\r]*)/i.exec(reply.head)[1];
      sessions[i].cart = JSON.parse(reply.body);
    });
  }
  return sessions;
}

// `count` quotes, one after the other of each session's cart.
export async function quote_carts(port, sessions, count) {
  const chosen = Array.from({ length: count }, (_, i) => sessions[i % sessions.length]);
  const replies = await call_all(port, chosen.map(({ cookie, cart }) => ({ method: 'POST', path: '/v1/quotes',
    fields: { Cookie: cookie }, body: { cart_id: cart.cart_id, country: 'DE', postcode: '10969', currency: 'EUR' } })));
  return replies.map((reply, i) => ({ session: chosen[i], document: reply.body, quote: JSON.parse(reply.body) }));
}

// The request that places the order of each quote, under a key of its own.
export const order_requests = (port, quotes) => quotes.map(({ session, quote }) => request_bytes(port, 'POST', '/v1/orders',
  { Cookie: session.cookie, 'Idempotency-Key': `order-${quote.quote_id}` }, { quote_id: quote.quote_id, recipient }));

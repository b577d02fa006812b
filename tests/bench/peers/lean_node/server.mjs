// What a good developer writes in a day without C++: node:http and SQLite, prepared statements, WAL, a full sync for each
// commit, one transaction an order. It does for POST /v1/orders what the shop does, on the same tables and documents: the
// session of the cookie, the reply kept under the Idempotency-Key, the order of that quote, the quote, the cart; then the
// order, its payment, the line of the feed, two jobs and the kept reply.
//
// Usage   node server.mjs FOLDER MODULES; prints {"url": …}. POST /prepare makes a session with its cart and quotes
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { open_sqlite } from './sqlite.mjs';

const [folder, modules] = process.argv.slice(2);
const db = await open_sqlite(join(folder, 'lean_node.sqlite'), modules);
db.exec(`
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma wal_autocheckpoint = 4000;
  create table session (token_hash text primary key, shopper_id text not null, expires_at integer not null) without rowid;
  create table kept_reply (shopper_id text not null, key text not null, request_hash text not null, body text not null,
    at integer not null, primary key (shopper_id, key)) without rowid;
  create table cart (cart_id text primary key, shopper_id text not null, version integer not null, document text not null);
  create index carts_of_shopper on cart (shopper_id, cart_id);
  create table quote (quote_id text primary key, shopper_id text not null, expires_at integer not null,
    document text not null);
  create table orders (order_id text primary key, number text not null unique, shopper_id text not null,
    quote_id text not null unique, state text not null, version integer not null, document text not null);
  create index orders_of_shopper on orders (shopper_id, order_id);
  create table payment (payment_id text primary key, order_id text not null references orders, state text not null,
    version integer not null, document text not null);
  create index payments_of_order on payment (order_id);
  create table job (job_id text primary key, kind text not null, subject text not null, due_at integer not null,
    attempts integer not null, wanted integer not null, leases integer not null, lease_until integer not null,
    parked_reason text, unique (kind, subject)) without rowid;
  create index jobs_due on job (due_at) where parked_reason is null;
  create table feed (sequence integer primary key autoincrement, kind text not null, subject text not null,
    shopper_id text not null, at integer not null);
`);
const begin = db.prepare('begin immediate');
const commit = db.prepare('commit');
const rollback = db.prepare('rollback');
const find_session = db.prepare('select shopper_id from session where token_hash = ? and expires_at > ?');
const find_reply = db.prepare('select request_hash, body from kept_reply where shopper_id = ? and key = ?');
const find_order = db.prepare('select order_id from orders where quote_id = ? and shopper_id = ?');
const find_quote = db.prepare('select document from quote where quote_id = ? and shopper_id = ?');
const find_cart = db.prepare('select document from cart where cart_id = ? and shopper_id = ?');
const insert_session = db.prepare('insert into session values (?, ?, ?)');
const insert_cart = db.prepare('insert into cart values (?, ?, ?, ?)');
const insert_quote = db.prepare('insert into quote values (?, ?, ?, ?)');
const insert_order = db.prepare("insert into orders values (?, ?, ?, ?, 'awaiting_payment', 0, ?)");
const insert_payment = db.prepare("insert into payment values (?, ?, 'created', 0, ?)");
const insert_feed = db.prepare("insert into feed (kind, subject, shopper_id, at) values ('order', ?, ?, ?)");
const insert_job = db.prepare(`insert into job values (?, ?, ?, ?, 0, 1, 0, 0, null)
  on conflict (kind, subject) do update set due_at = min(due_at, excluded.due_at), wanted = wanted + 1`);
const insert_reply = db.prepare('insert into kept_reply values (?, ?, ?, ?, ?)');

const alphabet = '23456789BCDFGHJKLMNPQRSTVWXZ';
const payment_window_ms = 3_600_000;
const recipient_fields = ['name', 'email', 'phone', 'line1', 'line2', 'city', 'region', 'postcode', 'country'];

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const new_id = (prefix, now) => `${prefix}${now.toString(36).padStart(9, '0')}${randomBytes(10).toString('hex').slice(0, 17)}`;

function order_number() {
  const digits = [...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}

class Refused extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
  }
}

function in_transaction(work) {
  begin.run();
  try {
    const done = work();
    commit.run();
    return done;
  } catch (error) {
    rollback.run();
    throw error;
  }
}

function order_of(quote, shopper_id, recipient, now) {
  const cart = JSON.parse(find_cart.get(quote.cart_id, shopper_id).document);
  if (Date.parse(quote.expires_at) <= now || cart.version !== quote.cart_version) throw new Refused(409, 'quote_stale');
  if (recipient_fields.some((name) => typeof recipient?.[name] !== 'string')) throw new Refused(422, 'bad_input');
  if (recipient.country !== quote.request.destination) throw new Refused(422, 'bad_input');
  return { order_id: new_id('ord_', now), number: order_number(), shopper_id, state: 'awaiting_payment', quote,
    landed: quote.landed, recipient, placed_at: new Date(now).toISOString(), version: 0 };
}

const account_of = { line: 'goods', domestic_freight: 'goods', service_fee: 'fee', duty: 'duty', vat: 'vat' };

function charge_of({ components, total: { currency } }) {
  const charge = {};
  for (const account of ['goods', 'fee', 'ship', 'duty', 'vat']) charge[account] = { minor: 0, currency };
  for (const { kind, amount } of components) charge[account_of[kind] ?? 'ship'].minor += amount.minor;
  return charge;
}

function place_order(shopper_id, { quote_id, recipient }, now) {
  const placed_before = find_order.get(quote_id, shopper_id);
  if (placed_before) return placed_before.order_id;
  const row = find_quote.get(quote_id, shopper_id);
  if (!row) throw new Refused(404, 'not_found');
  const order = order_of(JSON.parse(row.document), shopper_id, recipient, now);
  const expires_at = now + payment_window_ms;
  const payment = { payment_id: new_id('pay_', now), order_id: order.order_id, purpose: 'order', purchase_id: '',
    state: 'created', amount: order.landed.total, charge: charge_of(order.landed), provider_id: '', redirect_url: '',
    expires_at: new Date(expires_at).toISOString(), version: 0 };
  insert_order.run(order.order_id, order.number, shopper_id, quote_id, JSON.stringify(order));
  insert_payment.run(payment.payment_id, order.order_id, JSON.stringify(payment));
  insert_feed.run(order.order_id, shopper_id, now);
  insert_job.run(new_id('job_', now), 'request_payment', payment.payment_id, now);
  insert_job.run(new_id('job_', now), 'expire_payment', payment.payment_id, expires_at);
  return order.order_id;
}

function answer_order(call, text) {
  const now = Date.now();
  const token = /(?:^|; ?)sampan_session=([^;]*)/.exec(call.headers.cookie ?? '')?.[1];
  const session = token && find_session.get(sha256(token), now);
  if (!session) throw new Refused(404, 'not_found');
  const key = call.headers['idempotency-key'];
  if (!key || key.length > 255) throw new Refused(422, 'bad_input');
  const request_hash = sha256(`${call.method} ${call.url}\n${text}`);
  const command = JSON.parse(text);
  return in_transaction(() => {
    const kept = find_reply.get(session.shopper_id, key);
    if (kept && kept.request_hash !== request_hash) throw new Refused(409, 'conflict');
    if (kept) return kept.body;
    const body = JSON.stringify({ order_id: place_order(session.shopper_id, command, now) });
    insert_reply.run(session.shopper_id, key, request_hash, body, now);
    return body;
  });
}

function prepare({ token, cart, quotes }) {
  in_transaction(() => {
    if (!find_session.get(sha256(token), 0)) {
      insert_session.run(sha256(token), cart.shopper_id, Date.now() + 86_400_000);
      insert_cart.run(cart.cart_id, cart.shopper_id, cart.version, JSON.stringify(cart));
    }
    for (const quote of quotes)
      insert_quote.run(quote.quote_id, quote.shopper_id, Date.parse(quote.expires_at), JSON.stringify(quote));
  });
  return '{}';
}

function send(reply, status, body) {
  reply.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  reply.end(body);
}

const server = createServer((call, reply) => {
  const pieces = [];
  call.on('data', (piece) => pieces.push(piece)).on('end', () => {
    try {
      const text = Buffer.concat(pieces).toString();
      if (call.method === 'POST' && call.url === '/v1/orders') send(reply, 200, answer_order(call, text));
      else if (call.method === 'POST' && call.url === '/prepare') send(reply, 200, prepare(JSON.parse(text)));
      else throw new Refused(404, 'not_found');
    } catch (error) {
      send(reply, error.status ?? 500, JSON.stringify({ code: error.message }));
    }
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
process.once('SIGTERM', () => {
  db.close();
  process.exit(0);
});

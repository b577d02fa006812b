// Stripe's own SDK as a client of the sandbox's Stripe; the hosted page is where the session's url says.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, test} from 'node:test';

const require = createRequire(new URL('../package.json', import.meta.url));
const Stripe = require('stripe');

const binary = process.env.SAMPAN_BINARY ?? new URL('../../build/native/sampan', import.meta.url).pathname;
const data = mkdtempSync(join(process.env.SAMPAN_TEST_DIR ?? tmpdir(), 'stripe-client-'));
const sandbox = spawn(binary, ['sandbox', '--listen', '127.0.0.1:0', '--data', data], {stdio: ['ignore', 'pipe', 'inherit']});
after(() => sandbox.kill('SIGTERM'));
const urls = {};
await new Promise((resolve) => createInterface({input: sandbox.stdout}).on('line', (line) => {
  const {name, url} = JSON.parse(line);
  urls[name] = url;
  if (Object.keys(urls).length === 3) resolve();
}));
const origin = new URL(urls.gateways);
const client = (key) => new Stripe(
    key, {protocol: origin.protocol.slice(0, -1), host: origin.hostname, port: Number(origin.port), maxNetworkRetries: 0});
const stripe = client('sk_test_sampan');

let serial = 0;
const session = (payment_id, change = {}) => ({
  mode: 'payment',
  line_items: [{quantity: 2, price_data: {currency: 'eur', unit_amount: 3497, product_data: {name: 'Order 连衣裙 & co'}}}],
  success_url: 'https://shop.example/paid?s={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://shop.example/cart',
  client_reference_id: payment_id,
  metadata: {payment_id},
  payment_intent_data: {metadata: {payment_id}},
  ...change
});
const new_payment = () => `pay_sdk_${process.pid}_${++serial}`;
const pass = (advance) => fetch(`${urls.control}/control/clock`, {method: 'POST', body: JSON.stringify({advance})});
const press = (url, form) => fetch(url, {method: 'POST', body: new URLSearchParams(form), redirect: 'manual'});
async function paid() {
  const {id, url} = await stripe.checkout.sessions.create(session(new_payment()));
  const reply = await press(url, {act: 'pay', card: '4242 4242 4242 4242'});
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.get('location'), `https://shop.example/paid?s=${id}`);
  return stripe.checkout.sessions.retrieve(id, {expand: ['payment_intent.latest_charge.balance_transaction']});
}

test('the SDK creates a session and reads it back', async () => {
  const payment_id = new_payment();
  const made = await stripe.checkout.sessions.create(session(payment_id));
  assert.match(made.id, /^cs_test_/);
  assert.equal(made.object, 'checkout.session');
  assert.deepEqual([made.status, made.payment_status, made.amount_total, made.currency, made.livemode],
                   ['open', 'unpaid', 6994, 'eur', false]);
  assert.equal(made.metadata.payment_id, payment_id);
  assert.equal(made.payment_intent, null);
  assert.deepEqual({...await stripe.checkout.sessions.retrieve(made.id)}, {...made});
});

test('a paid session has its intent, charge and fee', async () => {
  const early = await paid();
  assert.equal(early.payment_intent.latest_charge.balance_transaction, null);
  await pass('PT2M');
  const s = await stripe.checkout.sessions.retrieve(early.id, {expand: ['payment_intent.latest_charge.balance_transaction']});
  assert.deepEqual([s.status, s.payment_status, s.url], ['complete', 'paid', null]);
  assert.equal(s.payment_intent.amount_received, 6994);
  const {fee, net, amount} = s.payment_intent.latest_charge.balance_transaction;
  assert.equal(fee + net, amount);
  const intent = await stripe.paymentIntents.retrieve(s.payment_intent.id);
  assert.equal(intent.status, 'succeeded');
  assert.equal(intent.metadata.payment_id, s.metadata.payment_id);
  const transaction =
      await stripe.balanceTransactions.retrieve(s.payment_intent.latest_charge.balance_transaction.id);
  assert.equal(transaction.fee, fee);
});

test('a page shows what is paid; a refused card leaves it open', async () => {
  const {id, url} = await stripe.checkout.sessions.create(session(new_payment()));
  const page = await fetch(url);
  const html = await page.text();
  assert.equal(page.status, 200);
  assert.match(html, /EUR 69\.94/);
  assert.doesNotMatch(html, /<script/);
  const refused = await press(url, {act: 'pay', card: '4000000000009995'});
  assert.equal(refused.status, 402);
  assert.match(await refused.text(), /insufficient funds/);
  assert.equal((await stripe.checkout.sessions.retrieve(id)).status, 'open');
});

test('an idempotency key gives the same session; other parameters are refused', async () => {
  const idempotencyKey = `sampan:${new_payment()}:open:1`;
  const first = await stripe.checkout.sessions.create(session('pay_key'), {idempotencyKey});
  const again = await stripe.checkout.sessions.create(session('pay_key'), {idempotencyKey});
  assert.equal(again.id, first.id);
  assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
  await assert.rejects(stripe.checkout.sessions.create(session('pay_other'), {idempotencyKey}),
                       Stripe.errors.StripeIdempotencyError);
});

test('refunds add up, are listed, and end', async () => {
  const {payment_intent: {id: payment_intent}} = await paid();
  const part = await stripe.refunds.create({payment_intent, amount: 1000, metadata: {refund_id: 'ref_1'}});
  assert.deepEqual([part.object, part.status, part.amount], ['refund', 'succeeded', 1000]);
  await assert.rejects(stripe.refunds.create({payment_intent, amount: 5995}), Stripe.errors.StripeInvalidRequestError);
  const rest = await stripe.refunds.create({payment_intent});
  assert.equal(rest.amount, 5994);
  await assert.rejects(stripe.refunds.create({payment_intent}), (error) => error.code === 'charge_already_refunded');
  const seen = [];
  for await (const refund of stripe.refunds.list({payment_intent, limit: 1})) seen.push(refund.id);
  assert.deepEqual(seen, [rest.id, part.id]);
  assert.equal((await stripe.refunds.retrieve(part.id)).metadata.refund_id, 'ref_1');
});

test('an expired session cannot be paid, a paid one cannot expire', async () => {
  const {id, url} = await stripe.checkout.sessions.create(session(new_payment()));
  const expired = await stripe.checkout.sessions.expire(id);
  assert.deepEqual([expired.status, expired.url], ['expired', null]);
  assert.equal((await press(url, {act: 'pay', card: '4242424242424242'})).status, 410);
  const {id: paid_id} = await paid();
  await assert.rejects(stripe.checkout.sessions.expire(paid_id), Stripe.errors.StripeInvalidRequestError);
});

test('errors have the classes that the SDK knows', async () => {
  await assert.rejects(client('sk_test_other').checkout.sessions.retrieve('cs_test_1'),
                       Stripe.errors.StripeAuthenticationError);
  await assert.rejects(stripe.checkout.sessions.retrieve('cs_test_none'), (error) => error.code === 'resource_missing');
  await assert.rejects(stripe.checkout.sessions.create(session('pay_x', {payment_method_types: ['card']})),
                       (error) => error.code === 'parameter_unknown');
  await assert.rejects(stripe.checkout.sessions.create(session('pay_x', {line_items: []})),
                       (error) => error.code === 'parameter_missing');
});

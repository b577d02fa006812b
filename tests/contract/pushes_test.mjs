// 1688's pushes, over HTTP: signed here by a signer that shares nothing with the shop's, and sent by the sandbox when
// something happens on its market. What they say would be found by looking too, but hours later.
import { createHmac } from 'node:crypto';
import { pause, World } from './shop_harness.mjs';
import { dress, shoes, Teller } from './shop_teller.mjs';

const secret = 'sandbox-1688-secret';
const look_at_an_order = 'alibaba.trade.get.buyerView';
const minute = 60_000;
const hour = 60 * minute;
const between_looks = 6 * hour;  // shared/usecase/follow_purchase.cpp

let failed = 0;
function check(sentence, holds, detail = '') {
  console.log(`${holds ? 'ok' : 'not ok'} - ${sentence}${holds ? '' : ` ${detail}`}`);
  if (!holds) failed += 1;
}
// The teller's own checks are those of shop_http_test.mjs: here only what goes wrong is said.
const quietly = (sentence, holds, detail) => { if (!holds) check(sentence, holds, detail); };

const signature_of = (message) => createHmac('sha1', secret).update(`message${message}`).digest('hex').toUpperCase();
const about_order = (msg_id, order_id) => `{"bizKey":"${order_id}","data":{"buyerMemberId":"b2b-1","currentStatus":` +
  `"waitsellersend","orderId":${order_id}},"gmtBorn":1795590000000,"msgId":${msg_id},"type":"ORDER_BUYER_VIEW_ORDER_PAY"}`;

async function push(world, message, signature = signature_of(message)) {
  const body = new URLSearchParams({ message, _aop_signature: signature });
  const reply = await fetch(`${world.shop_url}/pushes/1688`, { method: 'POST', body });
  return { status: reply.status, text: await reply.text() };
}

const now_of = async (world) => Date.parse((await world.control('/control/clock')).now);

async function bought_and_paid(world) {
  const teller = new Teller(world, quietly);
  await teller.finds_and_quotes();
  await teller.orders();
  await teller.pays();
  await world.until('both purchases are paid', async () => (await teller.view()).purchases.every((each) => each.state === 'paid'));
  return teller;
}

// While every look fails, each is counted by the sandbox; the next one comes ten seconds later or when it is asked for.
async function looks(world) {
  const { sites } = await world.control('/control/fault');
  return sites.find(({ site }) => site === 'error_500').struck;
}
async function looks_become(world, count) {
  await world.until(`${count} looks`, async () => (await looks(world)) >= count);
  await pause(1000);
  return (await looks(world)) === count;
}

async function tell_who_is_heard(world, order_id) {
  // The sandbox's own pushes about the payments are delivered first, and acted on.
  await world.control('/control/clock', { advance: 'PT1S' });
  await pause(1500);
  await world.control('/control/fault', { site: 'error_500', times: 1000, about: look_at_an_order });
  const before = await looks(world);
  const message = about_order(1, order_id);

  const forged = await push(world, message, signature_of(`${message} `));
  check('a push with another signature is refused', forged.status === 400 && JSON.parse(forged.text).code === 'auth',
    JSON.stringify(forged));
  const altered = await push(world, message.replace('"msgId":1', '"msgId":2'), signature_of(message));
  check('a push that was altered is refused', altered.status === 400, JSON.stringify(altered));
  const unreadable = await push(world, '{"msgId":');
  check('a signed push that is no JSON is refused', unreadable.status === 400, JSON.stringify(unreadable));
  check('what is refused is not acted on', await looks_become(world, before));

  const first = await push(world, message);
  check('a signed push is taken', first.status === 200, JSON.stringify(first));
  check('and its order looked at', await looks_become(world, before + 1));
  const again = await push(world, message);
  check('the same push again is taken, and acted on once', again.status === 200 && await looks_become(world, before + 1),
    JSON.stringify(again));
  const next = await push(world, about_order(2, order_id));
  check('another push about that order has it looked at again', next.status === 200 && await looks_become(world, before + 2),
    JSON.stringify(next));
  const stranger = await push(world, about_order(3, '1234567890123456789'));
  const unknown = await push(world, '{"msgId":4,"type":"TYPE_OF_TOMORROW","data":"{}"}');
  check('a push about nothing of ours, or of an unknown type, is taken and moves nothing', stranger.status === 200 &&
    unknown.status === 200 && await looks_become(world, before + 2), JSON.stringify([stranger, unknown]));
  await world.control('/control/fault', { site: 'error_500', times: 0, about: look_at_an_order });
}

async function tell_of_a_closed_order(world, teller) {
  const { bought: [{ upstream_order_id }] } = await teller.purchase_of(shoes);
  const before = await now_of(world);
  await world.control('/control/market', { act: 'seller_closes', upstream_order_id });
  await world.until('the purchase is refunded', async () => (await teller.purchase_of(shoes)).state === 'refunded');
  const after = await now_of(world);
  // The first look of its own accord comes an hour after the payment.
  check('an order that its seller closes is noticed within minutes', after - before < 5 * minute, `${after - before} ms`);
}

// Time stands three hours before a look of the shop's own when the seller sends the dress.
async function seller_sends(world, teller) {
  const { purchase_id } = await teller.purchase_of(dress);
  const { market, now } = await world.control('/control/books');
  const sent_at = Date.parse(market.orders[purchase_id][0].due.at);
  const last_look = sent_at - between_looks / 2;
  if (last_look < Date.parse(now) + between_looks) throw new Error('the seller sends too early for this story');
  await world.control('/control/clock', { to: new Date(last_look).toISOString() });
  await pause(1500);
  await world.control('/control/clock', { to: new Date(sent_at).toISOString() });
  return sent_at;
}
const is_shipped = async (teller) => (await teller.purchase_of(dress)).state === 'shipped';

async function with_pushes() {
  const world = await World.open();
  try {
    const teller = await bought_and_paid(world);
    await tell_who_is_heard(world, (await teller.purchase_of(dress)).bought[0].upstream_order_id);
    await tell_of_a_closed_order(world, teller);
    const sent_at = await seller_sends(world, teller);
    await world.until('the shipping is noticed', () => is_shipped(teller));
    const late = (await now_of(world)) - sent_at;
    check('that a seller has sent is noticed by its push, hours before the next look', late < 5 * minute, `${late} ms late`);
  } finally {
    await world.close();
  }
}

// The same world and the same hours, but that no push arrives.
async function without_pushes() {
  const world = await World.open({ faults: [{ site: 'lose_push', times: 1000 }] });
  try {
    const teller = await bought_and_paid(world);
    await seller_sends(world, teller);
    await pause(2000);
    check('without its push, nobody has noticed then', !await is_shipped(teller));
    await world.control('/control/clock', { advance: 'PT3H10M' });
    await world.until('the shipping is noticed', () => is_shipped(teller));
    const { sites } = await world.control('/control/fault');
    const { struck } = sites.find(({ site }) => site === 'lose_push');
    check('a push that is lost is made up for by the next look', struck > 0, `${struck} lost`);
  } finally {
    await world.close();
  }
}

for (const tell of [with_pushes, without_pushes]) {
  try {
    await tell();
  } catch (error) {
    check(`${tell.name} was told to its end`, false, String(error.stack ?? error));
  }
}
process.exitCode = failed === 0 ? 0 : 1;

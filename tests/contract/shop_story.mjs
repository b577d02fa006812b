// One order over HTTP and its mishaps, told against the sandbox's gateways in their real wire protocols, from search to the
// end, and what all sides have in their books then. The same stories as tests/story/order_story_test.cpp.
import { captured_of, compare_books, refunded_of } from './shop_books.mjs';
import { World } from './shop_harness.mjs';
import { dress, shirt, shoes, slippers, Teller } from './shop_teller.mjs';

async function delivered(teller) {
  await teller.finds_and_quotes();
  await teller.orders();
  await teller.pays();
  await teller.warehouse_receives();
  await teller.warehouse_packs();
  await teller.is_followed_to_the_end();
}

// A cart of three sellers on three marketplaces.
async function bought_on_three_markets(teller) {
  teller.wishes = [{ marketplace: 'taobao', product_id: shirt, quantity: 1 },
    { marketplace: 'alibaba1688', product_id: dress, quantity: 2 }, { marketplace: 'jd', product_id: slippers, quantity: 1 }];
  await delivered(teller);
  const { purchases } = await teller.view();
  teller.check('three sellers on three markets are three purchases', purchases.length === 3 &&
    new Set(purchases.map((each) => each.seller.marketplace)).size === 3 && purchases.every((each) => each.bought.length === 1),
  JSON.stringify(purchases));
}

// The shoes are gone when the shop comes to buy them.
async function sold_out_after_payment(teller) {
  await teller.finds_and_quotes();
  await teller.orders();
  for (const { sku_id } of teller.products[shoes].product.skus)
    await teller.world.control('/control/market', { act: 'set_stock', sku_id, quantity: 0 });
  await teller.pays();
  await teller.warehouse_receives();
  const purchase = await teller.purchase_of(shoes);
  teller.check('what is sold out is not bought', purchase.state === 'cancelled' && purchase.bought.length === 0,
    JSON.stringify(purchase));
  await teller.warehouse_packs();
  await teller.is_followed_to_the_end();
}

async function dress_becomes_dearer(teller) {
  const { world } = teller;
  const { sku_id } = teller.products[dress].product.skus[0];
  await world.control('/control/market', { act: 'set_price', sku_id, yuan: '99.90' });
  await teller.pays();
  const held = await world.until('the dearer purchase is held', async () => {
    const purchase = await teller.purchase_of(dress);
    return purchase.state === 'held' ? purchase : null;
  });
  const { journey } = await teller.view();
  teller.check('the shopper is asked', journey.stage === 'waiting_for_answer' && journey.needs_shopper, JSON.stringify(journey));
  return held.purchase_id;
}

async function price_jump_declined(teller) {
  await teller.finds_and_quotes();
  await teller.orders();
  const purchase_id = await dress_becomes_dearer(teller);
  const declined = await teller.world.call('POST', `/v1/purchases/${purchase_id}/decline`);
  teller.check('Anna does without', declined.status === 200, JSON.stringify(declined));
  await teller.warehouse_receives();
  await teller.warehouse_packs();
  await teller.is_followed_to_the_end();
}

async function price_jump_approved(teller) {
  await teller.finds_and_quotes();
  await teller.orders();
  const purchase_id = await dress_becomes_dearer(teller);
  const approved = await teller.world.call('POST', `/v1/purchases/${purchase_id}/approve`);
  teller.check('Anna agrees to the new price', approved.status === 200 && approved.body.payment_id?.startsWith('pay_'),
    JSON.stringify(approved));
  await teller.pays('price_difference');
  await teller.warehouse_receives();
  await teller.warehouse_packs();
  await teller.is_followed_to_the_end();
}

async function parcel_lost(teller) {
  await teller.finds_and_quotes();
  await teller.orders();
  await teller.pays();
  await teller.warehouse_receives();
  await teller.warehouse_packs();
  const parcel = await teller.world.until('the parcel travels', async () =>
    (await teller.view()).parcels.find((each) => each.state === 'shipped'));
  await teller.world.control('/control/market', { act: 'lose_parcel', tracking_number: parcel.tracking_number });
  await teller.is_followed_to_the_end();
}

// Bought and paid, not sent yet: the sellers give the money back.
async function cancelled_before_sending(teller) {
  const { world } = teller;
  await teller.finds_and_quotes();
  await teller.orders();
  await teller.pays();
  await world.until('both are bought', async () => (await teller.view()).purchases.every((each) => each.state === 'paid'));
  const cancelled = await world.call('POST', `/v1/orders/${teller.order_id}/cancel`);
  teller.check('Anna cancels', cancelled.status === 200, JSON.stringify(cancelled));
  await teller.is_followed_to_the_end();
}

// What came in is not what was ordered.
async function returned_to_seller(teller) {
  await teller.finds_and_quotes();
  await teller.orders();
  await teller.pays();
  await teller.warehouse_receives();
  await teller.warehouse_inspects((await teller.purchase_of(shoes)).purchase_id, 'return_to_seller');
  await teller.world.until('the seller has given the money back', async () =>
    (await teller.purchase_of(shoes)).state === 'refunded', 'PT13H');
  await teller.warehouse_packs();
  await teller.is_followed_to_the_end();
}

async function never_paid(teller) {
  await teller.finds_and_quotes();
  await teller.orders();
  await teller.is_followed_to_the_end();
}

// What is told, how it ends, and by which figures: `quoted`, `charged`, `refunded` and `fee`, in cents.
export const stories = {
  delivered: { tell: delivered, stage: 'delivered', holds: (end) => end.charged === end.quoted && end.refunded === 0 },
  bought_on_three_markets: { tell: bought_on_three_markets, stage: 'delivered',
    holds: (end) => end.charged === end.quoted && end.refunded === 0 },
  sold_out_after_payment: { tell: sold_out_after_payment, stage: 'delivered',
    holds: (end) => end.charged === end.quoted && end.refunded > 0 && end.refunded < end.charged },
  price_jump_declined: { tell: price_jump_declined, stage: 'delivered',
    holds: (end) => end.charged === end.quoted && end.refunded > 0 && end.refunded < end.charged },
  price_jump_approved: { tell: price_jump_approved, stage: 'delivered',
    holds: (end) => end.charged > end.quoted && end.refunded === 0 },
  parcel_lost: { tell: parcel_lost, stage: 'lost', holds: (end) => end.refunded === end.charged - end.fee },
  cancelled_before_sending: { tell: cancelled_before_sending, stage: 'refunded',
    holds: (end) => end.charged === end.quoted && end.refunded === end.charged },
  returned_to_seller: { tell: returned_to_seller, stage: 'delivered',
    holds: (end) => end.charged === end.quoted && end.refunded > 0 && end.refunded < end.charged },
  never_paid: { tell: never_paid, stage: 'cancelled', holds: (end) => end.charged === 0 && end.refunded === 0 },
};

async function where_it_stands(teller) {
  if (!teller.order_id) return '';
  const { order, purchases, payments, refunds, parcels } = await teller.view();
  const states = (things) => things.map((each) => each.state);
  const parked = (await teller.world.operate('GET', '/v1/jobs/parked')).body;
  return JSON.stringify({ order: order.state, purchases: states(purchases), payments: states(payments),
    refunds: states(refunds), parcels: states(parcels), parked });
}

// Tells one story in a world of its own, opened with `options`. Answers with what did not hold, how it ended, how often the
// shop was killed, and the sandbox's faults.
export async function tell_story(name, options = {}) {
  const complaints = [];
  const check = (sentence, holds, detail = '') => { if (!holds) complaints.push(`${sentence}: ${detail}`); };
  const { tell, stage, holds } = stories[name];
  const world = await World.open(options);
  const told = { name, complaints, ending: null, faults: null, kills: 0 };
  const teller = new Teller(world, check);
  try {
    await tell(teller);
    const { view, books } = await compare_books(teller);
    told.ending = { stage: view.journey.stage, quoted: teller.quote.landed.total.minor, charged: captured_of(view),
      refunded: refunded_of(view), fee: teller.fee() };
    check(`it ends ${stage}`, told.ending.stage === stage && holds(told.ending), JSON.stringify(told.ending));
    if (name === 'never_paid') check('nothing is bought', Object.keys(books.market.orders).length === 0);
    told.faults = await world.control('/control/fault');
  } catch (error) {
    check('the story was told to its end', false, `${error.stack ?? error} ${await where_it_stands(teller)}`);
  } finally {
    await world.close();
    told.kills = world.kills;
  }
  return told;
}

// Tells of each name, `at_once` of them side by side: most of a story is waiting.
export async function each_at_once(items, at_once, act) {
  const waiting = [...items];
  await Promise.all(Array.from({ length: at_once }, async () => {
    while (waiting.length > 0) await act(waiting.shift());
  }));
}

// One line a case, as the tests' runner counts them.
export function say(sentence, complaints) {
  const holds = complaints.length === 0;
  console.log(`${holds ? 'ok' : 'not ok'} - ${sentence} ${complaints.join('; ')}`.trimEnd());
  if (!holds) process.exitCode = 1;
}

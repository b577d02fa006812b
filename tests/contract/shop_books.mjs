// The shop's ledger, read from outside, against the books of the market, the provider and the carrier, to the cent; and no
// work is left. The same comparison as tests/story/books.cpp.
import { pause } from './shop_harness.mjs';

const sum = (amounts) => amounts.reduce((total, { minor }) => total + minor, 0);
export const captured_of = (view) => sum(view.payments.filter((each) => each.state === 'captured').map((each) => each.amount));
export const refunded_of = (view) => sum(view.refunds.filter((each) => each.state === 'succeeded').map((each) => each.amount));

// Sums by "account currency"; what is zero is left out.
function by_account(postings) {
  const sums = {};
  for (const { account, amount } of postings) {
    const name = `${account} ${amount.currency}`;
    sums[name] = (sums[name] ?? 0) + amount.minor;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0).sort());
}

function by_currency(postings) {
  return by_account(postings.map(({ amount }) => ({ account: 'all', amount })));
}

// What does not hold, each with the figures.
function complaints_of({ view, ledger, parked, books }) {
  const complaints = [];
  const equal = (what, ours, theirs) => {
    if (JSON.stringify(ours) !== JSON.stringify(theirs))
      complaints.push(`${what}: ${JSON.stringify(ours)} is not ${JSON.stringify(theirs)}`);
  };
  const balances = by_account(ledger.balances);
  const balance = (account, currency) => balances[`${account} ${currency}`] ?? 0;
  const of_account = (account) => Object.fromEntries(Object.entries(balances)
    .filter(([name]) => name.startsWith(`${account} `)).map(([name, minor]) => [name.slice(account.length + 1), minor]));
  const in_currencies = (amounts) => by_account(amounts.map((amount) => ({ account: '', amount })));

  // Double entry, kept and summed; there is one order, so its entries are the whole ledger.
  equal('balances and the sums of postings', balances, by_account(ledger.sums));
  equal('balances and the entries of the order', balances, by_account(ledger.entries.flatMap((each) => each.postings)));
  for (const entry of ledger.entries) equal(`${entry.key} is balanced`, by_currency(entry.postings), {});
  equal('each entry is booked once', ledger.entries.length, new Set(ledger.entries.map((each) => each.key)).size);
  equal('nothing is unsettled', ledger.unsettled, []);
  equal('no job waits for a person', parked, []);
  for (const refund of view.refunds) equal(`${refund.refund_id} is with the shopper`, refund.state, 'succeeded');

  // The market: nothing bought twice, and what we spent of our balance is what it took.
  const orders = Object.values(books.market.orders);
  for (const [purchase_id, made] of Object.entries(books.market.orders)) {
    const skus = made.filter((each) => each.state !== 'closed').flatMap((each) => each.lines.map((line) => line.sku_id));
    equal(`each SKU of ${purchase_id} is bought once`, skus.length, new Set(skus).size);
  }
  equal('no order is left unpaid at the market', orders.flat().filter((each) => each.state === 'awaiting_payment'), []);
  equal('spent at the market', -balance('upstream_prepaid', 'CNY'), books.market.paid.minor - books.market.refunded.minor);
  equal('the market\'s own balance', books.market.balance.minor,
    books.market.deposited.minor + books.market.refunded.minor - books.market.paid.minor);

  // The provider: its balance is our clearing account; each payment and refund is what the order says.
  const { lines } = books.provider;
  const of_provider = in_currencies(books.provider.balances);
  equal('what the provider holds for us', Object.values(of_account('psp_clearing')), Object.values(of_provider));
  equal('captured', captured_of(view), sum(lines.map((each) => each.captured)));
  equal('refunded', refunded_of(view), sum(lines.map((each) => each.refunded)));
  equal('the provider\'s fees', balance('psp_fee', view.order.landed.total.currency), sum(lines.map((each) => each.fee)));
  for (const line of lines) {
    const payment = view.payments.find((each) => each.payment_id === line.payment_id);
    equal(`${line.payment_id} is of the order`, payment?.state === 'captured' ? payment.amount : null, line.captured);
  }

  // The carrier: one booking a parcel, at the price that the shop says.
  const { bookings, billed } = books.carrier;
  equal('one booking a parcel', bookings.map((each) => each.parcel_id).sort(), view.parcels.map((each) => each.parcel_id).sort());
  equal('billed by the carrier', -balance('shipping_payable', 'CNY'), billed.minor);
  equal('the parcels\' prices', sum(view.parcels.map((each) => each.carrier_price ?? { minor: 0 })), billed.minor);
  return complaints;
}

async function look({ world, order_id }) {
  const view = await world.view_of(order_id);
  const ledger = (await world.operate('GET', `/v1/ledger?order_id=${order_id}`)).body;
  const parked = (await world.operate('GET', '/v1/jobs/parked')).body.jobs;
  return { view, ledger, parked, books: await world.control('/control/books') };
}

// Work that is still on its way gets time; then the books agree, and they still do days later.
export async function compare_books(teller) {
  const { world, check } = teller;
  let complaints = [];
  for (let looks = 0; looks < 60; looks += 1) {
    complaints = complaints_of(await look(teller));
    if (complaints.length === 0) break;
    await world.control('/control/clock', { advance: 'PT2H' });
    await pause(60);
  }
  for (let day = 0; day < 5 && complaints.length === 0; day += 1) {
    await world.control('/control/clock', { advance: 'P1D' });
    await pause(150);
  }
  const last = await look(teller);
  complaints = complaints_of(last);
  check('all books agree to the cent', complaints.length === 0, complaints.join('; '));
  const stranger = await world.call('GET', '/v1/ledger');
  check('a shopper does not see the ledger', stranger.status === 404 && !stranger.body.balances, JSON.stringify(stranger));
  return last;
}

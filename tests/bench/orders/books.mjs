// What is in the books after the orders: over HTTP while the shop runs, and row by row in its folder once it has ended.
import { open_sqlite } from '../peers/lean_node/sqlite.mjs';
import { get_all } from './shop.mjs';

export async function listed_orders(port, sessions) {
  const lists = await get_all(port, sessions, () => '/v1/orders');
  return lists.flatMap((list) => list.orders.map((order) => order.order_id));
}

// The rows that `placed` orders make, as the first one of them that is wrong; nothing when all are there, once each.
export async function wrong_rows(path, modules, placed) {
  const db = await open_sqlite(path, modules);
  const number = (sql) => Number(Object.values(db.prepare(sql).get())[0]);
  const wanted = {
    orders: ['select count(*) from orders', placed],
    'quotes with an order': ['select count(distinct quote_id) from orders', placed],
    payments: ['select count(distinct order_id) from payment', placed],
    'payments in all': ['select count(*) from payment', placed],
    'lines of the feed': ["select count(*) from feed where kind = 'order'", placed],
    'jobs that expire a payment': ["select count(*) from job where kind = 'expire_payment'", placed],
    'jobs that open a page, or pages open': [`select (select count(*) from payment where state <> 'created') +
      (select count(*) from job join payment on payment_id = subject where kind = 'request_payment' and payment.state = 'created')`,
    placed],
    'kept replies': ["select count(*) from kept_reply where key like 'order-%'", placed],
  };
  const wrong = Object.entries(wanted).find(([, [sql, count]]) => number(sql) !== count);
  const bytes = number(`select (select sum(length(cast(document as blob))) from orders) +
    (select sum(length(cast(document as blob))) from payment)`);
  const has_ledger = number("select count(*) from sqlite_master where name = 'posting'") === 1;
  const sums = has_ledger ? db.prepare('select currency, sum(minor) as sum from posting group by currency').all() : [];
  const postings = has_ledger ? number('select count(*) from posting') : 0;
  db.close();
  const unbalanced = sums.find(({ sum }) => Number(sum) !== 0);
  return {
    wrong: wrong ? `${wrong[0]}: not ${placed}` : unbalanced && `the ledger does not sum to zero in ${unbalanced.currency}`,
    postings, document_bytes_an_order: Math.round(bytes / placed),
  };
}

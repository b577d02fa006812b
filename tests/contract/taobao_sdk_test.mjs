// SDKs that share nothing with us as clients of the sandbox's Taobao: lazada-open-platform-sdk buys through Taobao Global (its
// gateway is Lazada's), node-taobao-topclient reads through TOP.
//
// Trap    node-taobao-topclient sends the time of its own zone, where TOP reads China's: this test lives there · an order's
//         number has 19 digits, which JavaScript's numbers do not hold: it is read from payment_url
process.env.TZ = 'Asia/Shanghai';

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, test} from 'node:test';

const require = createRequire(new URL('../package.json', import.meta.url));
const iop = require('lazada-open-platform-sdk/lib/LazadaRequest');
const {default: TopClient} = require('node-taobao-topclient');

const binary = process.env.SAMPAN_BINARY ?? new URL('../../build/native/sampan', import.meta.url).pathname;
const catalogue = new URL('../../assets/demo', import.meta.url).pathname;
const data = mkdtempSync(join(process.env.SAMPAN_TEST_DIR ?? tmpdir(), 'taobao-sdk-'));
const sandbox = spawn(
    binary, ['sandbox', '--listen', '127.0.0.1:0', '--data', data, '--catalogue', catalogue], {stdio: ['ignore', 'pipe', 'inherit']});
after(() => sandbox.kill('SIGTERM'));
const base = await new Promise((resolve) => createInterface({input: sandbox.stdout}).on('line', (line) => {
  const {name, url} = JSON.parse(line);
  if (name === 'gateways') resolve(url.replace(/\/$/, ''));
}));

// What the sandbox tells a shop; TOP, which a shop does not read, in a comment.
function gateway(name) {
  const toml = readFileSync(join(data, 'sampan.toml'), 'utf8');
  const table = toml.split(`[gateway.${name}]\n`)[1].split(/\n#?\[/)[0];
  return Object.fromEntries([...table.matchAll(/^#?(\w+) = "(.*)"$/gm)].map(([, key, value]) => [key, value]));
}
const app = gateway('iop');
const affiliate = gateway('top');

const get = (path, params, as = app) => iop.get(`${base}/rest`, as.app_key, as.app_secret, path, as.access_token, params);
const post = (path, body, as = app) => iop.post(`${base}/rest`, as.app_key, as.app_secret, path, as.access_token, body);
// The SDK rejects with what the gateway answered.
const refusal = async (call) => {
  const answer = await call.then(() => assert.fail('it was let in'), (refused) => refused);
  return [answer.code, answer.type];
};

const address = JSON.stringify({
  country: '中国',
  state: '广东省',
  city: '广州市',
  district: '白云区',
  address: '仓库路1号',
  name: '集运仓',
  mobile_phone: '13800000000'
});

async function in_stock() {
  const found = await get('/traffic/item/search', {keyword: '杯', page_no: '1', page_size: '20', language: 'en'});
  for (const {item_id} of found.data.data) {
    const {data: product} = await get('/product/get', {item_id: String(item_id)});
    const sku = product.sku_list.find((each) => each.quantity >= product.begin_amount);
    if (sku) return {product, sku};
  }
  return assert.fail('nothing is in stock');
}

function creation({product, sku}, key, fen) {
  const line = {
    itemId: product.mp_id,
    skuId: String(sku.mp_skuId),
    orderLineNo: '1',
    quantity: product.begin_amount,
    price: sku.price,
    currency: 'CNY',
    title: product.title
  };
  return {
    outer_purchase_id: key,
    purchase_amount: String(fen),
    order_line_list: JSON.stringify([line]),
    receiver: address,
    warehouse_address_info: address,
    channel_order_type: 'PANAMA'
  };
}

async function price_of({product, sku}) {
  const item = {item_id: product.mp_id, sku_id: String(sku.mp_skuId), quantity: product.begin_amount};
  const {result} = await post('/purchase/order/render',
                              {receiver_address: address, warehouse_address: address, render_item_List: JSON.stringify([item])});
  return result.data.total_real_pay_price.amount;
}

const number_of = (made) => new URL(made.data.payment_url).searchParams.get('purchaseId');

test('Lazada\'s SDK finds a product, orders it, pays and reads the order', async () => {
  const chosen = await in_stock();
  const fen = await price_of(chosen);
  const made = await post('/purchase/order/create', creation(chosen, 'pur_sdk_1', fen));
  assert.equal(made.data.success, true, JSON.stringify(made));
  assert.equal(made.data.order_list[0].estimate_amount, fen);
  const id = number_of(made);
  assert.match(id, /^\d{19}$/);
  const read = async () => (await get('/purchase/orders/query', {purchase_ids: `["${id}"]`})).data.purchase_orders;
  assert.deepEqual((await read()).map((order) => [order.outer_purchase_id, order.status, order.purchase_amount]),
                   [['pur_sdk_1', 'WAIT_BUYER_PAY', fen]]);
  const paid = await post('/purchase/order/batch/pay', {purchaseOrderIdList: `["${id}"]`});
  assert.deepEqual(paid.data.will_pay_purchase_order_ids, [id]);
  const [order] = await read();
  assert.equal(order.status, 'WAIT_SELLER_SEND_GOODS');
  assert.ok(order.pay_time > 0);
});

test('the same outer_purchase_id makes no second order', async () => {
  const chosen = await in_stock();
  const order = creation(chosen, 'pur_sdk_2', await price_of(chosen));
  assert.equal(number_of(await post('/purchase/order/create', order)), number_of(await post('/purchase/order/create', order)));
  const listed = await get('/purchase/orders/query', {outer_purchase_id: 'pur_sdk_2'});
  assert.equal(listed.data.results_total, 1);
});

test('less than it costs buys nothing', async () => {
  const chosen = await in_stock();
  const refused = await post('/purchase/order/create', creation(chosen, 'pur_sdk_3', await price_of(chosen) - 1));
  assert.deepEqual([refused.success, refused.data.success, refused.data.order_list], [false, false, []]);
  assert.equal((await get('/purchase/orders/query', {outer_purchase_id: 'pur_sdk_3'})).data.results_total, 0);
});

test('Taobao Global refuses an altered signature, another token and another app', async () => {
  const item = {item_id: '1'};
  assert.deepEqual(await refusal(get('/product/get', item, {...app, app_secret: 'another'})), ['IncompleteSignature', 'ISV']);
  assert.deepEqual(await refusal(post('/product/get', item, {...app, app_secret: 'another'})), ['IncompleteSignature', 'ISV']);
  assert.deepEqual(await refusal(get('/product/get', item, {...app, access_token: 'another'})), ['IllegalAccessToken', 'ISV']);
  assert.deepEqual(await refusal(get('/product/get', item, {...app, app_key: '1'})), ['InvalidAppKey', 'ISV']);
  const signed = iop.getSystemQueryParamObject(app.app_key, app.app_secret, '/product/get', app.access_token, item);
  const altered = await fetch(`${base}/rest/product/get?${new URLSearchParams({...signed, item_id: '2'})}`);
  assert.equal((await altered.json()).code, 'IncompleteSignature');
  const right = await fetch(`${base}/rest/product/get?${new URLSearchParams({...signed, ...item})}`);
  assert.equal((await right.json()).error_code, 'ITEM_NOT_EXIST');
});

const client = (as = affiliate) =>
    new TopClient({appkey: as.app_key, appsecret: as.app_secret, REST_URL: `${base}/router/rest`});

test('TOP\'s client finds products and reads one', async () => {
  const found = await client().execute('taobao.tbk.dg.material.optional', {q: '杯', adzone_id: affiliate.adzone_id, page_size: 3});
  const rows = found.result_list.map_data;
  assert.equal(rows.length, 3);
  assert.ok(found.total_results >= 3);
  const {results} = await client().execute('taobao.tbk.item.info.get', {num_iids: rows[0].num_iid}, 'GET');
  assert.equal(String(results.n_tbk_item[0].num_iid), rows[0].num_iid);
  assert.equal(results.n_tbk_item[0].zk_final_price, rows[0].zk_final_price);
});

test('TOP refuses another secret, another session, another time zone and what it does not know', async () => {
  const code = (call) => call.then(() => assert.fail('it was let in'), (error) => error.code);
  const info = {num_iids: '1'};
  assert.equal(await code(client({...affiliate, app_secret: 'another'}).execute('taobao.tbk.item.info.get', {...info})), 25);
  assert.equal(await code(client().execute('taobao.tbk.item.info.get', {...info, session: 'another'})), 27);
  assert.equal(await code(client().execute('taobao.no.such.thing', {...info})), 22);
  const abroad = client();
  abroad.timestamp = () => '2020-01-01 00:00:00';
  assert.equal(await code(abroad.execute('taobao.tbk.item.info.get', {...info})), 31);
});

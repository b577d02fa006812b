// `sampan sandbox` speaks JD's two protocols to a caller that shares nothing with it: signers of a few lines on node:crypto.
//
// Source  JD open platform development guide: MD5 over secret + sorted key+value strings + secret, upper hex; VOP OAuth guide
import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, test} from 'node:test';
import assert from 'node:assert/strict';

const binary = process.env.SAMPAN_BINARY ?? new URL('../../build/native/sampan', import.meta.url).pathname;
const catalogue = new URL('../../assets/demo', import.meta.url).pathname;
const data = mkdtempSync(join(process.env.SAMPAN_TEST_DIR ?? tmpdir(), 'sandbox-jd-'));
const app = {key: '1000003', secret: 'sandbox-jos-secret'};
const vop = {id: 'sandbox-vop', secret: 'sandbox-vop-secret', user: 'sandbox-buyer', password: 'sandbox-password'};

const child = spawn(binary, ['sandbox', '--listen', '127.0.0.1:0', '--data', data, '--catalogue', catalogue],
  {stdio: ['ignore', 'pipe', 'inherit']});
after(() => child.kill('SIGKILL'));
async function started() {
  for await (const line of createInterface({input: child.stdout})) {
    const said = JSON.parse(line);
    if (said.event === 'listening' && said.name === 'gateways') return said.url.replace(/\/$/, '');
  }
  throw new Error('the sandbox ended before it listened');
}
const base = await started();

const md5 = (text) => createHash('md5').update(text).digest('hex');
const china_time = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 19).replace('T', ' ');
const sign_jos = (secret, sent) =>
  md5(secret + Object.keys(sent).sort().map((key) => key + sent[key]).join('') + secret).toUpperCase();
const sign_token = (secret, time) =>
  md5(secret + time + vop.id + vop.user + md5(vop.password) + 'access_token' + '' + secret).toUpperCase();

async function post(path, fields) {
  const reply = await fetch(base + path, {method: 'POST', body: new URLSearchParams(fields)});
  assert.equal(reply.status, 200);
  // An id of 19 digits does not fit JavaScript's numbers.
  return JSON.parse((await reply.text()).replace(/"jdOrderId":(\d+)/g, '"jdOrderId":"$1"'));
}

async function goods_query(goods, alter = {}) {
  const sent = {method: 'jd.union.open.goods.query', app_key: app.key, timestamp: china_time(), v: '1.0',
    '360buy_param_json': JSON.stringify({goodsReqDTO: goods})};
  return post('/routerjson', {...sent, sign: sign_jos(app.secret, sent), ...alter});
}
const found = (reply) => JSON.parse(reply.jd_union_open_goods_query_responce.queryResult);

function token_request(secret = vop.secret) {
  const timestamp = china_time();
  return post('/oauth2/accessToken', {grant_type: 'access_token', client_id: vop.id, timestamp, username: vop.user,
    password: md5(vop.password), scope: '', sign: sign_token(secret, timestamp)});
}

test('the union finds goods for who signs, and nothing for who alters a parameter', async () => {
  const page = found(await goods_query({keyword: '杯', pageIndex: 1, pageSize: 20}));
  assert.equal(page.code, 200);
  assert.ok(page.data.length > 0 && page.totalCount >= page.data.length);
  const altered = await goods_query({keyword: '杯', pageIndex: 1, pageSize: 20}, {v: '2.0'});
  assert.equal(altered.error_response.code, '12');
});

test('a wrong signature makes no token, and a wrong token reads nothing', async () => {
  assert.equal((await token_request('another secret')).success, false);
  const refused = await post('/api/product/skuState', {sku: '1', token: 'N00another'});
  assert.deepEqual([refused.success, refused.resultCode], [false, '2004']);
});

test('goods of our pool are read, ordered, confirmed and looked up', async () => {
  const token = (await token_request()).result.access_token;
  const call = (api, fields) => post('/api/' + api, {...fields, token});
  let goods;  // the first that is in our pool and in stock
  for (const {skuId} of found(await goods_query({keyword: '杯', pageIndex: 1, pageSize: 20})).data) {
    const [row] = JSON.parse((await call('stock/getNewStockById',
      {skuNums: JSON.stringify([{skuId, num: 1}]), area: '19_1607_3639_0'})).result ?? '[]');
    if (row?.stockStateId === 33) { goods = skuId; break; }
  }
  const detail = await call('product/getDetail', {sku: goods, isShow: 'true'});
  assert.equal(detail.result.sku, goods);
  const [{price}] = (await call('price/getSellPrice', {sku: goods})).result;

  const order = {thirdOrder: 'pur_wire_1', sku: JSON.stringify([{skuId: goods, num: 1, bNeedGift: false, price}]),
    name: '集运仓', address: '示例路1号', mobile: '13800000000', province: 19, city: 1607, county: 3639, town: 0,
    invoiceState: 2, invoiceType: 2, selectedInvoiceTitle: 5, companyName: '示例', invoiceContent: 1, paymentType: 4,
    isUseBalance: 1, submitState: 0, doOrderPriceMode: 1, orderPriceSnap: JSON.stringify([{skuId: goods, price}])};
  const made = await call('order/submitOrder', order);
  assert.equal(made.resultCode, '0001', JSON.stringify(made));
  const {jdOrderId, orderPrice} = made.result;
  assert.equal(orderPrice, price);
  assert.equal((await call('order/submitOrder', order)).resultCode, '0008');

  assert.equal((await call('order/selectJdOrder', {jdOrderId})).result.submitState, 0);
  assert.equal((await call('order/confirmOrder', {jdOrderId})).result, true);
  const seen = (await call('order/selectJdOrder', {jdOrderId, queryExts: 'jdOrderState'})).result;
  assert.deepEqual([seen.jdOrderId, seen.orderState, seen.submitState, seen.state], [jdOrderId, 1, 1, 0]);
  assert.equal((await call('order/selectJdOrderIdByThirdOrder', {thirdOrder: 'pur_wire_1'})).result, jdOrderId);
});

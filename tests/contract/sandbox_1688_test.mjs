// `sampan sandbox` speaks 1688's protocol to a caller that shares nothing with it: a signer of a few lines on node:crypto.
//
// Source  the open platform's "API signature rules": HMAC-SHA1 over the path and the sorted key+value strings, upper hex
import {spawn} from 'node:child_process';
import {createHmac} from 'node:crypto';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, test} from 'node:test';
import assert from 'node:assert/strict';

const binary = process.env.SAMPAN_BINARY ?? new URL('../../build/native/sampan', import.meta.url).pathname;
const catalogue = new URL('../../assets/demo', import.meta.url).pathname;
const data = mkdtempSync(join(process.env.SAMPAN_TEST_DIR ?? tmpdir(), 'sandbox-'));
const app = {key: '1000000', secret: 'sandbox-1688-secret', token: '5a4d0000-0000-4000-8000-000000000001'};

let child;
async function start() {
  child = spawn(binary, ['sandbox', '--listen', '127.0.0.1:0', '--data', data, '--catalogue', catalogue],
    {stdio: ['ignore', 'pipe', 'inherit']});
  for await (const line of createInterface({input: child.stdout})) {
    const said = JSON.parse(line);
    if (said.event === 'listening' && said.name === 'gateways') return said.url.replace(/\/$/, '');
  }
  throw new Error('the sandbox ended before it listened');
}
const ended = () => new Promise((resolve) => child.once('exit', resolve));
after(() => child.kill('SIGKILL'));
let base = await start();

const sign = (secret, path, sent) =>
  createHmac('sha1', secret).update(path + Object.entries(sent).map(([k, v]) => k + v)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join('')).digest('hex').toUpperCase();

async function post(api, fields, secret = app.secret) {
  const path = `param2/1/${api.replace(':', '/')}/${app.key}`;
  const sent = {...fields, access_token: app.token};
  const body = new URLSearchParams({...sent, _aop_signature: sign(secret, path, sent)});
  const reply = await fetch(`${base}/openapi/${path}`, {method: 'POST', body});
  return {status: reply.status, text: await reply.text()};
}
const call = async (api, fields) => JSON.parse((await post(api, fields)).text);
// An id of 19 digits does not fit JavaScript's numbers: the string twins are read.
const cross = 'com.alibaba.fenxiao.crossborder:product.search.';
const address = JSON.stringify({fullName: '集运仓', mobile: '13800000000', provinceText: '广东省', cityText: '广州市',
  areaText: '白云区', address: '仓库路1号'});

async function first_product() {
  const found = await call(cross + 'keywordQuery',
    {offerQueryParam: JSON.stringify({keyword: '杯', beginPage: 1, pageSize: 20, country: 'en'})});
  const {offerId} = found.result.result.data[0];
  const detail = await call(cross + 'queryProductDetail', {offerDetailParam: JSON.stringify({offerId, country: 'en'})});
  return detail.result.result;
}

function order_of(product, key) {
  const sku = product.productSkuInfos.find((each) => each.amountOnSale === null || each.amountOnSale > product.minOrderQuantity);
  const line = {offerId: product.offerId, quantity: product.minOrderQuantity};
  if (sku) line.specId = sku.specId;
  return {flow: 'general', addressParam: address, cargoParamList: JSON.stringify([line]), outOrderId: key};
}

test('a signed call is answered, an unsigned or wrongly signed one is not', async () => {
  assert.equal((await post('system:currentTime', {})).status, 200);
  const wrong = await post('system:currentTime', {}, 'another secret');
  assert.equal(wrong.status, 400);
  assert.equal(JSON.parse(wrong.text).error_code, 'gw.SignatureInvalid');
  const bare = await fetch(`${base}/openapi/param2/1/system/currentTime/${app.key}`, {method: 'POST'});
  assert.equal((await bare.json()).error_code, 'gw.SignatureMissing');
});

test('a product is found, previewed, bought and paid', async () => {
  const order = order_of(await first_product(), 'pur_contract_1');
  const preview = await call('com.alibaba.trade:alibaba.createOrder.preview', order);
  assert.equal(preview.success, true, JSON.stringify(preview));
  const made = await call('com.alibaba.trade:alibaba.trade.createCrossOrder', order);
  assert.equal(made.result.totalSuccessAmount, preview.orderPreviewResuslt[0].sumPayment);
  assert.match(made.result.orderId, /^\d{19}$/);
  const paid = await call('com.alibaba.trade:alibaba.trade.pay.protocolPay.preparePay',
    {tradeWithholdPreparePayParam: `{"orderId":${made.result.orderId}}`});
  assert.equal(paid.result.result.paySuccess, true);
});

test('what was answered survives kill -9', async () => {
  const made = await call('com.alibaba.trade:alibaba.trade.createCrossOrder',
    order_of(await first_product(), 'pur_contract_2'));
  const gone = ended();
  child.kill('SIGKILL');
  await gone;
  base = await start();
  const view = await call('com.alibaba.trade:alibaba.trade.get.buyerView',
    {webSite: '1688', orderId: made.result.orderId});
  assert.equal(view.result.baseInfo.outOrderId, 'pur_contract_2');
  assert.equal(view.result.baseInfo.idOfStr, made.result.orderId);
});

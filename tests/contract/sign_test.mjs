// `sampan tool sign` against signers that are not ours: the marketplaces' SDKs where npm has them, else a few lines on
// node:crypto that follow the platform's document. Random parameters from a seed: SAMPAN_SEED repeats a run.
//
// TOP   node-taobao-topclient, TopClient.sign
// IOP   lazada-open-platform-sdk, signRequest (Taobao Global's gateway is Lazada's)
// 1688  the open platform's "API signature rules"
// JD    development guide 2643 (JOS, union), SP-API request signing, VOP's OAuth guide
//
// Both SDKs put the bare key of an empty value into the string, as it is sent; TOP's Java SDK and ours leave it out.
// So their cases have no empty values here, and a family of its own shows that with empty values ours is the SDK's
// signature of the request without them.
import {spawn} from 'node:child_process';
import {createHash, createHmac, randomInt} from 'node:crypto';
import {createRequire} from 'node:module';
import {createInterface} from 'node:readline';

const require = createRequire(new URL('../package.json', import.meta.url));
const {default: TopClient} = require('node-taobao-topclient');
const {signRequest} = require('lazada-open-platform-sdk/lib/LazadaRequest/signature');

const binary = process.env.SAMPAN_BINARY ?? new URL('../../build/native/sampan', import.meta.url).pathname;
const seed = Number(process.env.SAMPAN_SEED ?? randomInt(2 ** 31));
const cases_each = 40;

// mulberry32
let state = seed;
function random(below) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}
const pick = (list) => list[random(list.length)];

const key_parts = ['a', 'A', 'b', 'B', 'Z', 'z', '_', 'item', 'Item', 'ITEM', 'id', 'param', '.', '-', '名'];
const value_parts = [
  '连衣裙',
  ' ',
  '&',
  '=',
  '+',
  '%',
  '%20',
  'é',
  '€',
  '"',
  '\\',
  '\n',
  '\t',
  '😀',
  '0',
  '9007199254740993',
  'https://a.example/?b=c',
  '{"k":"值"}',
  '[1,2]',
  'x',
  'X',
  '\'',
  '\u0001'
];

function word(parts, most) {
  let text = '';
  for (let n = 1 + random(most); n > 0; n--) text += pick(parts);
  return text;
}
function parameters() {
  const params = {};
  for (let n = 1 + random(12); n > 0; n--) params[word(key_parts, 4)] = word(value_parts, 8);
  return params;
}
const with_empty_values = (params) => ({...params, empty: '', Empty: ''});

const upper = (digest) => digest.digest('hex').toUpperCase();
const md5 = (text) => createHash('md5').update(text);
const by_bytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const joined = (params) => Object.keys(params).sort(by_bytes).map((key) => key + params[key]).join('');

const secret = () => word(['s', 'E', 'c', '9', '密', '€', '+'], 24);
const top_client = (app_secret) => new TopClient({appkey: 'k', appsecret: app_secret, REST_URL: 'http://127.0.0.1/'});

const families = {
  'top-md5 by node-taobao-topclient': () => {
    const question = {method: 'top-md5', secret: secret(), params: parameters()};
    return [question, top_client(question.secret).sign(question.params)];
  },
  'top-md5 with empty values, by node-taobao-topclient without them': () => {
    const params = parameters();
    const question = {method: 'top-md5', secret: secret(), params: with_empty_values(params)};
    return [question, top_client(question.secret).sign(params)];
  },
  'iop-sha256 by lazada-open-platform-sdk': () => {
    const path = '/' + word(['product', 'order', '/', 'get', 'create'], 5);
    const question = {method: 'iop-sha256', secret: secret(), path, params: parameters()};
    return [question, signRequest(question.secret, path, question.params)];
  },
  'aop-sha1 by the document of 1688': () => {
    const path = pick(['', 'param2/1/com.alibaba.trade/alibaba.createOrder.preview/1000000']);
    const question = {method: 'aop-sha1', secret: secret(), path, params: with_empty_values(parameters())};
    const lines = Object.entries(question.params).map(([key, value]) => key + value).sort(by_bytes);
    return [question, upper(createHmac('sha1', question.secret).update(path + lines.join('')))];
  },
  'jd-md5 by the document of JD': () => {
    const params = {...parameters(), '360buy_param_json': JSON.stringify({keyword: word(value_parts, 6)})};
    const question = {method: 'jd-md5', secret: secret(), params};
    return [question, upper(md5(question.secret + joined(params) + question.secret))];
  },
  'jd-sp by the document of JD': () => {
    const headers = {'X-JOS-App-Key': 'k', 'X-JOS-Timestamp': String(random(2 ** 31))};
    const params = {...parameters(), ...headers, body: '{"a":"值"}'};
    const question = {method: 'jd-sp', secret: secret(), params};
    return [question, upper(md5(question.secret + joined(params) + question.secret))];
  },
  'vop-token by the document of VOP': () => {
    const text = () => word(value_parts, 5);
    const q = {
      method: 'vop-token',
      secret: secret(),
      timestamp: '2026-11-24 16:00:00',
      client_id: text(),
      username: text(),
      password: text(),
      grant_type: 'access_token',
      scope: pick(['', 'read'])
    };
    const password = md5(q.password).digest('hex');
    const fields = [q.secret, q.timestamp, q.client_id, q.username, password, q.grant_type, q.scope, q.secret];
    return [q, upper(md5(fields.join('')))];
  },
};

console.log(`# seed ${seed}`);
const tool = spawn(binary, ['tool', 'sign'], {stdio: ['pipe', 'pipe', 'inherit']});
tool.on('error', (error) => {
  console.log(`not ok - ${binary}: ${error.message}`);
  process.exit(1);
});
const answers = createInterface({input: tool.stdout})[Symbol.asyncIterator]();

let failures = 0;
for (const [name, make] of Object.entries(families)) {
  for (let n = 1; n <= cases_each; n++) {
    const [question, expected] = make();
    tool.stdin.write(JSON.stringify(question) + '\n');
    const {value: line, done} = await answers.next();
    const answer = done ? {} : JSON.parse(line);
    const is_same = answer.signature === expected;
    console.log(`${is_same ? 'ok' : 'not ok'} - ${name}, ${n}`);
    if (is_same) continue;
    failures++;
    console.log(`# ${JSON.stringify(question)}\n# expected ${expected}, got ${line}`);
    if (done) process.exit(1);
  }
}
tool.stdin.end();
process.exitCode = failures === 0 ? 0 : 1;

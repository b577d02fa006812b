// Webhook signatures against Stripe's own SDK, both ways: what it signs, `sampan tool webhook` accepts, and what we sign,
// its constructEvent accepts. What is not signed so, both refuse. Random bodies from a seed: SAMPAN_SEED repeats a run.
//
// The one difference is meant: the SDK lets a message from the future pass, we do not.
import {spawn} from 'node:child_process';
import {randomInt} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {createInterface} from 'node:readline';

const require = createRequire(new URL('../package.json', import.meta.url));
const Stripe = require('stripe');

const binary = process.env.SAMPAN_BINARY ?? new URL('../../build/native/sampan', import.meta.url).pathname;
const seed = Number(process.env.SAMPAN_SEED ?? randomInt(2 ** 31));
const cases_each = 40;
const stripe = new Stripe('sk_test_sampan');

// mulberry32
let state = seed;
function random(below) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}
const pick = (list) => list[random(list.length)];

const parts = ['连衣裙', ' ', '"', '\\', '\n', '€', '😀', 'é', '.', ',', '=', 't=1', 'v1=', '{', '}', '\u0001', 'x', '0'];
function word(most) {
  let text = '';
  for (let n = 1 + random(most); n > 0; n--) text += pick(parts);
  return text;
}
function message() {
  const id = `evt_${random(2 ** 31)}`;
  const type = pick(['checkout.session.completed', 'payment_intent.succeeded', 'charge.refunded', 'new.one']);
  const object = {id: 'cs_test_1', metadata: {payment_id: word(6)}, description: word(30)};
  const payload = JSON.stringify({id, object: 'event', type, data: {object}}, null, pick([0, 2]));
  return {id, type, payload, secret: 'whsec_' + word(12), timestamp: 1790000000 + random(10 ** 8)};
}

const tool = spawn(binary, ['tool', 'webhook'], {stdio: ['pipe', 'pipe', 'inherit']});
tool.on('error', (error) => {
  console.log(`not ok - ${binary}: ${error.message}`);
  process.exit(1);
});
const answers = createInterface({input: tool.stdout})[Symbol.asyncIterator]();
async function ask(question) {
  tool.stdin.write(JSON.stringify({provider: 'stripe', ...question}) + '\n');
  const {value, done} = await answers.next();
  if (done) throw new Error(`${binary} tool webhook ended`);
  return JSON.parse(value);
}

// What the SDK makes of it: the event, or null.
function sdk_event({payload, header, secret}, now) {
  try {
    return stripe.webhooks.constructEvent(payload, header, secret, 300, undefined, now * 1000);
  } catch {
    return null;
  }
}
const ours = ({payload, header, secret}, now) => ask({secret, header, body: payload, now});

const changed = {
  'another secret': (m) => ({...m, secret: m.secret + 'x'}),
  'a body with a byte more': (m) => ({...m, payload: m.payload + ' '}),
  'a space behind the comma': (m) => ({...m, header: m.header.replace(',', ', ')}),
  'upper-case hex': (m) => ({...m, header: m.header.replace(/v1=.*/, (v) => 'v1=' + v.slice(3).toUpperCase())}),
  'v0 instead of v1': (m) => ({...m, header: m.header.replace('v1=', 'v0=')}),
  'no time': (m) => ({...m, header: m.header.replace(/^t=\d+,/, '')}),
  'half of it': (m) => ({...m, header: m.header.slice(0, -random(63) - 1)}),
  'another signature first': (m) => ({...m, header: m.header.replace(',', `,v1=${'0'.repeat(64)},`)}),
  'another signature behind': (m) => ({...m, header: m.header + `,v1=${'0'.repeat(64)}`}),
  'another time first': (m) => ({...m, header: 't=1,' + m.header}),
  'another time behind': (m) => ({...m, header: m.header + ',t=1'}),
  'a comma behind': (m) => ({...m, header: m.header + ','}),
};

let failures = 0;
function report(name, is_same, ...details) {
  console.log(`${is_same ? 'ok' : 'not ok'} - ${name}`);
  if (is_same) return;
  failures++;
  console.log('# ' + JSON.stringify(details));
}

console.log(`# seed ${seed}`);
for (let n = 1; n <= cases_each; n++) {
  const m = message();
  const now = m.timestamp + random(301);
  const by_sdk = stripe.webhooks.generateTestHeaderString(m);
  const answer = await ours({...m, header: by_sdk}, now);
  report(`what the SDK signs we accept, ${n}`, answer.event_id === m.id && answer.type === m.type, m, answer);

  const {header} = await ask({secret: m.secret, body: m.payload, now: m.timestamp, sign: true});
  const event = sdk_event({...m, header}, now);
  report(`what we sign the SDK accepts, ${n}`, header === by_sdk && event?.id === m.id, m, header);
}
for (const [name, change] of Object.entries(changed)) {
  for (let n = 1; n <= cases_each / 10; n++) {
    const m = message();
    const sent = change({...m, header: stripe.webhooks.generateTestHeaderString(m)});
    const now = m.timestamp + random(400);
    const event = sdk_event(sent, now);
    const answer = await ours(sent, now);
    report(`${name}: both say the same, ${n}`, (event?.id ?? null) === (answer.event_id ?? null), sent, now, answer);
  }
}
{
  const m = message();
  const sent = {...m, header: stripe.webhooks.generateTestHeaderString(m)};
  const answer = await ours(sent, m.timestamp - 301);
  report('a message from the future is refused by us alone',
         sdk_event(sent, m.timestamp - 301) !== null && answer.error?.code === 'auth', answer);
}
const fixture = JSON.parse(await readFile(new URL('../fixtures/stripe_webhooks.json', import.meta.url), 'utf8'));
for (const {why, body, is_accepted, event, now, ...rest} of fixture.cases) {
  const sent = {payload: body, ...rest};
  const answer = await ours(sent, now);
  const is_same = (sdk_event(sent, now) !== null) === is_accepted && ('event_id' in answer) === is_accepted;
  report(`the fixture, ${why}`, is_same && answer.event_id === event?.event_id && answer.type === event?.type, answer);
}
tool.stdin.end();
process.exitCode = failures === 0 ? 0 : 1;

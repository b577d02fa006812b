// Stands between the shop and the sandbox's gateways, so that thousands of carts can be quoted through the shop's own calls:
// a marketplace takes 20 calls a second, here it answers the same question from memory. What is answered is the sandbox's.
//
// Usage   node gateway.mjs SANDBOX_URL; prints {"url": …}
// Trap    a payment page is not opened while payments are held (POST /hold, POST /release): their calls just wait, as with a
//         slow provider, and the jobs that make them wait too
import { Agent, createServer, request } from 'node:http';

const sandbox = process.argv[2];
const agent = new Agent({ keepAlive: true });
const ms_between_calls = 70;
const known = new Map();  // question → promise of its reply
let last_call = Promise.resolve();
const held = [];
let is_holding = false;

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function collect(stream) {
  return new Promise((resolve, reject) => {
    const pieces = [];
    stream.on('data', (piece) => pieces.push(piece)).on('end', () => resolve(Buffer.concat(pieces))).on('error', reject);
  });
}

function ask_sandbox({ method, url, headers }, body) {
  return new Promise((resolve, reject) => {
    const asked = request(sandbox + url, { method, agent, headers: { ...headers, host: new URL(sandbox).host } });
    asked.on('response', async (reply) => resolve({ status: reply.statusCode, type: reply.headers['content-type'],
      body: await collect(reply) })).on('error', reject);
    asked.end(body);
  });
}

// The same call has another signature each second.
function question_of(url, body) {
  const fields = new URLSearchParams(body.toString());
  fields.delete('_aop_signature');
  fields.delete('_aop_timestamp');
  return `${url}?${fields}`;
}

function answer_of_market(call, body) {
  const question = question_of(call.url, body);
  if (!known.has(question)) {
    const turn = last_call.then(() => pause(ms_between_calls));
    last_call = turn;
    known.set(question, turn.then(() => ask_sandbox(call, body)).then((reply) => {
      if (reply.status !== 200) known.delete(question);
      return reply;
    }));
  }
  return known.get(question);
}

async function answer(call, body) {
  if (call.url.startsWith('/openapi/')) return answer_of_market(call, body);
  if (call.url.startsWith('/v1/') && is_holding) await new Promise((resolve) => { held.push(resolve); });
  return ask_sandbox(call, body);
}

const server = createServer(async (call, reply) => {
  const body = await collect(call);
  if (call.url === '/hold' || call.url === '/release') {
    is_holding = call.url === '/hold';
    if (!is_holding) for (const resume of held.splice(0)) resume();
    return reply.end();
  }
  try {
    const { status, type, body: bytes } = await answer(call, body);
    reply.writeHead(status, { ...(type ? { 'content-type': type } : {}), 'content-length': bytes.length }).end(bytes);
  } catch {
    reply.destroy();
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
process.once('SIGTERM', () => process.exit(0));

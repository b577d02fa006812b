// `sampan tool parse` over every recorded reply: those of tests/fixtures, and the whole recordings where SAMPAN_SAMPLES names
// the folder that has them. Each is a value or the error that it means; and nothing that is no reply gets past.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const binary = process.env.SAMPAN_BINARY ?? new URL('../../build/native/sampan', import.meta.url).pathname;
const fixtures = new URL('../fixtures/', import.meta.url).pathname;
const samples = process.env.SAMPAN_SAMPLES;

const tool = spawn(binary, ['tool', 'parse'], { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: tool.stdout })[Symbol.asyncIterator]();
async function parse(question) {
  tool.stdin.write(`${typeof question === 'string' ? question : JSON.stringify(question)}\n`);
  return JSON.parse((await answers.next()).value);
}

let failed = 0;
function check(sentence, holds, detail = '') {
  console.log(`${holds ? 'ok' : 'not ok'} - ${sentence}${holds ? '' : ` ${detail}`}`);
  if (!holds) failed += 1;
}

// What a file's name says of its reply.
const meant = [
  [/error-(acl|legacy-401|signature|token|invalid-session|invalid-signature)/, ['auth', 'bad_request']],
  [/error-(frequency|call-limit|call-limited)/, ['quota']],
  [/error-(remote-service)|service-error/, ['retry_later', 'outcome_unknown']],
  [/error-method/, ['bad_request']],
  [/out-of-stock|failed-offer|off-shelf|gift-out-of-stock/, ['sold_out']],
  [/below-moq/, ['below_moq']],
  [/not-shipped|by-third-missing/, ['not_found']],
  [/not-in-pool/, ['not_offered', 'not_found']],
  [/error-area-limited|error-balance/, ['rejected']],
  [/purchase-create-error/, ['sold_out']],
];

const folders = [['1688', 'alibaba1688'], ['taobao', 'taobao'], ['jd', 'jd']];
if (samples && existsSync(join(samples, 'samples'))) {
  for (const [folder, marketplace] of folders) {
    const place = join(samples, 'samples', folder);
    for (const name of readdirSync(place).filter((each) => each.endsWith('.json'))) {
      const answer = await parse({ marketplace, api: '', reply: JSON.parse(readFileSync(join(place, name), 'utf8')) });
      const errors = meant.find(([pattern]) => pattern.test(name))?.[1];
      check(`${folder}/${name} means ${errors ? errors.join(' or ') : 'a value'}`,
        errors ? errors.includes(answer.error?.code) : answer.error === undefined, JSON.stringify(answer).slice(0, 300));
    }
  }
}

const read = (path) => JSON.parse(readFileSync(join(fixtures, path), 'utf8'));
const product = await parse({ marketplace: 'alibaba1688', api: 'com.alibaba.fenxiao.crossborder:product.search.queryProductDetail',
  reply: read('alibaba1688/product_whole.json') });
check('a product of 1688 comes out in the words of the protocol', product.product?.key.marketplace === 'alibaba1688' &&
  product.product.skus.length > 0 && product.stock.length === product.product.skus.length, JSON.stringify(product).slice(0, 300));
const as_text = await parse({ marketplace: 'alibaba1688', api: '', reply: JSON.stringify(read('alibaba1688/product_whole.json')) });
check('a reply may come as the text that it was, and its shape decides', JSON.stringify(as_text) === JSON.stringify(product),
  JSON.stringify(as_text).slice(0, 300));

const refused = [
  ['a line that is no JSON', '{', 'bad_input'],
  ['no reply', { marketplace: 'jd', api: '' }, 'bad_input'],
  ['a marketplace that nobody knows', { marketplace: 'ebay', api: '', reply: {} }, 'bad_input'],
  ['an API that nobody knows', { marketplace: 'alibaba1688', api: 'no.such.api', reply: { result: {} } }, 'bad_input'],
  ['text that is no JSON', { marketplace: 'jd', api: '', reply: '<html>' }, 'bad_input'],
];
for (const [what, question, code] of refused) {
  const answer = await parse(question);
  check(`${what} is ${code}, and the run goes on`, answer.error?.code === code, JSON.stringify(answer));
}
tool.stdin.end();
process.exitCode = failed === 0 ? 0 : 1;

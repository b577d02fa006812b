// /openapi.json against an independent validator of OpenAPI 3.1, which itself must refuse a broken document.
import { Validator } from '@seriousme/openapi-schema-validator';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, start, web } from './shop_harness.mjs';

let failed = 0;
function check(sentence, holds, detail = '') {
  console.log(`${holds ? 'ok' : 'not ok'} - ${sentence}${holds ? '' : ` ${detail}`}`);
  if (!holds) failed += 1;
}

const folder = mkdtempSync(join(process.env.SAMPAN_TEST_DIR ?? tmpdir(), 'openapi-'));
const sandbox = await start(['sandbox', '--data', join(folder, 'sandbox')], 3);
const shop = await start(['serve', '--listen', '127.0.0.1:0', '--data', join(folder, 'shop'), '--web', web,
  '--config', join(folder, 'sandbox/sampan.toml')], 1);
const document = await (await fetch(`${shop.urls.shop}/openapi.json`)).json();
await end(shop);
await end(sandbox);
rmSync(folder, { recursive: true });

const verdict = await new Validator().validate(structuredClone(document));
check('the document is valid OpenAPI', verdict.valid, JSON.stringify(verdict.errors)?.slice(0, 500));
check('it is of version 3.1', document.openapi.startsWith('3.1'), document.openapi);
check('placing an order is in it', document.paths['/v1/orders']?.post?.operationId === 'place_order');
const broken = structuredClone(document);
delete broken.info;
check('the validator refuses a document without its title', !(await new Validator().validate(broken)).valid);
process.exitCode = failed === 0 ? 0 : 1;

// 1688's access token lives ten hours. The shop is given one of a buyer's consent, and goes on buying after its end; when the
// consent itself is over, it says what a person has to do.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { compare_books } from './shop_books.mjs';
import { end, start, World } from './shop_harness.mjs';
import { Teller } from './shop_teller.mjs';

let failed = 0;
function check(sentence, holds, detail = '') {
  console.log(`${holds ? 'ok' : 'not ok'} - ${sentence}${holds ? '' : ` ${detail}`}`);
  if (!holds) failed += 1;
}

const app = { key: '1000000', secret: 'sandbox-1688-secret' };

// What a buyer does once in a browser: consents, and is sent back with a code.
async function grant(gateways) {
  const back = 'https://shop.example/back';
  const consent = await fetch(`${gateways}/oauth/authorize?${new URLSearchParams({ client_id: app.key, site: '1688',
    redirect_uri: back, state: 's' })}`, { redirect: 'manual' });
  const code = new URL(consent.headers.get('location')).searchParams.get('code');
  const reply = await fetch(`${gateways}/openapi/http/1/system.oauth2/getToken/${app.key}`, { method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', need_refresh_token: 'true', client_id: app.key,
      client_secret: app.secret, redirect_uri: back, code }) });
  return reply.json();
}

// The operator puts the grant in the place of the console's token, which never ends, and starts the shop again.
async function configure_grant(world) {
  const { access_token, refresh_token } = await grant(world.sandbox.urls.gateways);
  const path = join(world.folder, 'sandbox/sampan.toml');
  const [before, after] = readFileSync(path, 'utf8').split('[gateway.aop]\n');
  const tables = after.split(/^(?=\[)/m);  // 1688's own lines, then the other tables
  const own = tables[0].replace(/^(access|refresh)_token = .*\n/gm, '');
  writeFileSync(path, [before, `[gateway.aop]\naccess_token = "${access_token}"\nrefresh_token = "${refresh_token}"\n`, own,
    ...tables.slice(1)].join(''));
  await restart(world);
}

async function restart(world) {
  await end(world.shop);
  world.shop = await start(world.shop_arguments, 1);
}

const handed_out = (world) =>
  JSON.parse(readFileSync(join(world.folder, 'sandbox/sandbox.json'), 'utf8')).tokens.handed_out;
const search = async (world) => (await fetch(`${world.shop_url}/v1/search?marketplace=alibaba1688&words=${
  encodeURIComponent('汉服')}`)).json();

const world = await World.open();
try {
  await configure_grant(world);
  const at_start = handed_out(world);
  await world.control('/control/clock', { advance: 'PT11H' });
  const found = await search(world);
  check('an hour after the token has ended, a search is answered', found.products?.length > 0, JSON.stringify(found));
  check('one more token was fetched for it', handed_out(world) === at_start + 1);

  await restart(world);
  await search(world);
  check('the fetched token is still there after a restart', handed_out(world) === at_start + 1);
  for (const file of ['shop.sqlite', 'shop.sqlite-wal'])
    check(`${file}, which holds it, is its owner's only`, (statSync(join(world.folder, 'shop', file)).mode & 0o777) === 0o600);

  const teller = new Teller(world, (sentence, holds, detail) => { if (!holds) check(sentence, holds, detail); });
  await teller.finds_and_quotes();
  await teller.orders();
  await teller.pays();
  await teller.warehouse_receives();
  await teller.warehouse_packs();
  await teller.is_followed_to_the_end();
  await compare_books(teller);
  check('an order is bought and followed over several tokens', handed_out(world) >= at_start + 3, `${handed_out(world)}`);

  await world.control('/control/clock', { advance: 'P181D' });
  const refused = await search(world);
  check('when the consent is over, the shop says what a person has to do', refused.code === 'auth' &&
    /authorise the app anew/.test(refused.detail), JSON.stringify(refused));
  await configure_grant(world);
  const again = await search(world);
  check('a new consent, configured, is newer than what was kept', again.products?.length > 0, JSON.stringify(again));
} catch (error) {
  check('it came to its end', false, error.stack);
} finally {
  await world.close();
}
process.exitCode = failed === 0 ? 0 : 1;

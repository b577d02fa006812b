// Each named fault of the sandbox strikes one run of a story; it ends as the quiet one does, and all books agree. The faults
// are the sandbox's own list, so that a new one cannot be forgotten.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { control, end, start } from './shop_harness.mjs';
import { each_at_once, say, tell_story } from './shop_story.mjs';

// Every call that moves money or goods, and those that tell about them; each is struck once in the run. The story is the
// one that makes them all.
const calls = [
  'GET /stats/*',
  'alibaba.createOrder.preview',
  'alibaba.trade.createCrossOrder',
  'alibaba.trade.pay.protocolPay.preparePay',
  'alibaba.trade.get.buyerView',
  'alibaba.trade.getRefundReasonList',
  'alibaba.trade.createRefund',
  'POST /v1/checkout/sessions',
  'GET /v1/checkout/sessions/*',
  'GET /v1/refunds',
  'POST /v1/refunds',
  'GET /carrier/bookings',
  'POST /carrier/bookings',
  'GET /carrier/track',
];

// By what is struck: the story, and the plan.
const runs = {
  call: { story: 'returned_to_seller', plan: (site) => calls.map((about) => ({ site, about, times: 1 })) },
  push: { story: 'returned_to_seller', plan: (site) => [{ site, times: 3 }] },
  // A payment has two messages: both are struck, where one at a time is.
  webhook: { story: 'returned_to_seller', plan: (site) => [{ site, times: site === 'lose_webhook' ? 2 : 1 }] },
};

async function list_sites() {
  const folder = mkdtempSync(join(process.env.SAMPAN_TEST_DIR ?? tmpdir(), 'faults-'));
  const sandbox = await start(['sandbox', '--data', folder], 3);
  const { sites } = await control(sandbox, '/control/fault');
  await end(sandbox);
  rmSync(folder, { recursive: true });
  return sites;
}

const sites = await list_sites();
say('the sandbox names its faults, of calls, pushes and webhooks', Object.keys(runs)
  .filter((target) => !sites.some((each) => each.target === target)));
const quiet = await tell_story('returned_to_seller');
say('the quiet story ends well', quiet.complaints);

await each_at_once(sites, 3, async ({ site, target }) => {
  const { story, plan } = runs[target];
  const faults = plan(site);
  const told = await tell_story(story, { idle_step: 'PT1M', refusal_ms: site === 'refuse' ? 10_500 : 0, faults });
  const complaints = [...told.complaints];
  const wanted = faults.reduce((total, { times }) => total + times, 0);
  const struck = told.faults?.sites.find((each) => each.site === site).struck;
  if (struck !== wanted) complaints.push(`struck ${struck} times, not ${wanted}: ${JSON.stringify(told.faults?.faults)}`);
  if (JSON.stringify(told.ending) !== JSON.stringify(quiet.ending))
    complaints.push(`it ended ${JSON.stringify(told.ending)}, not ${JSON.stringify(quiet.ending)}`);
  say(`${site}, struck ${struck} times, changes nothing in the end`, complaints);
});

// A shopper pastes a link and reads which product it is: by role and name only, from `sampan serve` and from a plain static host.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { open_browser, proxy_page, report, run_cases, serve_by_sampan, serve_by_static_host, tab_page } from './harness.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

const field = (page) => page.getByRole('searchbox', { name: 'Paste a product link' });
const answer = (page) => page.getByRole('status');
const heading = (page, name) => answer(page).getByRole('heading', { name, exact: true });
const link = (page, name) => answer(page).getByRole('link', { name, exact: true });

async function read(page, text) {
  await field(page).fill(text);
  await page.getByRole('button', { name: 'Read link' }).click();
}

async function sees_product(page, { marketplace, id, sku, address }) {
  await heading(page, `Product on ${marketplace}`).waitFor();
  await answer(page).getByText(id, { exact: true }).waitFor();
  if (sku) await answer(page).getByText(sku, { exact: true }).waitFor();
  assert.equal(await answer(page).getByText('Variant (SKU)').count(), sku ? 1 : 0);
  assert.equal(await link(page, address).getAttribute('href'), address);
}

async function sees_refusal(page, title, words) {
  await heading(page, title).waitFor();
  await answer(page).getByText(words).waitFor();
  assert.equal(await answer(page).getByRole('link').count(), 0);
}

const jd = { marketplace: 'JD', id: '100012043978', address: 'https://item.jd.com/100012043978.html' };

async function finds_nothing_to_mend(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`), []);
}

// Each state of the page, in one theme on one screen.
async function is_accessible(page) {
  await finds_nothing_to_mend(page);
  await read(page, jd.address);
  await heading(page, 'Product on JD').waitFor();
  await finds_nothing_to_mend(page);
  await read(page, 'nothing');
  await heading(page, 'Not a product').waitFor();
  await finds_nothing_to_mend(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(overflow, 0, 'the page scrolls sideways');
}

function cases_at(url) {
  return [
    ['a Taobao link names the product and its SKU', async (page) => {
      await page.goto(url);
      await read(page, 'https://item.taobao.com/item.htm?abbucket=9&id=703446760426&ns=1&skuId=4984126341234#detail');
      await sees_product(page, { marketplace: 'Taobao or Tmall', id: '703446760426', sku: '4984126341234',
        address: 'https://item.taobao.com/item.htm?id=703446760426&skuId=4984126341234' });
    }],
    ['a 1688 link loses what tracks', async (page) => {
      await page.goto(url);
      await read(page, 'https://detail.1688.com/offer/676651652931.html?spm=a2615.7691456.0.0&sk=consign');
      await sees_product(page, { marketplace: '1688', id: '676651652931', address: 'https://detail.1688.com/offer/676651652931.html' });
    }],
    ['a JD link for phones becomes the product’s address', async (page) => {
      await page.goto(url);
      await read(page, 'https://item.m.jd.com/product/100012043978.html?gx=RnE');
      await sees_product(page, jd);
      assert.equal(await page.title(), 'JD 100012043978 · Sampan');
    }],
    ['an agent’s link names the marketplace’s product', async (page) => {
      await page.goto(url);
      await read(page, 'https://www.superbuy.com/en/page/buy?from=search-input&url=https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D703446760426');
      await sees_product(page, { marketplace: 'Taobao or Tmall', id: '703446760426', address: 'https://item.taobao.com/item.htm?id=703446760426' });
    }],
    ['two products in one text are both shown', async (page) => {
      await page.goto(url);
      await read(page, `first ${jd.address}?a=1 then https://detail.1688.com/offer/676651652931.html`);
      await answer(page).getByText('2 products in this text').waitFor();
      await sees_product(page, jd);
      await sees_product(page, { marketplace: '1688', id: '676651652931', address: 'https://detail.1688.com/offer/676651652931.html' });
    }],
    ['two links pasted on two lines stay two', async (page) => {
      await page.goto(url);
      await field(page).focus();
      await page.evaluate((text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true, bubbles: true }));
      }, `${jd.address}\nhttps://detail.1688.com/offer/676651652931.html`);
      await page.keyboard.press('Enter');
      await answer(page).getByText('2 products in this text').waitFor();
    }],
    ['a share text around a short link says that it needs a look-up', async (page) => {
      await page.goto(url);
      await read(page, '【淘宝】https://e.tb.cn/h.TkQ0aZ3x9?tk=AbCd3eFgHi1 MF6563 「法式方领连衣裙」 点击链接直接打开 或者 淘宝搜索直接打开');
      await sees_refusal(page, 'Only the marketplace knows where this leads', /short link/);
    }],
    ['a Weidian link says that nothing is bought there', async (page) => {
      await page.goto(url);
      await read(page, 'https://weidian.com/item.html?itemID=7322752149');
      await sees_refusal(page, 'Not sold here', /Weidian/);
    }],
    ['a bare number asks which marketplace', async (page) => {
      await page.goto(url);
      await read(page, '703446760426');
      await sees_refusal(page, 'Which marketplace?', /number/);
    }],
    ['a shop page and nonsense are no products', async (page) => {
      await page.goto(url);
      for (const text of ['https://shop118690644.taobao.com/', '连衣裙 夏', '<img src=x onerror=alert(1)>', 'javascript:alert(1)']) {
        await read(page, text);
        await sees_refusal(page, 'Not a product', /no link to a product/);
      }
    }],
    ['a wrong text after a right one leaves nothing of it', async (page) => {
      await page.goto(url);
      await read(page, jd.address);
      await sees_product(page, jd);
      await read(page, 'nothing');
      await sees_refusal(page, 'Not a product', /no link/);
      assert.equal(await answer(page).getByText(jd.id).count(), 0);
      assert.equal(await page.title(), 'Sampan');
    }],
    ['it is done by keyboard alone', async (page) => {
      await page.goto(url);
      await page.keyboard.press('Tab');
      await page.keyboard.insertText(jd.address);
      await page.keyboard.press('Enter');
      await sees_product(page, jd);
      await page.keyboard.press('Tab');
      assert.equal(await page.getByRole('button', { name: 'Read link' }).evaluate((button) => button === document.activeElement), true);
      await page.keyboard.press('Tab');
      assert.equal(await link(page, jd.address).evaluate((each) => each === document.activeElement), true);
    }],
    ['a reload and a shared address keep the answer', async (page) => {
      await page.goto(url);
      await read(page, `${jd.address}?utm=1&b=2#c`);
      await sees_product(page, jd);
      assert.equal(new URL(page.url()).searchParams.get('q'), `${jd.address}?utm=1&b=2#c`);
      await page.reload();
      await sees_product(page, jd);
      assert.equal(await field(page).inputValue(), `${jd.address}?utm=1&b=2#c`);
      await page.goto('about:blank');
      await page.goto(`${url}/?q=${encodeURIComponent(jd.address)}`);
      await sees_product(page, jd);
    }],
    ['back from the marketplace shows the answer again', async (page) => {
      await page.context().route('https://item.jd.com/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>JD</title><p>The product' }));
      await page.goto(url);
      await read(page, jd.address);
      await link(page, jd.address).click();
      await page.getByText('The product').waitFor();
      await page.goBack();
      await sees_product(page, jd);
    }],
    ['a link asked before the program is here is answered when it is', async (page) => {
      let let_through;
      const held = new Promise((resolve) => { let_through = resolve; });
      await page.route('**/*.wasm', async (route) => { await held; await route.continue(); });
      await page.goto(url);
      await read(page, jd.address);
      await answer(page).getByText('Getting ready').waitFor();
      let_through();
      await sees_product(page, jd);
    }],
    ['a program that does not arrive is said in words', async (page, complaints) => {
      await page.route('**/sampan.js', (route) => route.abort());
      await page.goto(url);
      await heading(page, 'Links cannot be read here').waitFor();
      await answer(page).getByText('did not arrive').waitFor();
      await read(page, jd.address);
      await heading(page, 'Links cannot be read here').waitFor();
      complaints.length = 0;  // the browser rightly complains of the file
    }],
    ['a browser without WebAssembly is told so in words', async (page, complaints) => {
      await page.addInitScript(() => { delete globalThis.WebAssembly; });
      await page.goto(url);
      await answer(page).getByText('this browser cannot run').waitFor();
      complaints.length = 0;  // sampan.js itself complains, too
    }],
    ['a browser without scripts is told so in words', async (page) => {
      await page.goto(url);
      const words = page.locator('noscript p');  // getByText passes <noscript> over
      await words.waitFor();
      assert.match(await words.innerText(), /scripts are switched off/);
    }, { javaScriptEnabled: false }],
    ...['light', 'dark'].flatMap((colorScheme) => [
      [`axe finds nothing on a phone, ${colorScheme}`, async (page) => { await page.goto(url); await is_accessible(page); }, { ...phone, colorScheme, bypassCSP: true }],
      [`axe finds nothing on a desktop, ${colorScheme}`, async (page) => { await page.goto(url); await is_accessible(page); }, { colorScheme, bypassCSP: true }],
    ]),
    ['the narrowest phone does not scroll sideways', async (page) => {
      await page.goto(url);
      await read(page, 'https://item.taobao.com/item.htm?id=703446760426&skuId=4984126341234');
      await heading(page, 'Product on Taobao or Tmall').waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    }, { ...phone, viewport: { width: 320, height: 640 } }],
  ];
}

const browser = await open_browser();
let failed = 0;
try {
  for (const [prefix, serve, web] of [['proxy: ', serve_by_sampan, proxy_page], ['static host: ', serve_by_static_host, tab_page]]) {
    const server = await serve(web);
    failed += await run_cases(browser, prefix, cases_at(server.url));
    await server.close();
  }
} finally {
  await browser.close();
}
report(failed);

// Takes the pictures of the README from the running product into docs/pictures: node tests/e2e/pictures.mjs
import { join } from 'node:path';
import { open_browser, proxy_page, root, serve_by_sampan } from './harness.mjs';

const link = 'https://item.taobao.com/item.htm?id=703446760426&skuId=4984126341234&spm=a1z10.1-c.w4004-2.5.6a3f';
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

const server = await serve_by_sampan(proxy_page);
const browser = await open_browser();
for (const [size, viewport] of Object.entries(sizes))
  for (const theme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport, colorScheme: theme });
    await page.goto(`${server.url}/?q=${encodeURIComponent(link)}`);
    await page.getByRole('link', { name: /703446760426/ }).waitFor();
    await page.screenshot({ path: join(root, `docs/pictures/link-${size}-${theme}.jpg`), type: 'jpeg', quality: 80 });
    await page.close();
  }
await browser.close();
await server.close();

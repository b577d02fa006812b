// What the browser tests stand on: a server of the page, Chromium with a profile of its own, and one printed line a case.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const web = process.env.SAMPAN_WEB ?? join(root, 'build/web');
export const proxy_page = join(web, 'proxy');
export const tab_page = join(web, 'tab');
const sampan = process.env.SAMPAN_BINARY ?? join(root, 'build/native/sampan');

// `sampan serve` on a free port over a data folder of its own; the process is asked to end and waited for.
export async function serve_by_sampan(web) {
  const data = await mkdtemp(join(tmpdir(), 'sampan-e2e-data-'));
  const server = spawn(sampan, ['serve', '--listen', '127.0.0.1:0', '--data', data, '--web', web], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', (status, signal) => resolve(status ?? signal)));
  const line = await Promise.race([
    new Promise((resolve) => createInterface({ input: server.stdout }).once('line', resolve)),
    ended.then((status) => Promise.reject(new Error(`${sampan} ended with ${status} before it listened`))),
  ]);
  const { event, url } = JSON.parse(line);
  if (event !== 'listening') throw new Error(`the first line is not "listening": ${line}`);
  const close = async () => {
    server.kill('SIGTERM');
    const status = await ended;
    await rm(data, { recursive: true });
    if (status !== 0) throw new Error(`sampan serve ended with ${status}`);
  };
  return { url, close };
}

// A plain static host: it knows nothing but files and their types.
export async function serve_by_static_host(web) {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://host').pathname.replace(/\/$/, '/index.html'));
    const bytes = await readFile(join(web, path)).catch(() => null);
    response.writeHead(bytes ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}

export async function open_browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
  });
}

// Runs one case and prints its line; 1 when it failed.
export async function run_case(sentence, act) {
  try {
    await act();
    console.log(`ok - ${sentence}`);
    return 0;
  } catch (error) {
    console.log(`not ok - ${sentence}\n      ${String(error.stack ?? error).replaceAll('\n', '\n      ')}`);
    return 1;
  }
}

// Runs each case, [sentence, act, options], on a page of its own; a page error or an error on the console fails it.
export async function run_cases(browser, prefix, cases) {
  let failed = 0;
  for (const [sentence, act, options] of cases) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    failed += await run_case(prefix + sentence, async () => {
      await act(page, complaints);
      if (complaints.length > 0) throw new Error(complaints.join('; '));
    });
    await context.close();
  }
  return failed;
}

export function report(failed) {
  console.log(failed === 0 ? 'all cases passed' : `${failed} cases failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

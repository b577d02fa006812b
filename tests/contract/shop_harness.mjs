// A sandbox, a shop that lives on it, and who calls them. The shop may be killed meanwhile: it is started again, and its
// callers repeat themselves with the same keys, as good callers do.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sampan = process.env.SAMPAN_BINARY ?? join(root, 'build/native/sampan');
export const web = join(process.env.SAMPAN_WEB ?? join(root, 'build/web'), 'proxy');
const operator = { authorization: 'Bearer sandbox-operator' };

// Every story of one run is told at the same time of the same day: the same rates, the same sellers.
const opening = new Date(Math.ceil(Date.now() / 86_400_000 + 1) * 86_400_000).toISOString();

// A process that says on stdout where it listens: `places` lines of it.
export async function start(args, places) {
  const child = spawn(sampan, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  const urls = {};
  await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { name, url } = JSON.parse(line);
      urls[name ?? 'shop'] = url;
      if (Object.keys(urls).length === places) resolve();
    });
    ended.then((status) => reject(new Error(`sampan ${args[0]} ended with ${status}`)));
  });
  return { child, urls, ended };
}

export function end({ child, ended }, signal = 'SIGTERM') {
  child.kill(signal);
  return ended;
}

export async function free_port() {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

export const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export async function control(sandbox, path, body) {
  const reply = await fetch(sandbox.urls.control + path, body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {});
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

// What a story happens in. `next_life_ms()` says how long the shop lives before it is killed, null: until the end.
// `idle_step`: how far the clock is moved at each look while nothing else has to pass; a job that failed, or whose process
// was killed, waits for that. `refusal_ms`: so long of
// real time a shop keeps still that 1688 has refused, however fast the sandbox's clock goes; its jobs are not to use up their
// attempts meanwhile, so the clock waits too.
export class World {
  static async open({ next_life_ms = () => null, idle_step = null, refusal_ms = 0, faults = [] } = {}) {
    const world = new World();
    world.idle_step = idle_step;
    world.refusal_ms = refusal_ms;
    world.planned = faults.filter(({ about }) => about?.startsWith('alibaba.')).length;
    world.folder = mkdtempSync(join(process.env.SAMPAN_TEST_DIR ?? tmpdir(), 'shop-'));
    const port = await free_port();
    world.shop_url = `http://127.0.0.1:${port}`;
    world.sandbox = await start(['sandbox', '--data', join(world.folder, 'sandbox'), '--shop', world.shop_url], 3);
    await world.control('/control/market', { act: 'others_trade', trade: false });
    await world.control('/control/clock', { to: opening });
    for (const fault of faults) await world.control('/control/fault', fault);
    world.shop_arguments = ['serve', '--listen', `127.0.0.1:${port}`, '--data', join(world.folder, 'shop'), '--web', web,
      '--config', join(world.folder, 'sandbox/sampan.toml')];
    world.shop = await start(world.shop_arguments, 1);
    world.killer = world.kill_again_and_again(next_life_ms);
    return world;
  }

  kills = 0;
  #is_over = false;
  #cookie = '';
  #keys = 0;

  async kill_again_and_again(next_life_ms) {
    for (let life = next_life_ms(); life !== null && !this.#is_over; life = next_life_ms()) {
      await pause(life);
      if (this.#is_over) return;
      await end(this.shop, 'SIGKILL');
      this.kills += 1;
      this.shop = await start(this.shop_arguments, 1);
    }
  }

  async close() {
    this.#is_over = true;
    await this.killer;
    await end(this.shop);
    await end(this.sandbox);
    if (!process.env.SAMPAN_KEEP) rmSync(this.folder, { recursive: true });
  }

  control(path, body) { return control(this.sandbox, path, body); }

  // Until it is answered by something else than a failure of the shop or of those it calls.
  async call(method, path, body, headers = {}) {
    const key = `key-${this.#keys += 1}`;
    let last = null;
    for (let tries = 0; tries < 400; tries += 1) {
      try {
        const reply = await fetch(this.shop_url + path, {
          method,
          headers: { cookie: this.#cookie, ...(body ? { 'content-type': 'application/json' } : {}),
            ...(method === 'GET' ? {} : { 'idempotency-key': key }), ...headers },
          body: body ? JSON.stringify(body) : undefined,
        });
        last = { status: reply.status, body: await reply.json() };
        const set = reply.headers.get('set-cookie');
        if (set) [this.#cookie] = set.split(';');
        if (reply.status < 500) return last;
      } catch {
        // It died before it answered: the same call once more.
      }
      await pause(40);
    }
    throw new Error(`${method} ${path} was never answered: ${JSON.stringify(last)}`);
  }
  operate(method, path, body) { return this.call(method, path, body, operator); }

  // Time is moved in steps until `goal` holds; after each the shop's threads get a moment for what became due.
  async until(what, goal, step = this.idle_step) {
    for (let looks = 0; looks < 400; looks += 1) {
      const found = await goal();
      if (found) return found;
      if (this.refusal_ms > 0) await this.rest_after_refusal();
      if (step) await this.control('/control/clock', { advance: step });
      await pause(60);
    }
    throw new Error(`it never came about: ${what}`);
  }

  async rest_after_refusal() {
    const planned = (await this.control('/control/fault')).faults.filter(({ about }) => about.startsWith('alibaba.')).length;
    if (planned < this.planned) await pause(this.refusal_ms);
    this.planned = planned;
  }

  async view_of(order_id) { return (await this.call('GET', `/v1/orders/${order_id}`)).body; }
}

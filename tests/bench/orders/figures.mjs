// Figures as scripts/bench prints them: a JSON line each, with its budget where it has one.
import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const where = { commit: process.env.SAMPAN_COMMIT ?? 'unknown', machine: process.env.SAMPAN_MACHINE ?? 'unknown' };
let is_over = false;

export const was_over = () => is_over;

// `at_most` or `at_least` is the budget; `more` is what else the line says.
export function figure(name, value, unit, { at_most, at_least, ...more } = {}) {
  const met = !(value > at_most) && !(value < at_least);
  if (!met) is_over = true;
  const rounded = Number(value.toPrecision(4));
  console.log(JSON.stringify({ figure: name, value: rounded, unit, at_most, at_least, ...more, ...where }));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function rss_mb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

// How often this disk says "it is on me" for an overwritten page: when it moves within a run, so does everything else.
export function barriers_per_second(folder, ms = 300) {
  const path = join(folder, 'barriers');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096, 1);
  for (let i = 0; i < 64; i += 1) writeSync(file, page, 0, page.length, i * page.length);
  fdatasyncSync(file);
  const begin = performance.now();
  let count = 0;
  for (; performance.now() - begin < ms; count += 1) {
    writeSync(file, page, 0, page.length, (count % 64) * page.length);
    fdatasyncSync(file);
  }
  const per_second = count / ((performance.now() - begin) / 1000);
  closeSync(file);
  rmSync(path);
  return per_second;
}

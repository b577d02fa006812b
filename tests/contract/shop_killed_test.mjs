// The same story with the shop killed outright (SIGKILL) again and again, at moments drawn from a seed; it ends the same, and
// all books agree. SAMPAN_SEED repeats a run.
import { tell_story } from './shop_story.mjs';

const seed = Number(process.env.SAMPAN_SEED ?? Date.now() % 1_000_000);
const wanted_kills = 50;
let state = seed;
// xorshift32: the same moments for the same seed.
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}
console.log(`seed ${seed}`);

let kills = 0;
let stories = 0;
let failed = 0;
while (kills < wanted_kills && failed === 0 && stories < 12) {
  stories += 1;
  const complaints = [];
  const check = (sentence, holds, detail = '') => { if (!holds) complaints.push(`${sentence}: ${detail}`); };
  const struck = await tell_story({ check, next_life_ms: () => 60 + Math.floor(random() * 500) });
  kills += struck;
  const holds = complaints.length === 0;
  console.log(`${holds ? 'ok' : 'not ok'} - story ${stories} ends well although the shop was killed ${struck} times ${complaints.join('; ')}`);
  if (!holds) failed += 1;
}
console.log(`${kills >= wanted_kills ? 'ok' : 'not ok'} - the shop was killed ${kills} times in ${stories} stories`);
process.exitCode = failed === 0 && kills >= wanted_kills ? 0 : 1;

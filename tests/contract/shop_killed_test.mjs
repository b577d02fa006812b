// The stories with the shop killed outright (SIGKILL) again and again, at moments drawn from a seed; they end the same, and
// all books agree. SAMPAN_SEED repeats a run.
import { each_at_once, say, stories, tell_story } from './shop_story.mjs';

const seed = Number(process.env.SAMPAN_SEED ?? Date.now() % 1_000_000);
const wanted_kills = 50;
console.log(`seed ${seed}`);

// xorshift32: the same moments for the same seed. 0 would stay 0.
function random_from(start) {
  let state = start | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

// The plain order first, then the mishaps in an order drawn from the seed.
const random = random_from(seed);
const mishaps = Object.keys(stories).filter((name) => name !== 'delivered')
  .map((name) => ({ name, place: random() })).sort((a, b) => a.place - b.place).map(({ name }) => name);
let kills = 0;
let told = 0;

async function tell_killed(name) {
  if (kills >= wanted_kills && told >= 4) return;
  told += 1;
  const number = told;
  const moments = random_from(seed * 31 + number);
  for (let i = 0; i < 8; i += 1) moments();
  const { complaints, kills: struck } = await tell_story(name, { idle_step: 'PT2M',
    next_life_ms: () => 60 + Math.floor(moments() * 500) });
  kills += struck;
  say(`${name} ends well although the shop was killed ${struck} times`, complaints);
}

await each_at_once(['delivered', ...mishaps, 'delivered', ...mishaps], 2, tell_killed);
say(`the shop was killed ${kills} times in ${told} stories`, kills >= wanted_kills ? [] : ['not often enough']);

// One order over HTTP, undisturbed; what is refused on the way is part of it.
import { tell_story } from './shop_story.mjs';

let failed = 0;
function check(sentence, holds, detail = '') {
  console.log(`${holds ? 'ok' : 'not ok'} - ${sentence}${holds ? '' : ` ${detail}`}`);
  if (!holds) failed += 1;
}

await tell_story({ check });
process.exitCode = failed === 0 ? 0 : 1;

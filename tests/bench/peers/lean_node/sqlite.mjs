// SQLite in Node: better-sqlite3 from the folder `modules`, else Node's own (22.5 and later). Both know exec, prepare, get,
// all, run and close.
import { createRequire } from 'node:module';
import { join } from 'node:path';

async function driver(modules) {
  try {
    const require = createRequire(join(modules, 'package.json'));
    return { name: `better-sqlite3 ${require('better-sqlite3/package.json').version}`, Database: require('better-sqlite3') };
  } catch {
    // Not installed, or not built for this machine.
  }
  try {
    return { name: 'node:sqlite', Database: (await import('node:sqlite')).DatabaseSync };
  } catch {
    return undefined;
  }
}

export const sqlite_name = async (modules) => (await driver(modules))?.name;

export async function open_sqlite(path, modules) {
  const found = await driver(modules);
  if (!found) throw new Error('there is no SQLite for this Node: neither better-sqlite3 nor node:sqlite');
  return new found.Database(path);
}

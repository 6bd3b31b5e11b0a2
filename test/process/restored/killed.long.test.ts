import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../store/sqlite/open.ts';
import { ROOT } from '../../tidy/repository.ts';

/** Kill -9 of backups and restores: at each change of a name, and at moments between. */

const PRELOAD = pathToFileURL(join(import.meta.dirname, 'kill-at.mjs')).href;
const OLD = { from: 1, to: 2, cause: 'disk' } as const;
const NEW = { from: 3, to: 4, cause: 'disk' } as const;
/** More changes than a restore has. */
const MOST_CHANGES = 60;

let origin: string;
let archive: string;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-killed-'));
  origin = join(folder, 'data');
  archive = join(folder, 'new.tar');
  const store = await openStore({ path: join(origin, 'piaokuang.db') });
  await store.record({ gaps: [NEW] });
  writeFileSync(join(origin, 'secret.key'), Buffer.alloc(32, 2));
  expect(run('backup.ts', origin, ['--to', archive]).status).toBe(0);
  await store.close();
  rmSync(origin, { recursive: true });
  const old = await openStore({ path: join(origin, 'piaokuang.db') });
  await old.record({ gaps: [OLD] });
  writeFileSync(join(origin, 'secret.key'), Buffer.alloc(32, 1));
  // With a log, as a killed installation leaves it.
  cpSync(origin, `${origin}-killed`, { recursive: true });
  await old.close();
  return () => rmSync(folder, { recursive: true });
});

function run(file: string, data_dir: string, args: string[], limits: object = {}, env = {}) {
  const command = join(ROOT, 'platform/commands', file);
  const preload = 'KILL_AT' in env ? ['--import', PRELOAD] : [];
  return spawnSync(process.execPath, [...preload, command, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: data_dir, ...env },
    ...limits,
  });
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const EVERYTHING = { gap: OLD.from, key: 1 };
const RESTORED = { gap: NEW.from, key: 2 };

/** Which database and key are in a folder; null: nothing that belongs together. */
function found(folder: string): unknown {
  const handle = new Database(join(folder, 'piaokuang.db'));
  try {
    if (handle.prepare("select 1 from sqlite_schema where name = 'gap'").get() === undefined)
      return null;
    const gap = handle.prepare('select from_at from gap').pluck().get();
    const key = spawnSync('od', ['-An', '-tu1', '-N1', join(folder, 'secret.key')]).stdout;
    return { gap, key: Number(key) };
  } finally {
    handle.close();
  }
}

describe('a restore with --replace', () => {
  test('that is killed at any change of a name has lost nothing, and is done by another', () => {
    const restore = ['--from', archive, '--replace'];
    let kills = 0;
    for (let at = 1; at <= MOST_CHANGES; at++) {
      const data_dir = join(aFolder(), 'data');
      cpSync(`${origin}-killed`, data_dir, { recursive: true });
      const { signal, status } = run('restore.ts', data_dir, restore, {}, { KILL_AT: `${at}` });
      if (signal === null) {
        expect(status).toBe(0);
        break;
      }
      kills++;
      const where = `kill ${at}: ${readdirSync(data_dir)}`;
      const is_refused = readdirSync(data_dir).includes('restoring');
      const aside = asideIn(data_dir);
      // Either a start is refused, or it finds what belongs together.
      if (is_refused) expect(run('verify.ts', data_dir, ['--data', data_dir]).status).toBe(2);
      else expect([EVERYTHING, RESTORED], where).toContainEqual(copyOf(data_dir));
      if (aside.length === 0) expect(copyOf(data_dir), where).toEqual(EVERYTHING);
      else expect(found(join(data_dir, aside[0] ?? '')), where).toEqual(EVERYTHING);

      expect(run('restore.ts', data_dir, restore).status, where).toBe(0);
      expect(found(data_dir), where).toEqual(RESTORED);
      const kept = asideIn(data_dir).map((it) => found(join(data_dir, it)));
      expect(kept, where).toContainEqual(EVERYTHING);
    }
    expect(kills).toBeGreaterThan(10);
    expect(kills).toBeLessThan(MOST_CHANGES);
  });
});

function asideIn(data_dir: string): string[] {
  return readdirSync(data_dir).filter((it) => /^before-restore-\d/.test(it));
}

/** Looks at a copy, because looking takes the log in. */
function copyOf(data_dir: string): unknown {
  const copy = aFolder();
  cpSync(data_dir, copy, { recursive: true });
  return found(copy);
}

test('a backup that is killed at any moment leaves no archive, or a whole one', () => {
  const moments = [50, 100, 150, 200, 250, 300, 350, 400, 500, 700];
  let killed = 0;
  for (const timeout of moments) {
    const folder = join(aFolder(), 'backups');
    mkdirSync(folder);
    const { signal } = run('backup.ts', origin, ['--to', folder], {
      timeout,
      killSignal: 'SIGKILL',
    });
    if (signal !== null) killed++;
    const archives = readdirSync(folder).filter((it) => it.endsWith('.tar') && !it.startsWith('.'));
    for (const it of archives)
      expect(run('verify.ts', origin, ['--from', join(folder, it)]).status).toBe(0);
    expect(run('backup.ts', origin, ['--to', folder]).status).toBe(0);
  }
  expect(killed).toBeGreaterThan(0);
});

test('a backup that is killed at any change of a name, too', () => {
  for (let at = 1; at <= MOST_CHANGES; at++) {
    const folder = aFolder();
    const { signal } = run('backup.ts', origin, ['--to', folder], {}, { KILL_AT: `${at}` });
    for (const it of readdirSync(folder).filter((name) => !name.startsWith('.')))
      expect(run('verify.ts', origin, ['--from', join(folder, it)]).status).toBe(0);
    if (signal === null) return;
  }
  expect.fail('it never ends');
});

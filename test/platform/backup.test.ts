import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { openSigner } from '../../platform/signer.ts';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { takePlace } from '../../store/sqlite/place.ts';
import { aNotice, anIncident, anIncidentUpdate } from '../store/contract/samples.ts';
import { editFile } from '../store/temporary.ts';
import { dataFolder, runCommand } from './run-command.ts';

const GAP = { from: 1, to: 2, cause: 'disk' } as const;
const SIGNED = 'a link';

let data_dir: string;
let backups: string;

beforeEach(async () => {
  data_dir = dataFolder();
  backups = dataFolder();
  const store = await openStore({ path: join(data_dir, 'piaokuang.db') });
  await store.installation();
  await store.record({ gaps: [GAP] });
  await store.close();
});

const backup = (...args: string[]) => runCommand('backup.ts', data_dir, args);
const restore = (into: string, ...args: string[]) => runCommand('restore.ts', into, args);
const verify = (...args: string[]) => runCommand('verify.ts', data_dir, args);

async function aBackup(): Promise<string> {
  const path = join(backups, 'a.tar');
  expect(await backup('--to', path)).toMatchObject({ code: 0, stdout: `${path}\n` });
  return path;
}

async function gapsIn(folder: string): Promise<unknown> {
  const reader = await openStoreReader({ path: join(folder, 'piaokuang.db') });
  try {
    return await reader.gaps(0, 10);
  } finally {
    await reader.close();
  }
}

/** Every file below a folder with its bytes. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((it) => statSync(join(folder, it)).isFile());
  return Object.fromEntries(files.map((it) => [it, readFileSync(join(folder, it), 'hex')]));
}

describe('a backup', () => {
  it('has the database and the key, readable by tar, and by its owner only', async () => {
    openSigner(data_dir);
    const path = await aBackup();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const tar = (...args: string[]) => execFileSync('tar', args, { encoding: 'utf8' });
    expect(tar('tf', path)).toBe('manifest.json\nsecret.key\npiaokuang.db\n');
    const folder = dataFolder();
    tar('xf', path, '-C', folder);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const sums = ['piaokuang.db', 'secret.key'].map((it) =>
      execFileSync('sha256sum', [it], { cwd: folder, encoding: 'utf8' }).slice(0, 64),
    );
    expect([manifest.database.sha256, manifest.key.sha256]).toEqual(sums);
    expect(readFileSync(join(folder, 'secret.key'))).toEqual(
      readFileSync(join(data_dir, 'secret.key')),
    );
    expect(readdirSync(backups)).toEqual(['a.tar']);
    expect(await verify('--from', path)).toMatchObject({ code: 0, stdout: '' });
  });

  it('is as good elsewhere: what was recorded, and what was signed', async () => {
    const signature = openSigner(data_dir).sign(SIGNED);
    const into = join(dataFolder(), 'new/data');
    expect(await restore(into, '--from', await aBackup())).toMatchObject({ code: 0 });
    expect(await gapsIn(into)).toEqual([GAP]);
    expect(openSigner(into).verify(SIGNED, signature)).toBe(true);
    expect(await runCommand('verify.ts', into, ['--data', into])).toMatchObject({ code: 0 });
    const open = readdirSync(into).filter((it) => (statSync(join(into, it)).mode & 0o077) !== 0);
    expect(open).toEqual([]);
  });

  it('into a folder is named by its instant; as many are kept as asked for', async () => {
    const other = join(backups, 'piaokuang-of-mine.tar');
    writeFileSync(other, '');
    const left = join(backups, '.piaokuang-backup-1.db');
    const fresh = join(backups, '.piaokuang-backup-2.db');
    for (const path of [left, fresh]) writeFileSync(path, '');
    const long_ago = Date.now() / 1_000 - 2 * 3_600;
    utimesSync(left, long_ago, long_ago);
    const names: string[] = [];
    for (const _ of [1, 2, 3]) {
      const { code, stdout } = await backup('--to', backups, '--keep', '2');
      expect(code).toBe(0);
      names.push(stdout.trim().slice(backups.length + 1));
    }
    expect(names[0]).toMatch(/^piaokuang-\d{8}T\d{6}\.\d{3}Z\.tar$/);
    const kept = readdirSync(backups).toSorted();
    expect(kept).toEqual(['.piaokuang-backup-2.db', ...names.slice(1), 'piaokuang-of-mine.tar']);
  });

  it('is one of several at the same time', async () => {
    const all = await Promise.all([1, 2, 3].map(() => backup('--to', backups)));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    for (const { stdout } of all) {
      expect(await verify('--from', stdout.trim())).toMatchObject({ code: 0 });
    }
  });

  it('drops what waited to be sent, and says how much', async () => {
    const path = join(data_dir, 'piaokuang.db');
    const store = await openStore({ path });
    await store.record({
      incidents: [anIncident({})],
      updates: [anIncidentUpdate({})],
      notices: [aNotice({})],
    });
    const operators = [{ id: 'wang', channel: 'email' }];
    await store.fanOut({ now: 1, limit: 10, operators });
    await store.close();
    const into = dataFolder();
    const { stderr } = await restore(into, '--from', await aBackup());
    expect(stderr).toContain('1 messages and 0 notices that waited to be sent were dropped');
    const restored = await openStore({ path: join(into, 'piaokuang.db') });
    expect(await restored.pendingDeliveries()).toEqual([]);
    await restored.close();
    editFile(join(into, 'piaokuang.db'), (handle) =>
      expect(handle.prepare('select status, error from delivery').all()).toEqual([
        { status: 'never_again', error: 'restored' },
      ]),
    );
  });
});

test.each<[string, () => string[], RegExp]>([
  ['no target', () => [], /Usage: npm run backup/],
  ['an unknown option', () => ['--into', 'x'], /--into[\s\S]*Usage/],
  ['a target that exists', () => ['--to', existing()], /exists, and is not overwritten/],
  ['a folder that does not', () => ['--to', join(backups, 'no/a.tar')], /no folder .*no\./],
  ['a number of files', () => ['--to', join(backups, 'a'), '--keep', '2'], /Usage/],
  ['a number that is none', () => ['--to', backups, '--keep', '0'], /Usage/],
])('npm run backup refuses %s', async (_, args, why) => {
  const given = args();
  const before = contents(backups);
  const { code, stderr, stdout } = await backup(...given);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(why),
  });
  expect(contents(backups)).toEqual(before);
});

function existing(): string {
  const path = join(backups, 'old.tar');
  writeFileSync(path, 'old');
  return path;
}

test('npm run backup refuses where there is nothing to back up', async () => {
  const found = await runCommand('backup.ts', dataFolder(), ['--to', backups]);
  expect(found).toMatchObject({ code: 2, stderr: expect.stringMatching(/no database in/) });
});

test('a backup that is cut is refused, with what was expected, and nothing is lost', async () => {
  openSigner(data_dir);
  const path = await aBackup();
  writeFileSync(path, readFileSync(path).subarray(0, -5_000));
  const why = /ends \d+ bytes into its piaokuang\.db, which has \d+/;
  const before = contents(data_dir);
  const { code, stderr } = await restore(data_dir, '--from', path, '--replace');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(why) });
  const { 'collector.pid': c, 'notifier.pid': n, ...after } = contents(data_dir);
  expect(after).toEqual({ ...before, 'collector.lock': '', 'notifier.lock': '' });
  const verified = await verify('--from', path);
  expect(verified).toMatchObject({ code: 1, stdout: expect.stringMatching(why) });
});

describe('npm run restore', () => {
  it('refuses a data directory with data, and with --replace keeps them', async () => {
    const signature = openSigner(data_dir).sign(SIGNED);
    const path = await aBackup();
    const store = await openStore({ path: join(data_dir, 'piaokuang.db') });
    await store.record({ gaps: [{ ...GAP, from: 3, to: 4 }] });
    await store.close();
    writeFileSync(join(data_dir, 'secret.key'), Buffer.alloc(32, 7));
    const before = contents(data_dir);
    const refused = await restore(data_dir, '--from', path);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/is not empty/) });
    expect(contents(data_dir)).toEqual(before);

    expect(await restore(data_dir, '--from', path, '--replace')).toMatchObject({ code: 0 });
    expect(await gapsIn(data_dir)).toEqual([GAP]);
    expect(openSigner(data_dir).verify(SIGNED, signature)).toBe(true);
    const aside = readdirSync(data_dir).find((it) => it.startsWith('before-restore-')) ?? '';
    expect(contents(join(data_dir, aside))).toEqual(before);
    expect(await gapsIn(join(data_dir, aside))).toEqual([GAP, { ...GAP, from: 3, to: 4 }]);
  });

  it('keeps aside what is still in the log of a killed one, and never replays it', async () => {
    const path = await aBackup();
    const store = await openStore({ path: join(data_dir, 'piaokuang.db') });
    await store.record({ gaps: [{ ...GAP, from: 3, to: 4 }] });
    // As a killed one leaves it: with a log.
    const killed = dataFolder();
    for (const it of readdirSync(data_dir)) copyFileSync(join(data_dir, it), join(killed, it));
    await store.close();
    expect(existsSync(join(killed, 'piaokuang.db-wal'))).toBe(true);
    expect(await restore(killed, '--from', path, '--replace')).toMatchObject({ code: 0 });
    expect(await gapsIn(killed)).toEqual([GAP]);
    const aside = readdirSync(killed).find((it) => it.startsWith('before-restore-')) ?? '';
    expect(await gapsIn(join(killed, aside))).toEqual([GAP, { ...GAP, from: 3, to: 4 }]);
  });

  it.each(['collector', 'notifier'] as const)('refuses while a %s runs there', async (role) => {
    const path = await aBackup();
    const place = await takePlace({ role, data_dir });
    const before = await gapsIn(data_dir);
    const { code, stderr } = await restore(data_dir, '--from', path, '--replace');
    place.leave();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`its ${role} (process ${process.pid})`),
    });
    expect(await gapsIn(data_dir)).toEqual(before);
  });

  it('refuses what a newer version wrote, and so does npm run verify', async () => {
    editFile(join(data_dir, 'piaokuang.db'), (handle) =>
      handle.exec("insert into migration values ('0000_unknown', 'x')"),
    );
    const newer = await backup('--to', join(backups, 'newer.tar'));
    expect(newer).toMatchObject({ code: 2, stderr: expect.stringMatching(/newer version/) });
    editFile(join(data_dir, 'piaokuang.db'), (handle) =>
      handle.exec("delete from migration where name = '0000_unknown'"),
    );
    const path = await aBackup();
    openSigner(data_dir);
    repackedSchema(path);
    for (const found of [await restore(dataFolder(), '--from', path), await verify('--from', path)])
      expect(found).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/version 9\.9\.9, with the schema 9999_later; this version/),
      });
  });

  it.each([
    ['that is not there', () => join(backups, 'none.tar'), /there is no such file/],
    ['that is a folder', () => backups, /it is not a file/],
  ])('refuses a file %s', async (_, path, why) => {
    for (const found of [
      await restore(dataFolder(), '--from', path()),
      await verify('--from', path()),
    ])
      expect(found).toMatchObject({ code: 2, stderr: expect.stringMatching(why) });
  });

  it('refuses no file at all', async () => {
    const found = await restore(data_dir);
    expect(found).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Usage/) });
  });

  it.skipIf(process.getuid?.() !== 0)('by root is of the owner of the directory', async () => {
    const into = dataFolder();
    execFileSync('chown', ['65534:65534', into]);
    expect(await restore(into, '--from', join(backups, 'none.tar'))).toMatchObject({ code: 2 });
    const owners = () => readdirSync(into).map((it) => statSync(join(into, it)).uid);
    // The files by which processes know of each other.
    expect(new Set(owners())).toEqual(new Set([65534]));
    expect(await restore(into, '--from', await aBackup())).toMatchObject({ code: 0 });
    expect(new Set(owners())).toEqual(new Set([65534]));
  });
});

test('an interrupted restore lets nothing start, back up or be verified', async () => {
  const path = await aBackup();
  mkdirSync(join(data_dir, 'restoring'));
  for (const [file, args] of [
    ['../../main.ts', []],
    ['admin-token.ts', []],
    ['backup.ts', ['--to', backups]],
    ['verify.ts', ['--data', data_dir]],
  ] as const) {
    const found = await runCommand(file, data_dir, args);
    expect(found, file).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/interrupted: run it again/),
    });
  }
  expect(await restore(data_dir, '--from', path, '--replace')).toMatchObject({ code: 0 });
  expect(await verify('--data', data_dir)).toMatchObject({ code: 0 });
});

test('npm run verify says what contradicts itself in the data directory', async () => {
  editFile(join(data_dir, 'piaokuang.db'), (handle) => {
    handle.exec(`insert into component_status (component, state, since, notes)
      values ('a.query', 'operational', 1, '[]')`);
  });
  const found = await verify('--data', data_dir);
  expect(found).toMatchObject({
    code: 1,
    stdout: 'component a.query is operational without a transition\n',
  });
  writeFileSync(join(data_dir, 'secret.key'), 'short');
  chmodSync(join(data_dir, 'secret.key'), 0o600);
  expect(await verify('--data', data_dir)).toMatchObject({ code: 2 });
});

/** The same archive by a version to come. */
function repackedSchema(path: string): void {
  const folder = dataFolder();
  execFileSync('tar', ['xf', path, '-C', folder]);
  const manifest_path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(manifest_path, 'utf8'));
  const later = { ...manifest, version: '9.9.9', schema: '9999_later' };
  writeFileSync(manifest_path, JSON.stringify(later));
  const names = ['manifest.json', 'piaokuang.db'];
  execFileSync('tar', ['cf', path, '--format=ustar', '--blocking-factor=1', ...names], {
    cwd: folder,
  });
}

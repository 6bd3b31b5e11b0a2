import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BackupDamaged } from '../../platform/backup/damaged.ts';
import { unpackArchive } from '../../platform/backup/read-archive.ts';
import { memberOf, tarHeader } from '../../platform/backup/tar.ts';
import { digestOf, digestOfFile, writeArchive } from '../../platform/backup/write-archive.ts';
import { dataFolder } from './run-command.ts';

const KEY = Buffer.alloc(32, 7);
const DATABASE = Buffer.alloc(20_000, 'any bytes ');

async function anArchive(): Promise<string> {
  const folder = dataFolder();
  const database = join(folder, 'copy');
  writeFileSync(database, DATABASE);
  const manifest = {
    format: 1,
    version: '0.1.0',
    schema: '0001_first',
    installation: null,
    taken_at: '2026-11-28T00:00:00.000Z',
    database: { name: 'piaokuang.db', ...(await digestOfFile(database)) },
    key: await digestOf([KEY]),
  } as const;
  const path = join(folder, 'a.tar');
  await writeArchive(path, { manifest, database, key: KEY });
  return path;
}

/** What becomes of a sound archive; `tar` makes those that it can. */
const DAMAGES: readonly [string, (path: string) => void, RegExp][] = [
  ['cut in its database', (path) => cut(path, -5_000), /ends \d+ bytes into its piaokuang\.db/],
  ['cut at its end', (path) => cut(path, -512), /its end is missing/],
  ['cut to nothing', (path) => cut(path, 0), /it ends where the file "manifest\.json"/],
  [
    'with another bit in its database',
    (path) => flip(path, -5_000),
    /SHA-256 of its piaokuang\.db/,
  ],
  [
    'with another bit in its key',
    (path) => flip(path, 2 * 512 + 512),
    /SHA-256 of its secret\.key/,
  ],
  ['with another bit in a header', (path) => flip(path, 2), /there is something else where/],
  ['with more behind it', (path) => appendFileSync(path, 'x'), /there is more behind its files/],
  ['that is a text', (path) => writeFileSync(path, 'x'.repeat(9_000)), /something else where/],
  ['made of other files', (path) => packed(path, (it) => writeFileSync(join(it, 'x'), '')), /"x"/],
  ['of files elsewhere', (path) => packed(path, outside), /there is "\.\.\/.*" where/],
  [
    'whose key is a link',
    (path) => repacked(path, linkedKey),
    /something else where the file "sec/,
  ],
  [
    'whose key is another',
    (path) => repacked(path, otherKey),
    /its secret\.key has 5 bytes, and 32/,
  ],
  [
    'without a manifest of ours',
    (path) => repacked(path, (it) => writeFileSync(join(it, 'manifest.json'), '{"format":2}')),
    /its manifest has at format/,
  ],
  [
    'whose manifest names another file',
    (path) => repacked(path, (it) => renamed(it, '../../etc/passwd')),
    /its manifest has at database\.name/,
  ],
];

describe('an archive', () => {
  it('has what was put into it', async () => {
    const into = dataFolder();
    await unpackArchive(await anArchive(), into);
    expect(readdirSync(into).toSorted()).toEqual(['piaokuang.db', 'secret.key']);
    expect(readFileSync(join(into, 'piaokuang.db'))).toEqual(DATABASE);
    expect(readFileSync(join(into, 'secret.key'))).toEqual(KEY);
  });

  it('may be packed again by tar', async () => {
    const path = await anArchive();
    repacked(path, () => {});
    await expect(unpackArchive(path, dataFolder())).resolves.toMatchObject({ format: 1 });
  });

  it.each(DAMAGES)('%s is none', async (_, damage, why) => {
    const path = await anArchive();
    damage(path);
    const into = dataFolder();
    const refusal = await unpackArchive(path, into).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BackupDamaged);
    expect(String(refusal)).toMatch(why);
    // What is unpacked by then is where it was meant to be, and no link.
    const names = readdirSync(into, { withFileTypes: true });
    expect(names.filter((it) => !it.isFile())).toEqual([]);
  });

  it('may hold 8 GiB and more, as GNU tar writes them', () => {
    const folder = dataFolder();
    const bytes = 9 * 2 ** 30;
    writeFileSync(join(folder, 'large'), '');
    truncateSync(join(folder, 'large'), bytes);
    const command = 'tar c --format=gnu large | head -c 512';
    const theirs = execFileSync('sh', ['-c', command], { cwd: folder });
    expect(memberOf(theirs)?.bytes ?? null).toBe(bytes);
    const ours = tarHeader({ name: 'large', bytes }, 0);
    const listed = spawnSync('tar', ['tvf', '-'], { input: ours, encoding: 'utf8' });
    expect(listed.stdout).toContain(String(bytes));
  });
});

function cut(path: string, at: number): void {
  writeFileSync(path, readFileSync(path).subarray(0, at));
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  const place = at < 0 ? bytes.length + at : at;
  bytes.writeUInt8((bytes[place] ?? 0) ^ 1, place);
  writeFileSync(path, bytes);
}

/** An archive of all that `make` puts into a folder, or of the paths that it names. */
function packed(path: string, make: (folder: string) => unknown): void {
  const folder = dataFolder();
  const named = make(folder);
  const names = Array.isArray(named) ? named : readdirSync(folder);
  execFileSync('tar', ['cPf', path, '--format=ustar', '--blocking-factor=1', ...names], {
    cwd: folder,
    stdio: 'ignore',
  });
}

function outside(folder: string): string[] {
  writeFileSync(`${folder}-beside`, '');
  onTestFinished(() => rmSync(`${folder}-beside`));
  return [`../${folder.split('/').at(-1)}-beside`];
}

/** Unpacked, changed, and packed again as it was. */
function repacked(path: string, change: (folder: string) => void): void {
  const original = dataFolder();
  execFileSync('tar', ['xf', path, '-C', original]);
  packed(path, (folder) => {
    for (const name of readdirSync(original))
      copyFileSync(join(original, name), join(folder, name));
    change(folder);
    return ['manifest.json', 'secret.key', 'piaokuang.db'];
  });
}

function linkedKey(folder: string): void {
  rmSync(join(folder, 'secret.key'));
  symlinkSync('/etc/hostname', join(folder, 'secret.key'));
}

function otherKey(folder: string): void {
  writeFileSync(join(folder, 'secret.key'), 'short');
}

function renamed(folder: string, name: string): void {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.database.name = name;
  writeFileSync(path, JSON.stringify(manifest));
}

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isLow } from '../../model/disk-space.ts';
import { prepareDataDirectory } from '../../platform/data-directory.ts';
import { diskSpace } from '../../platform/disk-space.ts';
import { createFile, replaceFile } from '../../platform/files.ts';
import { openSigner } from '../../platform/signer.ts';
import { UnrecoverableError } from '../../platform/unrecoverable.ts';

describe('a file', () => {
  it('is created for its owner alone, by one of many, and nothing else stays', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'key');
    expect(createFile(path, 'first')).toBe(true);
    expect(createFile(path, 'second')).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(modeOf(path)).toBe('600');
    expect(readdirSync(folder)).toEqual(['key']);
  });

  it('is replaced whole, or stays as it was', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'key');
    replaceFile(path, 'old');
    replaceFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    const impossible = join(folder, 'taken');
    mkdirSync(impossible);
    expect(() => replaceFile(impossible, 'x')).toThrow();
    expect(readdirSync(folder).toSorted()).toEqual(['key', 'taken']);
  });

  it('D5: is not there at all where the disk does not take it', () => {
    const folder = temporaryFolder();
    const signer = JSON.stringify(join(import.meta.dirname, '../../platform/signer.ts'));
    const script = `import { openSigner } from ${signer}; openSigner(${JSON.stringify(folder)})`;
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toContain('EFBIG');
    expect(readdirSync(folder)).toEqual([]);
    expect(() => openSigner(folder)).not.toThrow();
  });
});

describe('the key of the installation', () => {
  it('is made once, 32 bytes, and signs alike for every process', () => {
    const folder = temporaryFolder();
    const signature = openSigner(folder).sign('text');
    expect(readFileSync(join(folder, 'secret.key'))).toHaveLength(32);
    expect(openSigner(folder).verify('text', signature)).toBe(true);
    expect(openSigner(temporaryFolder()).verify('text', signature)).toBe(false);
  });

  it('D10: verifies the text of a signature, not what a decoder makes of it', () => {
    const { sign, verify } = openSigner(temporaryFolder());
    // 32 bytes are 43 characters, the last of which has two bits that decoders skip.
    const signature = sign('text');
    const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = ALPHABET.indexOf(signature.slice(-1));
    const others = [1, 2, 3].map((bits) => signature.slice(0, -1) + ALPHABET[last + bits]);
    const same_bytes = [
      ...others,
      `${signature}=`,
      `${signature}\r\n`,
      ` ${signature}`,
      `${signature}!`,
      `${signature.slice(0, 20)}\n${signature.slice(20)}`,
      Buffer.from(signature, 'base64url').toString('base64'),
    ];
    for (const it of same_bytes) {
      expect(Buffer.from(it, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
      expect([it, verify('text', it)]).toEqual([it, false]);
    }
    const not_the_same = [
      '',
      signature.slice(0, -1),
      `${signature}A`,
      signature.toUpperCase(),
      '签',
    ];
    for (const it of not_the_same) expect([it, verify('text', it)]).toEqual([it, false]);
    expect(verify('text', signature)).toBe(true);
  });

  it.each([0, 1, 31, 33])('D5: of %i bytes is refused for good, with what to do', (length) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'secret.key'), Buffer.alloc(length, 1));
    const open = () => openSigner(folder);
    expect(open).toThrow(UnrecoverableError);
    expect(open).toThrow(`secret.key is damaged (${length} bytes instead of 32): restore it`);
  });

  it('D5: that is a folder is refused for good', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'secret.key'));
    expect(() => openSigner(folder)).toThrow(UnrecoverableError);
  });
});

describe('the data directory', () => {
  it('that cannot be made is refused, naming it and its variable', () => {
    // /proc answers that there is no such file although its parent is there.
    expect(() => prepare('/proc/nobody/data')).toThrow(
      /data directory \/proc\/nobody\/data is not writable .* DATA_DIR/,
    );
    expect(() => prepare('/dev/null/data')).toThrow(UnrecoverableError);
  });

  it('is made for its owner alone; one that is there keeps its mode', () => {
    const given = temporaryFolder();
    chmodSync(given, 0o750);
    const made = join(given, 'new', 'data');
    prepare(made);
    prepare(given);
    expect([modeOf(made), modeOf(given)]).toEqual(['700', '750']);
  });

  it('D7: closes our files in it to others, and leaves those of others as they are', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'mailbox'), { mode: 0o755 });
    const ours = ['piaokuang.db', 'piaokuang.db-wal', 'demo.db-shm', 'secret.key', 'mailbox/1.eml'];
    const others = ['notes.txt', 'old-piaokuang.db'];
    for (const name of [...ours, ...others]) {
      writeFileSync(join(folder, name), '');
      chmodSync(join(folder, name), 0o644);
    }
    expect(prepare(folder)).toEqual([]);
    expect(ours.map((name) => modeOf(join(folder, name)))).toEqual(ours.map(() => '600'));
    expect(modeOf(join(folder, 'mailbox'))).toBe('700');
    expect(others.map((name) => modeOf(join(folder, name)))).toEqual(['644', '644']);
  });

  it.each([0o775, 0o757])('D7: that others may write to is reported (%o)', (mode) => {
    const folder = temporaryFolder();
    chmodSync(folder, mode);
    expect(prepare(folder)).toEqual([
      `Others may write to the data directory ${folder}: chmod go-w it.`,
    ]);
  });
});

describe('the space of a disk', () => {
  it('is read in bytes, of which some are free', async () => {
    const { free_bytes, total_bytes } = await diskSpace(temporaryFolder());
    expect(free_bytes).toBeGreaterThan(0);
    expect(total_bytes).toBeGreaterThanOrEqual(free_bytes);
    await expect(diskSpace('/nobody/there')).rejects.toThrow('ENOENT');
  });

  it.each([
    [99, 1_000, false, true],
    [100, 1_000, false, false],
    [119, 1_000, false, false],
    [100, 1_000, true, true],
    [119, 1_000, true, true],
    [120, 1_000, true, false],
    [0, 1_000, false, true],
    [0, 0, false, false],
    [0, 0, true, false],
  ])('D4: %i of %i bytes free, low before: %s, is low: %s', (free, total, before, low) => {
    expect(isLow({ free_bytes: free, total_bytes: total }, before)).toBe(low);
  });
});

/** What it reports. */
function prepare(folder: string): string[] {
  const reported: string[] = [];
  prepareDataDirectory(folder, (problem) => reported.push(problem));
  return reported;
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

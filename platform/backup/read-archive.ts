import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { OWNER_ONLY } from '../files.ts';
import { KEY_NAME } from '../signer.ts';
import { UnrecoverableError } from '../unrecoverable.ts';
import { BackupDamaged } from './damaged.ts';
import {
  type Digest,
  MANIFEST_LIMIT_BYTES,
  MANIFEST_NAME,
  type Manifest,
  readManifest,
} from './manifest.ts';
import { BLOCK_BYTES, END_BYTES, type Member, memberOf, paddingOf } from './tar.ts';

const PIECE_BYTES = 1024 * 1024;

/**
 * Unpacks an archive into an empty folder, under names of our own, and compares each file with the
 * manifest. Accepts nothing but what `writeArchive` writes: no link, no folder, no other name.
 * `accepts` sees the manifest before anything is unpacked, and may throw.
 *
 * @throws {UnrecoverableError} when the file cannot be read
 * @throws {BackupDamaged} saying what was expected and what was found
 */
export async function unpackArchive(
  path: string,
  folder: string,
  accepts: (manifest: Manifest) => void = () => {},
): Promise<Manifest> {
  const archive = await openArchive(path);
  try {
    const from = createSource(archive, path);
    const manifest = await takeManifest(from);
    accepts(manifest);
    const { database, key } = manifest;
    if (key !== null) await unpack(from, { name: KEY_NAME, ...key }, folder);
    await unpack(from, database, folder);
    await expectEnd(from);
    return manifest;
  } finally {
    await archive.close();
  }
}

async function openArchive(path: string): Promise<FileHandle> {
  try {
    const archive = await open(path, 'r');
    if ((await archive.stat()).isFile()) return archive;
    await archive.close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UnrecoverableError(`${path}: ${reason}.`);
  }
  throw new UnrecoverableError(`${path}: it is not a file.`);
}

/** An archive, read from its beginning to its end. */
interface Source {
  path: string;
  /** The next bytes: as many as asked for, or what is left. */
  next(bytes: number): Promise<Buffer>;
}

function createSource(archive: FileHandle, path: string): Source {
  return {
    path,
    async next(bytes) {
      const buffer = Buffer.alloc(bytes);
      let filled = 0;
      while (filled < bytes) {
        const { bytesRead } = await archive.read(buffer, filled, bytes - filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
  };
}

async function takeManifest(from: Source): Promise<Manifest> {
  const { bytes } = await takeHeader(from, MANIFEST_NAME);
  if (bytes > MANIFEST_LIMIT_BYTES)
    throw new BackupDamaged(from.path, `its manifest has ${bytes} bytes`);
  const pieces: Buffer[] = [];
  for await (const piece of contentOf(from, { name: MANIFEST_NAME, bytes })) pieces.push(piece);
  const manifest = readManifest(Buffer.concat(pieces).toString('utf8'));
  if ('problem' in manifest) throw new BackupDamaged(from.path, manifest.problem);
  return manifest;
}

/** The name is one of the product's. On return the file is on the disk. */
async function unpack(from: Source, expected: Member & Digest, folder: string): Promise<void> {
  const { name, bytes, sha256 } = expected;
  const found = await takeHeader(from, name);
  if (found.bytes !== bytes) {
    const what = `its ${name} has ${found.bytes} bytes, and ${bytes} in the manifest`;
    throw new BackupDamaged(from.path, what);
  }
  const hash = createHash('sha256');
  const file = await open(join(folder, name), 'wx', OWNER_ONLY);
  try {
    for await (const piece of contentOf(from, expected)) {
      hash.update(piece);
      await file.appendFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const digest = hash.digest('hex');
  if (digest !== sha256) {
    const what = `the SHA-256 of its ${name} is ${digest}, and ${sha256} in the manifest`;
    throw new BackupDamaged(from.path, what);
  }
}

async function takeHeader(from: Source, name: string): Promise<Member> {
  const header = await from.next(BLOCK_BYTES);
  const member = memberOf(header);
  if (member?.name === name) return member;
  const found = member === null ? 'something else' : `"${printable(member.name)}"`;
  const what = header.length < BLOCK_BYTES ? 'it ends' : `there is ${found}`;
  throw new BackupDamaged(from.path, `${what} where the file "${name}" is expected`);
}

async function* contentOf(from: Source, { name, bytes }: Member): AsyncGenerator<Buffer> {
  let left = bytes;
  while (left > 0) {
    const piece = await from.next(Math.min(left, PIECE_BYTES));
    if (piece.length === 0) {
      const what = `it ends ${bytes - left} bytes into its ${name}, which has ${bytes}`;
      throw new BackupDamaged(from.path, what);
    }
    left -= piece.length;
    yield piece;
  }
  await from.next(paddingOf(bytes));
}

async function expectEnd(from: Source): Promise<void> {
  const end = await from.next(END_BYTES + 1);
  if (end.length === END_BYTES && end.every((byte) => byte === 0)) return;
  const what = end.length < END_BYTES ? 'its end is missing' : 'there is more behind its files';
  throw new BackupDamaged(from.path, what);
}

function printable(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, '?');
}

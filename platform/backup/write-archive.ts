import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { OWNER_ONLY } from '../files.ts';
import { KEY_NAME } from '../signer.ts';
import { type Digest, MANIFEST_NAME, type Manifest, manifestText } from './manifest.ts';
import { END_BYTES, type Member, paddingOf, tarHeader } from './tar.ts';

const PIECE_BYTES = 1024 * 1024;

/** What goes into an archive, as its manifest describes it. */
export interface ArchiveParts {
  manifest: Manifest;
  /** Path of the copy of the database. */
  database: string;
  /** The key; null: there is none. */
  key: Uint8Array | null;
}

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Writes an archive to a path where nothing is. On return it is on the disk. */
export async function writeArchive(path: string, parts: ArchiveParts): Promise<void> {
  const { manifest, database, key } = parts;
  const text = Buffer.from(manifestText(manifest));
  const archive = await open(path, 'wx', OWNER_ONLY);
  try {
    const add = (member: Member, content: Pieces) =>
      append(archive, member, content, Date.parse(manifest.taken_at));
    await add({ name: MANIFEST_NAME, bytes: text.length }, [text]);
    if (key !== null) await add({ name: KEY_NAME, bytes: key.length }, [key]);
    await add(manifest.database, piecesOf(database));
    await archive.appendFile(Buffer.alloc(END_BYTES));
    await archive.sync();
  } finally {
    await archive.close();
  }
}

async function append(
  archive: FileHandle,
  member: Member,
  content: Pieces,
  modified_at: number,
): Promise<void> {
  await archive.appendFile(tarHeader(member, modified_at));
  for await (const piece of content) await archive.appendFile(piece);
  await archive.appendFile(Buffer.alloc(paddingOf(member.bytes)));
}

/** Number and SHA-256 of the bytes of a file. */
export async function digestOfFile(path: string): Promise<Digest> {
  return await digestOf(piecesOf(path));
}

export async function digestOf(pieces: Pieces): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

function piecesOf(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: PIECE_BYTES });
}

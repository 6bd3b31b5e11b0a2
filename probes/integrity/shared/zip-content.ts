import { crc32 } from './crc-32.ts';
import { inflateRaw } from './inflate.ts';
import { IntegrityError } from './integrity-error.ts';
import type { Work } from './work.ts';

export const ENCRYPTED = 0x1;
export const HAS_DESCRIPTOR = 0x8;
const UTF8_NAME = 0x800;
export const STORED = 0;
export const DEFLATED = 8;
/** No deflate data inflates to more. */
const MOST_RATIO = 1032;

/** A name with forward slashes that stays inside the archive, and whether that changed it. */
export interface EntryName {
  name: string;
  changed: boolean;
}

/** What leads out of the archive is left out, as unzip and zipfile do. */
export function entryName(raw: Uint8Array, flags: number): EntryName {
  const text = decodeName(raw, flags).replaceAll('\\', '/');
  const name = text
    .replace(/^[a-z]:/i, '')
    .split('/')
    .filter((part) => part !== '..' && part !== '.')
    .join('/')
    .replace(/^\/+/, '');
  return { name, changed: text.split('/').includes('..') };
}

/** Chinese writers that do not flag UTF-8 use it anyway, or GB 18030. */
function decodeName(raw: Uint8Array, flags: number): string {
  if ((flags & UTF8_NAME) !== 0) return new TextDecoder().decode(raw);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

/** What is said of the content of an entry. */
export interface Stated {
  name: string;
  method: number;
  crc: number;
  size: number;
}

/** The content, and how many bytes of the data it took. Throws `crc_mismatch`, `too_large`. */
export function readContent(
  data: Uint8Array,
  stated: Stated,
  work: Work,
): { bytes: Uint8Array; used: number } {
  const { name, method, size } = stated;
  const content =
    method === STORED ? { bytes: data, used: data.length } : inflate(data, stated, work);
  work.spend('crc_byte', content.bytes.length, name);
  if (content.bytes.length !== size || crc32(content.bytes) !== stated.crc) {
    throw new IntegrityError('crc_mismatch', name);
  }
  return content;
}

function inflate(data: Uint8Array, { name, size }: Stated, work: Work) {
  work.spend('compressed_byte', data.length, name);
  // A file that lies about its size inflates no further than it can.
  work.spend('inflated_byte', Math.min(size, data.length * MOST_RATIO), name);
  const { bytes, end, used } = inflateRaw(data, size);
  if (end === 'complete') return { bytes, used };
  const is_ours = end === 'limit' && bytes.length < size;
  throw new IntegrityError(is_ours ? 'too_large' : 'crc_mismatch', name);
}

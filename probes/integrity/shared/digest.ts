import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sm3 } from './sm3.ts';

/** Digests of bytes, in JavaScript alone: files are judged in browsers too. */
export const DIGESTS = { md5, sha1, sha256, sha384, sha512, sm3 } satisfies Record<
  string,
  (bytes: Uint8Array) => Uint8Array
>;
export type DigestName = keyof typeof DIGESTS;

export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** The bytes that base64 text stands for, white space ignored; null if it is none. */
export function bytesOfBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replace(/\s/g, '')), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

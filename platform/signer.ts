import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from '../model/ports.ts';
import { createFile } from './files.ts';
import { UnrecoverableError } from './unrecoverable.ts';

/** In the data directory. */
export const KEY_NAME = 'secret.key';
const KEY_BYTES = 32;

/**
 * The installation's signer (HMAC-SHA-256). Its key is `secret.key` in the data directory, readable
 * by this user only, and created by the first process that needs it.
 *
 * @throws {UnrecoverableError} when the file is there but no key, or may not be read
 */
export function openSigner(data_dir: string): Signer {
  const key = readOrCreate(join(data_dir, KEY_NAME));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    sign,
    verify(text, signature) {
      // Texts, because a decoder takes other paddings, line breaks and rubbish for the same bytes.
      const given = Buffer.from(signature);
      const wanted = Buffer.from(sign(text));
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}

/**
 * The key of the signer; null when there is none.
 * @throws {UnrecoverableError} as `openSigner`
 */
export function signingKey(data_dir: string): Buffer | null {
  return readKey(join(data_dir, KEY_NAME));
}

function readOrCreate(path: string): Buffer {
  const known = readKey(path);
  if (known !== null) return known;
  const fresh = randomBytes(KEY_BYTES);
  return createFile(path, fresh) ? fresh : (readKey(path) ?? readOrCreate(path));
}

/** Null when there is none. */
function readKey(path: string): Buffer | null {
  let key: Buffer;
  try {
    key = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new UnrecoverableError(`The key ${path} cannot be read (${code}).`);
  }
  if (key.length === KEY_BYTES) return key;
  throw new UnrecoverableError(
    `The key ${path} is damaged (${key.length} bytes instead of ${KEY_BYTES}): restore it from a ` +
      'backup; or delete it, and links in messages already sent stop working.',
  );
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from '../model/ports.ts';

const KEY_BYTES = 32;

/**
 * The installation's signer (HMAC-SHA-256). Its key is `secret.key` in the data directory, readable
 * by this user only, and created by the first process that needs it.
 */
export function openSigner(data_dir: string): Signer {
  const path = join(data_dir, 'secret.key');
  const key = readOrCreate(path);
  const digest = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    sign: (text) => digest(text).toString('base64url'),
    verify(text, signature) {
      const given = Buffer.from(signature, 'base64url');
      const wanted = digest(text);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}

function readOrCreate(path: string): Buffer {
  try {
    writeFileSync(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readFileSync(path);
  if (key.length !== KEY_BYTES) throw new Error(`${path} is not a key of ${KEY_BYTES} bytes`);
  return key;
}

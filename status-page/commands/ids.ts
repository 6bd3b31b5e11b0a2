import { createHash } from 'node:crypto';

/** Makes ids: 12 characters of [a-z0-9]. */
export type NewId = () => string;

/** The same sequence of ids for the same seed, so that what was sent twice is there once. */
export function seededIds(seed: string): NewId {
  let count = 0;
  return () => {
    count += 1;
    return idFrom(createHash('sha256').update(`${count}|${seed}`).digest());
  };
}

/** 62 bits of the hash, which no two of a site's rows share. */
function idFrom(bytes: Buffer): string {
  const number = bytes.readBigUInt64BE() % 36n ** 12n;
  return number.toString(36).padStart(12, '0');
}

import { createHash } from 'node:crypto';

/** Generates ids: 12 characters of [a-z0-9]. */
export type NewId = () => string;

/** A deterministic sequence of ids for a seed, so that repeated requests are idempotent. */
export function seededIds(seed: string): NewId {
  let count = 0;
  return () => {
    count += 1;
    return idFrom(createHash('sha256').update(`${count}|${seed}`).digest());
  };
}

/** 62 bits of the hash, sufficient for unique rows of a site. */
function idFrom(bytes: Buffer): string {
  const number = bytes.readBigUInt64BE() % 36n ** 12n;
  return number.toString(36).padStart(12, '0');
}

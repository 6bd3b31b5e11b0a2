import { randomInt } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** 12 random characters of [a-z0-9]: the id of an incident, an update or a notice. */
export function randomId(): string {
  return idFrom(() => randomInt(ALPHABET.length) / ALPHABET.length);
}

/** The same shape of id from a source of numbers in [0, 1). */
export function idFrom(random: () => number): string {
  return Array.from({ length: 12 }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join(
    '',
  );
}

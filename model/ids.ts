const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 12;

/** 12 random characters of [a-z0-9]: the id of whatever people may refer to. */
export function randomId(): string {
  return idFrom(() => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32);
}

/** The same shape of id from a source of numbers in [0, 1). */
export function idFrom(random: () => number): string {
  const characters = Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(random() * 36)]);
  return characters.join('');
}

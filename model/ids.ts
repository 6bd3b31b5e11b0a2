const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 12;

/** A public id: 12 random characters of [a-z0-9]. */
export function randomId(): string {
  return idFrom(() => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32);
}

/** An id of the same format from a source of numbers in [0, 1). */
export function idFrom(random: () => number): string {
  const characters = Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(random() * 36)]);
  return characters.join('');
}

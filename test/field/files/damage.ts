/** Ways in which any file is hurt. All return a copy. */

/** The beginning. */
export function cutAt(file: Uint8Array, share: number): Buffer {
  return Buffer.from(file.subarray(0, Math.floor(file.length * share)));
}

/** Without its last bytes. */
export function cutOff(file: Uint8Array, bytes: number): Buffer {
  return Buffer.from(file.subarray(0, file.length - bytes));
}

/** One bit changed; `at` counts from what is found, in bytes read as characters. */
export function flipped(file: Uint8Array, found: string | RegExp, at = 0, bit = 0x10): Buffer {
  const copy = Buffer.from(file);
  const place = placeOf(copy, found) + at;
  copy[place] = (copy[place] ?? 0) ^ bit;
  return copy;
}

/** Zeros over a length. */
export function zeroed(
  file: Uint8Array,
  found: string | RegExp,
  at: number,
  bytes: number,
): Buffer {
  const copy = Buffer.from(file);
  const place = placeOf(copy, found) + at;
  return copy.fill(0, place, Math.min(copy.length, place + bytes));
}

/** What is found replaced by something as long or not; offsets behind it are then wrong. */
export function replaced(file: Uint8Array, found: string | RegExp, by: string): Buffer {
  const text = Buffer.from(file).toString('latin1');
  placeOf(Buffer.from(file), found);
  return Buffer.from(text.replace(found, by), 'latin1');
}

/** Bytes left out. */
export function without(file: Uint8Array, found: string | RegExp, at: number, bytes: number) {
  const place = placeOf(Buffer.from(file), found) + at;
  return Buffer.concat([file.subarray(0, place), file.subarray(place + bytes)]);
}

/** As programs that take bytes for text pass them on: what is not UTF-8 becomes U+FFFD. */
export function takenForText(file: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(file).toString('utf8'));
}

/** As a transfer in text mode: each line feed gets a carriage return. */
export function inTextMode(file: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(file).toString('latin1').replace(/\n/g, '\r\n'), 'latin1');
}

function placeOf(file: Buffer, found: string | RegExp): number {
  const text = file.toString('latin1');
  const place = typeof found === 'string' ? text.indexOf(found) : text.search(found);
  if (place < 0) throw new RangeError(`found: nothing like ${found}`);
  return place;
}

const page = (body: string) => Buffer.from(`<!DOCTYPE html><html><body>${body}</body></html>\n`);

/** What is sent instead of a file. */
export const INSTEAD: Readonly<Record<string, () => Uint8Array>> = {
  'a page of HTML instead': () => page('<h1>502 Bad Gateway</h1>'),
  'a page of a firewall instead': () => page('<script>var c="x";location.reload()</script>'),
  'JSON instead': () => Buffer.from('{"code":500,"message":"系统异常"}'),
  '系统繁忙 instead': () => Buffer.from('系统繁忙，请稍后再试'),
  'nothing instead': () => new Uint8Array(0),
  'one byte instead': () => Buffer.from('\n'),
  'zeros instead': () => new Uint8Array(4_096),
};

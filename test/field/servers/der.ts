/** DER by hand (X.690), as far as certificates need it. */
export function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  if (length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

export const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
export const setOf = (...parts: Buffer[]) => der(0x31, Buffer.concat(parts));
export const octets = (content: Buffer) => der(0x04, content);
export const yes = der(0x01, Buffer.from([0xff]));
export const nothing = der(0x05, Buffer.alloc(0));
export const text = (content: string) => der(0x0c, Buffer.from(content));
export const bits = (content: Buffer) => der(0x03, Buffer.concat([Buffer.from([0]), content]));

/** An integer below 128, or from 256 to 32,767. */
export const integer = (value: number) =>
  der(0x02, Buffer.from(value < 0x80 ? [value] : [value >> 8, value & 0xff]));

export const time = (at: Date) =>
  der(0x18, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));

/** An object identifier in its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

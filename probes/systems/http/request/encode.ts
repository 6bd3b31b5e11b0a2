import { createRequire } from 'node:module';
import type * as Iconv from 'iconv-lite';
import { UnfitValue } from './unfit-value.ts';

export type Charset = 'utf-8' | 'gbk';

/** Loaded with the first system that needs it. */
const require = createRequire(import.meta.url);
const library = (): typeof Iconv => require('iconv-lite');

/**
 * The bytes of a text.
 * @throws {UnfitValue} when GBK does not have a character of it
 */
export function encoded(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = library().encode(text, 'gbk');
  // Otherwise it would be a question mark: another name, in an invoice of ours.
  if (library().decode(bytes, 'gbk') !== text) {
    throw new UnfitValue('a value has a character that GBK does not have');
  }
  return bytes;
}

/**
 * The text with all bytes but letters, digits and `-._~` escaped (RFC 3986, 2.3).
 * @throws {UnfitValue} as its bytes do
 */
export function percentEncoded(text: string, charset: Charset): string {
  return [...encoded(text, charset)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (/[\w.~-]/.test(character)) return character;
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

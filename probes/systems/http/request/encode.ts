import { createRequire } from 'node:module';
import type * as Iconv from 'iconv-lite';

export type Charset = 'utf-8' | 'gbk';

/** Loaded with the first system that needs it. */
const require = createRequire(import.meta.url);
const library = (): typeof Iconv => require('iconv-lite');

/** The bytes of a text; what GBK does not have is sent as a question mark. */
export function encoded(text: string, charset: Charset): Buffer {
  return charset === 'gbk' ? library().encode(text, 'gbk') : Buffer.from(text, 'utf8');
}

/** The text with all bytes but letters, digits and `-._~` escaped (RFC 3986, 2.3). */
export function percentEncoded(text: string, charset: Charset): string {
  return [...encoded(text, charset)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (/[\w.~-]/.test(character)) return character;
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

import type { PdfDocument } from '../file/document.ts';
import { latin1 } from '../syntax/source.ts';
import { entriesOf } from '../syntax/values.ts';

const LONGEST_TEXT = 4096;

/** The texts of the information dictionary, by key. */
export function informationOf(document: PdfDocument): [key: string, text: string][] {
  const information = entriesOf(document.resolve(document.xref.trailer.get('Info')));
  return [...information].flatMap(([key, value]) => {
    const text = document.resolve(value);
    return text.kind === 'string' ? [[key, textOf(text.bytes)] as [string, string]] : [];
  });
}

/** The invoice's number by a key of its own, as some issuers write it; null if there is none. */
export function statedNumber(information: [key: string, text: string][]): string | null {
  const found = information.find(([key]) => /^(invoice_?(number|no)|fphm|eiid)$/i.test(key));
  return /^\s*(\d{8}|\d{20})\s*$/.exec(found?.[1] ?? '')?.[1] ?? null;
}

/** A text string: UTF-16BE or UTF-8 by its mark, else one byte a character (PDF 2.0, 7.9.2.2). */
function textOf(bytes: Uint8Array): string {
  const some = bytes.subarray(0, LONGEST_TEXT);
  if (some[0] === 0xfe && some[1] === 0xff) return new TextDecoder('utf-16be').decode(some);
  if (some[0] === 0xef && some[1] === 0xbb) return new TextDecoder().decode(some);
  return latin1(some);
}

import type { Head } from './head.ts';
import { headerElements } from './header-lines.ts';

/** How the end of a body is told. */
export type Framing =
  | { by: 'nothing' }
  | { by: 'chunks' }
  | { by: 'length'; length: number }
  | { by: 'close' };

const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * How the end of this answer's body is told, by Chromium's rules
 * (HttpStreamParser::CalculateResponseBodySize): chunks rather than a length, and a length that is
 * none is passed over.
 */
export function framingOf({ status, is_1_1, lines }: Head): Framing {
  if (WITHOUT_BODY.has(status)) return { by: 'nothing' };
  const codings = headerElements(lines, 'transfer-encoding');
  if (is_1_1 && codings.some((coding) => coding.toLowerCase() === 'chunked')) {
    return { by: 'chunks' };
  }
  const [said = ''] = headerElements(lines, 'content-length');
  if (!/^\d+$/.test(said) || BigInt(said) >= 2n ** 63n) return { by: 'close' };
  return { by: 'length', length: Number(said) };
}

import { fault } from '../http/fault.ts';
import { CODINGS } from './inflate.ts';

export interface Decoded {
  body: Buffer;
  /** There was more than `max_bytes`; the body is its beginning. */
  over_limit: boolean;
}

/** As many as Chromium 156 undoes; a body that is coded in itself could be decoded for ever. */
const MOST_CODINGS = 10;
/** So much of a body shows whether it is text. */
const LOOKED_AT = 1_024;

/**
 * Undoes content codings, the last first. Like Chromium it leaves the body as it is if it does not
 * know one of them ("UTF-8", "none"). Rejects with `CODING_BROKEN`, or with `CODING_UNKNOWN` when
 * what is left as it is is no text, or there are too many.
 */
export async function decodeBody(
  body: Buffer,
  codings: readonly string[],
  max_bytes: number,
): Promise<Decoded> {
  const names = codings.map((coding) => coding.toLowerCase());
  const undoing = names.map((name) => CODINGS.get(name)).toReversed();
  if (undoing.includes(undefined)) return asItIs(body);
  if (undoing.length > MOST_CODINGS) {
    throw fault('CODING_UNKNOWN', `more than ${MOST_CODINGS} content codings`);
  }
  let bytes = body;
  let over_limit = false;
  for (const undo of undoing) {
    if (undo === undefined || bytes.length === 0) continue;
    const inflated = await undo(bytes, max_bytes);
    if (inflated.is_broken) throw fault('CODING_BROKEN', `not ${codings.join(', ').slice(0, 40)}`);
    bytes = inflated.bytes;
    over_limit ||= inflated.over_limit;
  }
  return { body: bytes, over_limit };
}

function asItIs(body: Buffer): Decoded {
  if (body.subarray(0, LOOKED_AT).some(isInNoText)) {
    throw fault('CODING_UNKNOWN', 'a content coding that browsers do not know');
  }
  return { body, over_limit: false };
}

/** Control characters that no text in any charset contains; tab, line ends and escape may be. */
function isInNoText(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
}

import { fault } from './fault.ts';
import type { Head } from './head.ts';

const HTTP_0_9: Head = { status: 200, is_1_1: false, lines: [] };
const SHOUTCAST = 'ICY 200 OK';
/** SETTINGS, the first frame of HTTP/2 (RFC 9113, section 6.5). */
const SETTINGS_TYPE = 4;
const LEAST_FRAME = 9;

/**
 * The head of an answer that begins without one. Chromium takes it as HTTP/0.9 on the default port
 * of the scheme only, and from Shoutcast; after a 1xx never. Throws otherwise.
 */
export function headless(bytes: Buffer, url: URL, after_others: boolean): Head {
  const start = bytes.toString('latin1', 0, SHOUTCAST.length);
  if (url.protocol === 'https:' && beginsHttp2(bytes)) {
    // A browser offers HTTP/2, and would have been asked for it.
    throw fault('ANSWER_UNREADABLE', 'HTTP/2 without having agreed to it');
  }
  const is_taken = url.port === '' || (url.protocol === 'http:' && start === SHOUTCAST);
  if (after_others || !is_taken) throw fault('ANSWER_INVALID', 'no status line');
  return HTTP_0_9;
}

/** Three bytes of length, the type, flags, and stream 0. */
function beginsHttp2(bytes: Buffer): boolean {
  const is_frame = bytes.length >= LEAST_FRAME && bytes.readUInt32BE(5) === 0;
  return is_frame && bytes[0] === 0 && bytes[3] === SETTINGS_TYPE;
}

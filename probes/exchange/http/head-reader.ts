import { fault } from './fault.ts';
import { gatherBytes } from './gathering.ts';
import { endOfHead, type Head, MAX_HEAD_BYTES, parseHead, startOfHead } from './head.ts';
import { headless } from './headless.ts';

/** A final head, and what has come of the body with it. */
export interface FinalHead {
  head: Head;
  rest: Buffer;
}

/** Gathers the head of an answer, and passes over informational ones before it. */
export interface HeadReader {
  /** Takes what has come; null as long as the head has not ended. */
  take(bytes: Buffer): FinalHead | null;
  /** The connection has closed: what browsers make of what there is. */
  end(): FinalHead;
}

/** Servers may send a few "early hints"; a flood of 1xx is a protocol error. */
const MOST_INFORMATIONAL = 16;
const NOTHING = Buffer.alloc(0);

/** Both functions throw faults. */
export function createHeadReader(url: URL): HeadReader {
  let gathered = gatherBytes(MAX_HEAD_BYTES);
  let searched = 0;
  let informational = 0;

  function withoutHead(): FinalHead {
    const waiting = gathered.bytes();
    return { head: headless(waiting, url, informational > 0), rest: waiting };
  }

  function take(bytes: Buffer): FinalHead | null {
    gathered.add(bytes);
    const waiting = gathered.bytes();
    const start = startOfHead(waiting);
    if (start === undefined) return null;
    if (start === null) return withoutHead();
    const end = endOfHead(waiting, Math.max(start, searched));
    if ((end === -1 ? waiting.length : end) >= MAX_HEAD_BYTES) {
      throw fault('ANSWER_INVALID', 'a head over 256 kB');
    }
    if (end !== -1) return takeWhole(waiting.subarray(start, end), waiting.subarray(end));
    searched = Math.max(0, waiting.length - 3);
    return null;
  }

  function takeWhole(bytes: Buffer, rest: Buffer): FinalHead | null {
    const head = parseHead(bytes);
    if (head.status === 101) throw fault('ANSWER_INVALID', 'protocols switched unasked');
    if (head.status < 100 || head.status > 199) return { head, rest };
    informational += 1;
    if (informational > MOST_INFORMATIONAL) {
      throw fault('ANSWER_INVALID', `more than ${MOST_INFORMATIONAL} 1xx answers`);
    }
    gathered = gatherBytes(MAX_HEAD_BYTES);
    searched = 0;
    return rest.length === 0 ? null : take(rest);
  }

  return {
    take,
    end() {
      const waiting = gathered.bytes();
      if (waiting.length === 0) throw fault('ANSWER_MISSING', 'closed without an answer');
      const start = startOfHead(waiting) ?? null;
      if (start === null) return withoutHead();
      // Somebody else may have cut it (as Chromium sees it over TLS).
      if (url.protocol === 'https:') throw fault('ANSWER_MISSING', 'closed within the head');
      return { head: parseHead(waiting.subarray(start)), rest: NOTHING };
    },
  };
}

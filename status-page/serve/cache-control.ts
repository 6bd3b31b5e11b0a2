import { REVALIDATE } from '../../http/headers.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** For so long a cache may answer many readers by itself. */
const SHARED_SECONDS = 1;
/** For so long again with what it has, while it asks us. */
const ASKING_SECONDS = 1;
/** Longest that a copy may stand in for us when we cannot be reached. */
const LONGEST_WITHOUT_US_SECONDS = 60;
/** For so long what other sites show is used without asking for it again. */
const FRESH_SECONDS = 5;

/**
 * How caches may keep what tells a state (RFC 9111, RFC 5861): those of browsers ask each time,
 * those between us and many readers for a second, and no copy outlives `valid_until`. null: nothing
 * is known, which does not run out, but what is known then should be seen.
 */
export function publishedCacheControl(valid_until: EpochMs | null, now: EpochMs): string {
  const shared = `public, max-age=0, s-maxage=${SHARED_SECONDS}`;
  const asking = `stale-while-revalidate=${ASKING_SECONDS}`;
  if (valid_until === null) return `${shared}, ${asking}`;
  const left = Math.floor((valid_until - now) / SECOND);
  if (left < SHARED_SECONDS + ASKING_SECONDS) return REVALIDATE;
  // Counted from when the copy is not fresh any more.
  const without_us = Math.min(left - SHARED_SECONDS, LONGEST_WITHOUT_US_SECONDS);
  return `${shared}, ${asking}, stale-if-error=${without_us}`;
}

/**
 * How caches may keep what other sites show of us, which is true until an instant: used for some
 * seconds, afterwards only while it is asked for again or cannot be (RFC 5861), and never after
 * that instant. Null, for what tells that nothing is known: for those seconds alone.
 */
export function cacheControlUntil(valid_until: EpochMs | null, now: EpochMs): string {
  if (valid_until === null) return `public, max-age=${FRESH_SECONDS}`;
  const left = Math.max(0, Math.floor((valid_until - now) / SECOND));
  const fresh = Math.min(FRESH_SECONDS, left);
  const stale = left - fresh;
  const seconds = [
    `max-age=${fresh}`,
    `stale-while-revalidate=${stale}`,
    `stale-if-error=${stale}`,
  ];
  return ['public', ...seconds].join(', ');
}

import type { BadTime } from '../model/ledger.ts';
import type { PageWords } from './words.ts';

/** "历时 1 分 36 秒 · 结束未观察到", by the ledger. */
export function lastedText({ bad_ms, parts, end }: BadTime, words: PageWords): string {
  const duration = words.duration(bad_ms);
  const lasted =
    parts === 1
      ? words.text('incidents.lasted', { duration })
      : words.text('incidents.lasted_parts', { duration, n: parts });
  return withEnd(lasted, end, words);
}

/** The same where a term says that it is a length. */
export function lengthText({ bad_ms, parts, end }: BadTime, words: PageWords): string {
  const duration = words.duration(bad_ms);
  const length =
    parts === 1 ? duration : words.text('incidents.lasted_parts', { duration, n: parts });
  return withEnd(length, end, words);
}

function withEnd(length: string, end: BadTime['end'], words: PageWords): string {
  return end === 'not_seen' ? `${length} · ${words.text('incidents.end_not_seen')}` : length;
}

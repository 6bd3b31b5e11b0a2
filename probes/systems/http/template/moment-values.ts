import { randomInt, randomUUID } from 'node:crypto';
import { toChinaTime } from '../../../../model/china-time.ts';
import { SECOND } from '../../../../model/time.ts';
import type { EpochMs } from '../../../../model/vocabulary.ts';
import type { TemplateValue } from './template.ts';

/** The values of every step: its instant, and what is new in each. */
export const MOMENT_NAMES = [
  'now_s',
  'now_ms',
  'now_china',
  'now_text',
  'uuid',
  'uuid_hex',
  'nonce',
] as const;

/** The same within one request, so that what is signed is what is sent. */
export function momentValues(now: EpochMs): Record<(typeof MOMENT_NAMES)[number], TemplateValue> {
  const uuid = randomUUID();
  const now_china = toChinaTime(now);
  return {
    now_s: Math.floor(now / SECOND),
    now_ms: now,
    now_china,
    now_text: chinaText(now_china),
    uuid,
    uuid_hex: uuid.replaceAll('-', ''),
    nonce: String(randomInt(10_000_000, 100_000_000)),
  };
}

/** `2026-03-02 10:00:00` of yyyyMMddHHmmss. */
export function chinaText(stamp: string): string {
  return stamp.replace(/^(\d{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6');
}

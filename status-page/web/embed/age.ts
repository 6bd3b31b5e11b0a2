import type { Text } from '../../../messages/text.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import type { EmbedKey } from './words.ts';

const UNITS = [
  [HOUR, 'embed.hours_ago'],
  [MINUTE, 'embed.minutes_ago'],
  [SECOND, 'embed.seconds_ago'],
] as const;

/** How long ago it was measured, in the largest unit, rounded down. */
export function measuredText(ago_ms: number, text: Text<EmbedKey>): string {
  if (ago_ms < 2 * SECOND) return text('embed.now');
  const [unit_ms, key] = UNITS.find(([unit]) => ago_ms >= unit) ?? UNITS[2];
  return text(key, { n: Math.floor(ago_ms / unit_ms) });
}

import { DAY, MINUTE } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';

/**
 * Offsets of zones are whole quarters of an hour and change at whole quarters (tz database, since
 * 1972 but for Liberia), so that within one of these blocks local time runs without a jump.
 */
export const BLOCK_MS = 15 * MINUTE;

/** What the clocks of a zone show. */
export interface ZoneClock {
  /** Local time as if it were UTC, for the start of a block. */
  local(block: EpochMs): number;
}

const REMEMBERED_BLOCKS = 1_000;

/** Clocks of an IANA zone; those of blocks asked for lately are remembered. */
export function zoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const known = new Map<EpochMs, number>();
  return {
    local(block) {
      let local = known.get(block);
      if (local === undefined) {
        if (known.size >= REMEMBERED_BLOCKS) known.clear();
        local = read(format, block);
        known.set(block, local);
      }
      return local;
    },
  };
}

function read(format: Intl.DateTimeFormat, at: EpochMs): number {
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** The local day of a local time, and the time of day in ms. */
export function dayAndTime(local: number): { day: number; time_ms: number } {
  const day = Math.floor(local / DAY);
  return { day, time_ms: local - day * DAY };
}

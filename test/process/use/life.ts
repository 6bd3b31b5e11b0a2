import { setTimeout } from 'node:timers/promises';
import { atOnce } from '../../field/own-trouble/at-once.ts';
import { startDrill } from '../drills.ts';
import type { Visitors } from './visitors.ts';

/** What comes over the minutes, evenly. */
export interface Life {
  /** So many of the mix. */
  requests: number;
  streams: number;
  minutes: number;
}

interface Lived {
  visitors: Visitors;
  /** Of the simulators. */
  origin: string;
  tell(words: string): void;
}

const STREAM_LASTS_MS = 5_000;
/** Fewer than one client may have. */
const STREAMS_AT_ONCE = 200;
const ROUND_MS = 1_000;
/** An outage opens and closes an incident and an alert, which the notifier tells. */
const OUTAGE_EVERY_MS = 60_000;
const OUTAGE_LASTS_MS = 10_000;
const TOLD_EVERY_MS = 60_000;

/** Readers come and go while a system fails once a minute. */
export async function liveThrough(life: Life, { visitors, origin, tell }: Lived): Promise<void> {
  const ended = new AbortController();
  const { signal } = ended;
  const lasts_ms = life.minutes * 60_000;
  const progress = { requests: 0, streams: 0 };
  const whole = { lasts_ms, signal };
  const outage = { kind: 'outage', function: 'query' };
  try {
    await Promise.all([
      evenly({ ...whole, count: life.requests, every_ms: ROUND_MS }, async (due) => {
        await visitors.ask(due);
        progress.requests += due;
      }),
      evenly({ ...whole, count: life.streams, every_ms: ROUND_MS }, async (due) => {
        const streams = Array.from({ length: due }, () => STREAM_LASTS_MS);
        await atOnce(streams, STREAMS_AT_ONCE, visitors.listen);
        progress.streams += due;
      }),
      repeatedly({ ...whole, every_ms: OUTAGE_EVERY_MS }, async () => {
        await startDrill(origin, 'beijing', outage, OUTAGE_LASTS_MS);
      }),
      repeatedly({ ...whole, every_ms: TOLD_EVERY_MS }, async () => tell(JSON.stringify(progress))),
    ]);
  } finally {
    ended.abort();
  }
}

interface Repetition {
  lasts_ms: number;
  every_ms: number;
  signal: AbortSignal;
}

/** Does at each time what is due by then, and what is left at the end. */
async function evenly(
  { count, ...repetition }: Repetition & { count: number },
  act: (due: number) => Promise<void>,
): Promise<void> {
  let done = 0;
  const upTo = async (share: number) => {
    const due = Math.floor(count * share) - done;
    if (due > 0) await act(due);
    done += due;
  };
  await repeatedly(repetition, (passed_ms) => upTo(Math.min(1, passed_ms / repetition.lasts_ms)));
  await upTo(1);
}

/** At once and then so often, as long as it lasts; what takes longer is done less often. */
async function repeatedly(
  { lasts_ms, every_ms, signal }: Repetition,
  act: (passed_ms: number) => Promise<void>,
): Promise<void> {
  const begun = performance.now();
  for (;;) {
    const passed_ms = performance.now() - begun;
    if (passed_ms >= lasts_ms) return;
    await act(passed_ms);
    const next_ms = Math.min(lasts_ms, passed_ms + every_ms);
    const wait_ms = Math.max(0, begun + next_ms - performance.now());
    await setTimeout(wait_ms, undefined, { signal });
  }
}

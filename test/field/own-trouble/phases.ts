import { instantMs, sleepUntil } from './instant.ts';
import type { Stage } from './troubles/trouble.ts';
import { QUICK, SLOW, STUMBLING } from './world/sites.ts';

/** When, in the course of a slot, a trouble begins. */
export const PHASES = ['before', 'at', 'after', 'during', 'confirming'] as const;
export type Phase = (typeof PHASES)[number];

const JUST_MS = 200;

/**
 * Waits for the moment at which a trouble of this phase begins. Slots are known from when the
 * world was asked before. For `confirming` a healthy system answers badly once, and the trouble
 * comes just before it would be asked again.
 */
export async function reach(phase: Phase, stage: Stage): Promise<void> {
  if (phase === 'confirming') {
    const answered_at = await stumble(stage);
    return sleepUntil(answered_at + stage.pace.confirm_distance_ms - JUST_MS);
  }
  if (phase === 'during') {
    return sleepUntil(nextSlot(stage, SLOW) + answerMs(SLOW, stage) / 2);
  }
  const shift_ms = { before: -JUST_MS, at: 0, after: JUST_MS }[phase];
  await sleepUntil(nextSlot(stage, QUICK) + shift_ms);
}

/** How long a site takes to answer. */
export function answerMs(site: string, { sites }: Stage): number {
  return sites.find(({ id }) => id === site)?.answer_ms ?? 0;
}

/** When a site will be asked next, some time from now, if nothing is in the way. */
function nextSlot({ world, pace }: Stage, site: string): number {
  const asked = world.seen.findLast((it) => it.site === site && it.what === 'asked');
  if (asked === undefined) throw new Error(`${site} was never asked`);
  const earliest = instantMs() + 2 * JUST_MS;
  return asked.at + Math.ceil((earliest - asked.at) / pace.slot_ms) * pace.slot_ms;
}

/** One bad answer of a healthy system; returns when it was given. */
async function stumble({ world, pace }: Stage): Promise<number> {
  const begun = instantMs();
  await world.ask({ what: 'become', site: STUMBLING, health: 'once' });
  for (;;) {
    const bad = world.seen.findLast((it) => it.site === STUMBLING && it.status === 500);
    if (bad !== undefined && bad.at >= begun) return bad.at;
    if (instantMs() > begun + 3 * pace.slot_ms) throw new Error(`${STUMBLING} is not asked`);
    await sleepUntil(instantMs() + 20);
  }
}

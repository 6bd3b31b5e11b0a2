import type { Drilled } from './checks/drilled.ts';
import { readWritten, writtenSince } from './checks/ledger.ts';
import { componentOf } from './configuration.ts';
import { instantMs, sleepMs, sleepUntil } from './instant.ts';
import { answerToldWithinMs, hungToldWithinMs } from './pace.ts';
import type { PageWatch } from './page.ts';
import { answerMs, type Phase, reach } from './phases.ts';
import type { Stage, Trouble } from './troubles/trouble.ts';
import { BROKEN } from './world/sites.ts';

/** Much longer than anything takes that comes at all. */
const PATIENCE_SLOTS = 12;
/** The outage begins within this time of the trouble. */
const BREAKS_WITHIN_MS = 3_000;

/** One trouble in one phase, with an outage of one system in it, until all is well again. */
export async function drill(
  { stage, watch, random }: { stage: Stage; watch: PageWatch; random: () => number },
  trouble: Trouble,
  phase: Phase,
): Promise<Drilled> {
  const { pace, product, world } = stage;
  const problems: string[] = [];
  const before = readWritten(product.now().database);
  const begun_at = instantMs();

  await reach(phase, stage);
  const struck_at = instantMs();
  const outage = breakOne(stage, struck_at + random() * BREAKS_WITHIN_MS);
  await trouble.strike(stage);
  const ended_at = instantMs();
  const broken_at = await outage;

  if (!(await seen(watch, stage, isTold))) problems.push('the outage was never told');
  await world.ask({ what: 'become', site: BROKEN, health: 'well' });
  if (!(await seen(watch, stage, isWell))) problems.push('not well again');
  const settled_at = instantMs();
  return {
    trouble: trouble.name,
    phase,
    slot_ms: pace.slot_ms,
    deadline_ms: pace.deadline_ms,
    told_within_ms: answerToldWithinMs(pace, answerMs(BROKEN, stage)),
    hung_told_within_ms: hungToldWithinMs(pace),
    blind: trouble.blind,
    jumped_ms: trouble.jumped_ms,
    leaves: trouble.leaves,
    keeps_slots: trouble.keeps_slots,
    misjudged_at_most: trouble.misjudged_at_most,
    healthy: idsOf(stage, 'healthy'),
    broken: BROKEN,
    hung: idsOf(stage, 'hung'),
    struck_at,
    ended_at,
    broken_at,
    settled_at,
    stumbles: stumblesSince(stage, begun_at),
    problems,
    samples: watch.samples.filter(({ at }) => at >= begun_at),
    written: writtenSince(before, readWritten(product.now().database)),
  };
}

/** Makes the one system fail at an instant. */
async function breakOne({ world }: Stage, at: number): Promise<number> {
  await sleepUntil(at);
  await world.ask({ what: 'become', site: BROKEN, health: 'down' });
  return instantMs();
}

/** Waits until the page says so; false when it does not in a long time. */
export async function seen(
  watch: PageWatch,
  stage: Stage,
  says: (states: Record<string, string>, stage: Stage) => boolean,
): Promise<boolean> {
  const limit = instantMs() + PATIENCE_SLOTS * stage.pace.slot_ms;
  while (instantMs() < limit) {
    const states = watch.samples.at(-1)?.states;
    if (states && says(states, stage)) return true;
    await sleepMs(50);
  }
  return false;
}

function isTold(states: Record<string, string>): boolean {
  return ['partial', 'major'].includes(states[componentOf(BROKEN)] ?? '');
}

export function isWell(states: Record<string, string>, { sites }: Stage): boolean {
  return sites
    .filter(({ role }) => role !== 'neutral')
    .every(({ id }) => states[componentOf(id)] === 'operational');
}

function idsOf({ sites }: Stage, role: 'healthy' | 'hung'): string[] {
  return sites.filter((it) => it.role === role).map(({ id }) => id);
}

function stumblesSince(stage: Stage, at: number): number {
  const healthy = idsOf(stage, 'healthy');
  return stage.world.seen.filter(
    (it) => it.at >= at && it.status === 500 && healthy.includes(it.site),
  ).length;
}

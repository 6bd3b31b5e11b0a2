import type { ComponentStatus, Gap } from '../../model/component.ts';
import { isExpired, judgeComponent } from '../../model/judge/component.ts';
import { badShare } from '../../model/judge/share.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import {
  judgementOf,
  type Step,
  type SyncMemory,
  statusOf,
  syncMemoryOf,
  windowAt,
} from '../picture.ts';
import type { MeasuredComponent } from '../site.ts';
import { type Findings, implied, type Move, type Surroundings } from './implications.ts';
import { forgettingLost, judgedSync, lostJourney, overdueJourneys } from './journey.ts';

/**
 * What the passing of time alone means: states that ran out, windows that begin or end, journeys that are lost, syncs
 * that stall, incidents that open or resolve by duration. null when nothing has happened.
 */
export function afterTime(around: Surroundings): Step | null {
  const components = [...around.site.components.values()];
  const findings = components.flatMap((component) =>
    component.function === 'sync' ? timedSync(around, component) : timedMove(around, component),
  );
  const step = implied(around, findings, { systems: around.site.systems.keys() });
  const { updates = [], alerts = [] } = step.recording;
  return findings.length + updates.length + alerts.length === 0 ? null : step;
}

/** A check speaks until its judgement runs out; a window covers from its announced start to its end. */
function timedMove(around: Surroundings, component: MeasuredComponent): Findings[] {
  const { picture, now } = around;
  const before = statusOf(picture, component.id, now);
  const window = windowAt(picture, component.id, now);
  const in_window = before.state === 'under_maintenance';
  if ((window !== null) === in_window && !isExpired(before, now)) return [];
  const verdict = judgeComponent({
    checks: component.checks.map(({ id, line }) => ({ line, judgement: judgementOf(picture, id) })),
    now,
    policy: component.policy,
    share: badShare(picture.recent.get(component.id) ?? [], now),
    window,
    suspect_line: null,
  });
  const move: Move = {
    before,
    after: { ...before, ...verdict },
    ...timedCause(),
    cause_ref: null,
    simulated: false,
  };
  return [{ facts: {}, moves: [move] }];

  function timedCause(): Pick<Move, 'since' | 'cause'> {
    if (window) return { since: window.from, cause: 'window' };
    if (in_window) return { since: windowEnd(around, component), cause: 'window' };
    return { since: before.valid_until ?? now, cause: 'expired' };
  }
}

/** When the window that covered the component was over. */
function windowEnd({ picture, now }: Surroundings, { id }: MeasuredComponent): EpochMs {
  const ended = picture.windows
    .filter((window) => window.components.includes(id) && window.to <= now)
    .map((window) => window.to);
  return ended.length === 0 ? now : Math.max(...ended);
}

function timedSync(around: Surroundings, component: MeasuredComponent): Findings[] {
  const lost = overdueJourneys(around.picture, component, around.now).map(lostJourney);
  const memory = forgettingLost(syncMemoryOf(around.picture, component), lost, around.now);
  const judged = judgedSync(around, component, memory, { simulated: false });
  const { before, after } = judged.move;
  if (after.state === before.state && lost.length === 0) return [];
  return [
    {
      facts: { journeys: lost },
      moves: [judged.move],
      syncs: [[component.id, judged.memory]],
    },
  ];
}

/**
 * What our own downtime means: the gap, and every state that ran out in it, back-dated to when it did. A short gap
 * leaves the states that were still valid at its end.
 */
export function afterGap(around: Surroundings, gap: Gap): Findings {
  const { site, picture, now } = around;
  const expired = [...site.components.keys()]
    .map((id) => statusOf(picture, id, now))
    .filter((status) => isExpired(status, gap.to));
  const moves = expired.map((before) => ({
    before,
    after: unknownAfter(before, gap),
    since: before.valid_until ?? gap.from,
    cause: 'gap' as const,
    cause_ref: null,
    simulated: false,
  }));
  const syncs = expired.flatMap((status) => unwatched(around, status));
  return { facts: { gaps: [gap] }, moves, syncs };
}

function unknownAfter(before: ComponentStatus, gap: Gap): ComponentStatus {
  return { ...before, state: 'unknown', notes: [{ code: 'gap', from: gap.from }] };
}

/** Nobody watched the sync while we were down: a stall counts from the next answer on. */
function unwatched(
  { picture }: Surroundings,
  { component }: ComponentStatus,
): [string, SyncMemory][] {
  const memory = picture.syncs.get(component);
  return memory ? [[component, { ...memory, watched_since: null }]] : [];
}

import type { Gap, Transition } from '../../model/component.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { endedAt } from '../../model/result.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import { type Traffic, type TrafficWindow, withCounts } from '../../model/traffic.ts';
import { usualByCheck } from '../../model/usual-delay.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { ClockStep, LineResult } from '../../probes/line/batch.ts';
import type { GapReads } from '../../store/ports/gaps.ts';
import type { OwnResultReads } from '../../store/ports/own-results.ts';
import type { ResultReads } from '../../store/ports/results.ts';
import type { UsualDelayReads } from '../../store/ports/usual-delays.ts';
import type { UsualTrafficReads } from '../../store/ports/usual-traffic.ts';
import { stepOfShorterValidity } from '../judging/clock.ts';
import type { JudgingContext } from '../judging/evaluation.ts';
import { evaluateTraffic, trafficSince } from '../judging/own-traffic.ts';
import { stepOf } from '../judging/step.ts';
import { evaluateChecksNow } from '../judging/time.ts';
import type { Judging } from '../recording/draft.ts';
import { judgeGap, judgeLapse, judgeResult } from '../recording/judge-batch.ts';
import { datedBy } from '../resuming/dated.ts';
import {
  advance,
  emptyLiveState,
  keptFrom,
  type LiveState,
  NO_TRAFFIC,
} from '../state/live-state.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';
import { usualTrafficIn } from '../state/usual-traffic.ts';
import { coverOf, type ReplayedWindow } from './windows.ts';

export interface Derivation {
  store: GapReads & OwnResultReads & ResultReads & UsualDelayReads & UsualTrafficReads;
  site: Site;
  /** What was announced and under way. */
  windows: readonly ReplayedWindow[];
  /** When the clock was set back. */
  set_back: readonly ClockStep[];
  /** Since when these rules and this configuration have judged; 0: ever since. */
  judged_since: EpochMs;
  from: EpochMs;
  to: EpochMs;
  /** Lets others work, after each slice. */
  pause: () => Promise<void>;
}

/** Results read at once. */
const SLICE_MS = 10 * MINUTE;
/** Then others work. */
const JUDGED_FOR_MS = 5;
/** Those of a disk or a lock took no measurement. */
const BLIND: readonly Gap['cause'][] = ['restart', 'suspended', 'clock', 'restored'];

/**
 * The transitions of all components of checks by the same judge, from nothing, over the results of
 * that time in the order of their slots, with the gaps and windows of then; and all that is known
 * at the end.
 */
export async function deriveStates(
  given: Derivation,
): Promise<{ transitions: Transition[]; live: LiveState }> {
  const { store, site, windows, set_back, judged_since, from, to, pause } = given;
  const live = emptyLiveState(site, from);
  const derived: Transition[] = [];
  const draft: Judging = {
    add(step) {
      advance(live, step);
      derived.push(...(step.recording.transitions ?? []));
    },
    judged() {},
  };
  const dated = datedBy(site, judged_since);
  const gaps = (await store.gaps(from, to)).filter(({ cause }) => BLIND.includes(cause));
  const traffic = await trafficIn(given);
  live.usual_traffic = await usualTrafficIn(store, site, { from, to });
  let ids = 0;
  let worked_from = performance.now();
  for (let at = from - (from % SLICE_MS); at < to; at += SLICE_MS) {
    const until = Math.min(to, at + SLICE_MS);
    live.usual = usualByCheck(await store.usualDelays(at - HOUR, at + SLICE_MS));
    const results = await store.shortResults(Math.max(from, at), until);
    const events = [
      ...windows.flatMap((window) => looksAt(window, at, until)),
      ...set_back.map((step) => ({
        at: step.at,
        judge: () => draft.add(stepOfShorterValidity(live, step)),
      })),
      ...gaps.map((gap) => ({ at: gap.to, judge: () => judgeGap(draft, around(gap.to), gap) })),
      ...windowsEnding(at, until),
    ].filter((it) => at <= it.at && it.at < until);
    const measured = results
      .flatMap((short) => dated(short) ?? [])
      .map((result) => ({
        at: result.result.slot_at,
        judge: () => judgeOne(result),
      }));
    // What happens at a slot happens before it.
    for (const { judge } of [...events, ...measured].sort(byInstant)) {
      judge();
      if (performance.now() - worked_from > JUDGED_FOR_MS) await rest();
    }
    // As is looked at every second: what ran out long ago cannot be dated any more.
    for (const id of site.own_traffic.keys()) {
      const component = site.components.get(id);
      if (component) judgeLapse(draft, around(until), { component, at: until });
    }
    draft.add({ recording: {}, kept_from: keptFrom(live, at) });
    await rest();
  }
  for (const component of site.components.values()) {
    const own = site.own_traffic.get(component.id);
    if (own) {
      for (const window of traffic.get(own.id)?.splice(0) ?? []) takeWindow(own.id, window);
      judgeTrafficAt(component, own.id, to);
    }
    if (component.function !== 'sync') judgeLapse(draft, around(to), { component, at: to });
  }
  return { transitions: derived, live };

  async function rest(): Promise<void> {
    await pause();
    worked_from = performance.now();
  }

  function judgeOne(given: LineResult): void {
    judgeResult({ draft, context: around(endedAt(given.result)), installation: '' }, given);
  }

  /** Of own traffic, where something happened in them; and where something else is usual. */
  function windowsEnding(at: EpochMs, until: EpochMs) {
    const { window_ms } = NUMBERS.traffic;
    return [...site.own_traffic].flatMap(([id, { id: check }]) => {
      const component = site.components.get(id);
      const left = traffic.get(check) ?? [];
      const over = left.findIndex((it) => it.from + window_ms >= until);
      const windows = left.splice(0, over === -1 ? left.length : over);
      const ends = windows.map((window) => {
        const end = Math.max(at, window.from + window_ms);
        const judge = () => {
          takeWindow(check, window);
          if (component) judgeTrafficAt(component, check, end);
        };
        return { at: end, judge };
      });
      const usual = (live.usual_traffic.get(check) ?? []).map(({ from: known_from }) => {
        const judge = () => {
          if (component && live.traffic.has(check)) judgeTrafficAt(component, check, known_from);
        };
        return { at: known_from, judge };
      });
      return [...ends, ...usual];
    });
  }

  /** As it is while it comes: what is of longer ago is forgotten. */
  function takeWindow(check: string, window: TrafficWindow): void {
    const kept = trafficSince({ site, live }, check, live.traffic.get(check) ?? NO_TRAFFIC);
    live.traffic.set(check, { ...kept, traffic: [...kept.traffic, window] });
  }

  function judgeTrafficAt(component: MeasuredComponent, check: string, at: EpochMs): void {
    const kept = live.traffic.get(check) ?? NO_TRAFFIC;
    judgeLapse(draft, around(at), { component, at });
    draft.add(stepOf(around(at), [evaluateTraffic(around(at), component, check, kept)]));
  }

  /** Its beginning, its end and the looks of every minute between, of those in the slice. */
  function looksAt(window: ReplayedWindow, at: EpochMs, until: EpochMs) {
    const cover = coverOf(window);
    const others = () => live.maintenances.filter(({ id }) => id !== cover.id);
    const begin = () => covered(window, window.from, [...live.maintenances, cover]);
    const end = () => covered(window, window.to, others());
    const last = Math.floor((Math.min(window.to, until) - window.from - 1) / MINUTE);
    const first = Math.max(1, Math.ceil((at - window.from) / MINUTE));
    return [
      { at: window.from, judge: begin },
      ...Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
        const look_at = window.from + (first + i) * MINUTE;
        return { at: look_at, judge: () => lookAt([window.component], look_at) };
      }),
      { at: window.to, judge: end },
    ];
  }

  function covered(window: ReplayedWindow, at: EpochMs, maintenances: typeof live.maintenances) {
    live.maintenances = maintenances;
    lookAt([window.component], at);
  }

  /** As is done every second; in a window it tells what is measured meanwhile. */
  function lookAt(components: readonly ComponentId[], at: EpochMs): void {
    for (const id of components) {
      const component = site.components.get(id);
      if (component) draft.add(stepOf(around(at), evaluateChecksNow(around(at), component)));
    }
  }

  function around(now: EpochMs): JudgingContext {
    return { site, live, now, newId: () => `${++ids}` };
  }
}

/** The windows of each check that are to be judged, oldest first. */
async function trafficIn({ store, site, from, to }: Derivation) {
  const windows = new Map<string, TrafficWindow[]>();
  for (const { id: check } of site.own_traffic.values()) {
    const traffic: Traffic = withCounts([], await store.trafficCounts({ check, from, to }), from);
    windows.set(check, [...traffic]);
  }
  return windows;
}

function byInstant(a: { at: EpochMs }, b: { at: EpochMs }): number {
  return a.at - b.at;
}

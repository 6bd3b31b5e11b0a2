import { saysTheSame } from '../../model/ailment.ts';
import type { ComponentStatus, Gap } from '../../model/component.ts';
import type { StateFrom, Told } from '../../model/correction.ts';
import { type ComponentVerdict, stateOfComponent } from '../../model/judge/component.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { bordersOf, NO_SHARE, type Share, shareAt } from '../../model/judge/share.ts';
import { judgementIn, type Spells, spellAt, spellsUntil } from '../../model/judge/spells.ts';
import { coverageOf } from '../../model/maintenance/coverage.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import { judgementOf, type LiveState } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';

export interface TimelineParts {
  /** The earliest instant of which something else may be known now. */
  from: EpochMs;
  /** As of this instant. */
  at: EpochMs;
  /** The maintenance that covers the component then. */
  window: CoveringWindow | null;
  /** What is not in the live state yet. */
  newest?: { judgement: CheckJudgement; spells: Spells } | null;
  share?: Share;
  /** The last state: what is known at the instant. */
  verdict: Pick<ComponentVerdict, 'state' | 'notes'>;
  why: Pick<StateFrom, 'cause' | 'cause_ref' | 'simulated'>;
}

interface CoveringWindow {
  maintenance: string;
  from: EpochMs;
}

/**
 * The states of a component of checks from an instant on, composed of what is known of each check,
 * of its share of bad results, and of its maintenances. They are a function of that alone, whatever
 * was told in between and in whichever order it became known.
 */
export function statesFrom(
  live: LiveState,
  component: MeasuredComponent,
  parts: TimelineParts,
): [StateFrom, ...StateFrom[]] {
  const { at, verdict, why } = parts;
  const from = Math.min(at, Math.max(parts.from, live.kept_from));
  const composed = compositionOf(live, component, parts);
  const known = bordersIn(composed, from, at).map((since): StateFrom => {
    const { state, notes } = stateOfComponent(inputAt(composed, component, since));
    return becauseOf(live, { to: state, since, notes, ...why });
  });
  const begins = known.findLastIndex((it) => !saysTheSame({ ...it, state: it.to }, verdict)) + 1;
  const last = { ...why, to: verdict.state, since: known[begins]?.since ?? at };
  const end: StateFrom = { ...last, notes: verdict.notes };
  const [first, ...rest] = known.slice(0, begins);
  return first ? [first, ...rest, end] : [end];
}

/** The states from an instant until another that is past, composed of what is known now. */
export function statesBefore(
  { live, now: at }: Pick<JudgingContext, 'live' | 'now'>,
  component: MeasuredComponent,
  { from, until }: { from: EpochMs; until: EpochMs },
): Pick<StateFrom, 'to' | 'since'>[] {
  const composed = compositionOf(live, component, { at, window: null, newest: null });
  return bordersIn(composed, from, until - 1).map((since) => {
    const { state } = stateOfComponent(inputAt(composed, component, since));
    return { to: state, since };
  });
}

/** Everything that says what a component was when. */
interface Composition {
  checks: { id: string; line: string; spells: Spells }[];
  share: Share;
  windows: (CoveringWindow & { to: EpochMs })[];
}

function compositionOf(
  live: LiveState,
  { id: component, checks }: MeasuredComponent,
  { at, window, newest, share }: Omit<TimelineParts, 'from' | 'verdict' | 'why'>,
): Composition {
  const told = live.told.get(component) ?? [];
  return {
    checks: checks.map(({ id, line }) => {
      const is_newest = newest?.judgement.check === id;
      const spells = is_newest ? newest.spells : (live.spells.get(id) ?? []);
      const judgement = is_newest ? newest.judgement : judgementOf(live, id);
      return { id, line, spells: spellsUntil(spells, judgement, at) };
    }),
    share: share ?? live.shares.get(component) ?? NO_SHARE,
    windows: [...knownWindows(live, component), ...toldWindows(live, told, { window, at })],
  };
}

/** What the maintenances that are not over yet cover. */
function knownWindows({ maintenances }: LiveState, component: ComponentId): Composition['windows'] {
  return maintenances.flatMap((it) =>
    coverageOf(it, component).map((span) => ({ maintenance: it.id, ...span })),
  );
}

/** Those of others, as they are told. */
function toldWindows(
  { maintenances }: LiveState,
  told: Told,
  { window, at }: Pick<TimelineParts, 'window' | 'at'>,
): Composition['windows'] {
  const known = new Set(maintenances.map(({ id }) => id));
  return told.flatMap(({ to: state, since, notes }, i) => {
    const maintenance = notes.find((it) => it.code === 'maintenance')?.maintenance_id ?? '';
    if (state !== 'under_maintenance' || known.has(maintenance)) return [];
    const last_until = window === null ? at : Number.POSITIVE_INFINITY;
    return [{ maintenance, from: since, to: told[i + 1]?.since ?? last_until }];
  });
}

function bordersIn({ checks, share, windows }: Composition, from: EpochMs, to: EpochMs): EpochMs[] {
  const borders = new Set([
    from,
    ...checks.flatMap(({ spells }) => spells.map((it) => it.from)),
    ...bordersOf(share),
    ...windows.flatMap((it) => [it.from, it.to]),
  ]);
  return [...borders].filter((it) => from <= it && it <= to).sort((a, b) => a - b);
}

function inputAt(
  { checks, share, windows }: Composition,
  { policy }: MeasuredComponent,
  at: EpochMs,
) {
  return {
    checks: checks.map(({ id, line, spells }) => ({
      line,
      judgement: judgementIn(spellAt(spells, at), id, at),
    })),
    now: at,
    policy,
    share: shareAt(share, at),
    window: windows.find((it) => it.from <= at && at < it.to) ?? null,
    is_after_window: false,
    is_learning: false,
  };
}

/** A state in between has its own reason. */
function becauseOf({ last_gaps }: LiveState, state: StateFrom): StateFrom {
  if (state.to === 'under_maintenance') return { ...state, cause: 'window', cause_ref: null };
  if (state.to !== 'unknown') return state;
  const gap = gapAt(last_gaps, state.since);
  return gap === undefined
    ? { ...state, cause: 'expired', cause_ref: null }
    : { ...state, cause: 'gap', cause_ref: null, notes: gapNotes(gap) };
}

/** The gap in which an instant lies, if it does. */
export function gapAt(gaps: readonly Gap[], at: EpochMs): Gap | undefined {
  return gaps.findLast(({ from, to }) => from <= at && at <= to);
}

/** Nothing new begins before the clock was set, nor in a time that never was. */
export function afterSetting(
  { last_gaps, set_back }: Pick<LiveState, 'last_gaps' | 'set_back'>,
  at: EpochMs,
): EpochMs {
  const gap = gapAt(last_gaps, at);
  return Math.max(set_back?.at ?? at, gap?.cause === 'clock' ? gap.to : at);
}

export function gapNotes({ from, cause }: Gap): ComponentStatus['notes'] {
  return [{ code: 'gap', from, cause }];
}

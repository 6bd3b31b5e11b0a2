import { componentOf } from '../configuration.ts';
import { SAMPLED_EVERY_MS } from '../page.ts';
import { type Drilled, type DrillVerdict, holds } from './drilled.ts';

/** What is said of a system that fails; grey is no word against it. */
const BAD_SHAPES = ['degraded', 'partial', 'major', 'maintenance'];
const DOWN_SHAPES = ['partial', 'major'];
const BAD_STATES = ['degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'];
/**
 * By the codes of the database: time-out, network, system, degraded, maintenance, corrupt,
 * mismatch.
 */
const BAD_OUTCOMES = [1, 2, 3, 4, 6, 9, 11];
const SPARE = 1.02;

/** Compares what was said with what was true. */
export function judgeDrill(drilled: Drilled): DrillVerdict {
  const told_ms = toldAfter(drilled, drilled.broken, toldFrom(drilled));
  const verdict = {
    trouble: drilled.trouble,
    phase: drilled.phase,
    blamed: blamed(drilled),
    unknown_ms: Math.max(...drilled.healthy.map((it) => unknownMs(drilled, it))),
    unknown_allowed_ms: SPARE * blindMs(drilled) + 2 * SAMPLED_EVERY_MS,
    told_ms,
    told_allowed_ms: drilled.told_within_ms + 2 * SAMPLED_EVERY_MS,
    problems: [
      ...drilled.problems,
      ...hungNotTold(drilled),
      ...wrongGaps(drilled),
      ...holes(drilled),
    ],
  };
  return { ...verdict, story: holds(verdict) ? [] : storyOf(drilled) };
}

/** One line for each system and each gap; a result is its second, its outcome and its reason. */
function storyOf({ written }: Drilled): string[] {
  const from = written.results[0]?.slot_at ?? 0;
  const by_check = Map.groupBy(written.results, ({ name }) => name);
  const results = [...by_check].map(([name, rows]) => {
    const words = rows.map(
      ({ slot_at, outcome, reason }) => `${seconds(slot_at - from)} ${outcome}/${reason ?? ''}`,
    );
    return `${name}: ${words.join(', ')}`;
  });
  const gaps = written.gaps.map(
    ({ from_at, to_at, cause }) =>
      `gap ${seconds(from_at - from)} to ${seconds(to_at - from)}: ${cause}`,
  );
  return [...results, ...gaps];
}

/** An outage can be told once it has begun and we see again. */
function toldFrom({ blind, ended_at, broken_at }: Drilled): number {
  return blind === 'throughout' ? Math.max(ended_at, broken_at) : broken_at;
}

function toldAfter({ samples }: Drilled, site: string, from: number): number | null {
  const told = samples.find(({ at, states }) => {
    const shape = states?.[componentOf(site)];
    return at >= from && shape !== undefined && DOWN_SHAPES.includes(shape);
  });
  return told === undefined ? null : told.at - from;
}

/** How long nobody could have measured: until the first slot after the trouble is answered. */
function blindMs({ blind, struck_at, ended_at, slot_ms, deadline_ms }: Drilled): number {
  const slot_answered_ms = slot_ms + deadline_ms;
  if (blind === 'throughout') return ended_at - struck_at + slot_answered_ms;
  return blind === 'at_its_ends' ? 2 * slot_answered_ms : 0;
}

function unknownMs({ samples, struck_at, settled_at }: Drilled, site: string): number {
  let unknown_ms = 0;
  for (const [n, { at, states }] of samples.entries()) {
    const before = samples[n - 1];
    if (before === undefined || at < struck_at || at > settled_at) continue;
    if (states !== null && states[componentOf(site)] === 'unknown')
      unknown_ms += at - Math.max(before.at, struck_at);
  }
  return unknown_ms;
}

function blamed(drilled: Drilled): string[] {
  const { healthy, samples, struck_at, settled_at, written } = drilled;
  const components = new Set(healthy.map(componentOf));
  const shown = samples
    .filter(({ at }) => at >= struck_at && at <= settled_at)
    .flatMap(({ at, states }) =>
      Object.entries(states ?? {})
        .filter(([id, shape]) => components.has(id) && BAD_SHAPES.includes(shape))
        .map(([id, shape]) => `page: ${id} ${shape} at +${seconds(at - struck_at)}`),
    );
  const turned = written.transitions
    .filter((it) => components.has(it.component) && BAD_STATES.includes(it.to_state))
    .map((it) => `transition: ${it.component} ${it.to_state}`);
  const opened = written.incidents
    .filter(({ system }) => healthy.includes(system))
    .map(({ system }) => `incident: ${system}`);
  return [...shown.slice(0, 1), ...turned, ...opened, ...badResults(drilled)];
}

/** Judged results against healthy systems, but for those that they, or the rules, account for. */
function badResults({ healthy, stumbles, misjudged_at_most, written }: Drilled): string[] {
  const checks = new Set(healthy.map((it) => `${it}-reach`));
  const bad = written.results.filter(
    ({ name, outcome }) => checks.has(name) && BAD_OUTCOMES.includes(outcome),
  );
  const earned = bad.filter(({ http_status }) => http_status === 500).slice(0, stumbles);
  const unearned = bad.filter((it) => !earned.includes(it));
  const by_check = Map.groupBy(unearned, ({ name }) => name);
  const accounted = [...by_check.values()].flatMap((them) => them.slice(0, misjudged_at_most));
  return unearned
    .filter((it) => !accounted.includes(it))
    .map(({ name, outcome, reason }) => `result: ${name} outcome ${outcome}, reason ${reason}`);
}

/** Names that their own servers do not answer are theirs, and said so. */
function hungNotTold(drilled: Drilled): string[] {
  const { hung, struck_at, hung_told_within_ms } = drilled;
  return hung.flatMap((site) => {
    const told_ms = toldAfter(drilled, site, struck_at);
    if (told_ms !== null && told_ms <= hung_told_within_ms + 2 * SAMPLED_EVERY_MS) return [];
    return [told_ms === null ? `${site} never told` : `${site} told after ${seconds(told_ms)}`];
  });
}

function wrongGaps(drilled: Drilled): string[] {
  const { written, leaves, jumped_ms, slot_ms } = drilled;
  const sum_ms = written.gaps.reduce((sum, it) => sum + it.to_at - it.from_at, 0);
  const allowed_ms = SPARE * (blindMs(drilled) + jumped_ms) + slot_ms;
  return [
    ...(sum_ms > allowed_ms ? [`gaps of ${seconds(sum_ms)}, blind ${seconds(allowed_ms)}`] : []),
    ...written.gaps
      .filter(({ from_at, to_at }) => from_at >= to_at)
      .map(({ cause }) => `a gap (${cause}) that ends before it begins`),
    ...(leaves !== null && !written.gaps.some(({ cause }) => cause === leaves)
      ? [`no gap of cause ${leaves}`]
      : []),
  ];
}

/** Regular slots of a check, from its first result to its last, that nothing is known of. */
function holes({ keeps_slots, slot_ms, written }: Drilled): string[] {
  if (!keeps_slots) return [];
  const regular = written.results.filter(({ confirming }) => !confirming);
  return [...Map.groupBy(regular, ({ name }) => name)].flatMap(([name, results]) => {
    const slots = results.map(({ slot_at }) => slot_at).toSorted((a, b) => a - b);
    const [first = 0, last = first] = [slots[0], slots.at(-1)];
    const due = Array.from({ length: (last - first) / slot_ms }, (_, n) => first + n * slot_ms);
    return due
      .filter((at) => !slots.includes(at) && !isInGap(at))
      .map((at) => `${name}: neither a result nor a gap ${seconds(at - first)} after its first`);
  });

  function isInGap(at: number): boolean {
    return written.gaps.some(({ from_at, to_at }) => at >= from_at && at <= to_at);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

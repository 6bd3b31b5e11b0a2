import type { OracleSpan, OracleState } from './component.ts';
import type { Stretch } from './facts.ts';

const DISTURBED: readonly OracleState[] = [
  'degraded_performance',
  'partial_outage',
  'major_outage',
];

/** How a disturbance ended; `goes_on`: after a time in which nothing was known. */
type End = 'seen' | 'not_seen' | 'lasting' | 'goes_on';

/** A time in which a component was disturbed, from its beginning to its end. */
export interface Disturbance extends Stretch {
  end: End;
}

/** The disturbances of a component, whole. */
export function disturbancesOf(
  spans: readonly OracleSpan[],
  states: readonly OracleState[] = DISTURBED,
): Disturbance[] {
  const whole: Disturbance[] = [];
  for (const [i, { state, from, to }] of spans.entries()) {
    if (!states.includes(state)) continue;
    const end = endOf(spans[i + 1]?.state, spans[i + 2]?.state);
    const last = whole.at(-1);
    if (last?.to === from) Object.assign(last, { to, end });
    else whole.push({ from, to, end });
  }
  return whole;

  function endOf(next: OracleState | undefined, after: OracleState | undefined): End {
    if (next === undefined) return 'lasting';
    if (next === 'operational') return 'seen';
    const goes_on = next === 'unknown' && after !== undefined && states.includes(after);
    return goes_on ? 'goes_on' : 'not_seen';
  }
}

/** Disturbances as they are to be told together. */
export interface Length extends Stretch {
  ms: number;
  parts: number;
  end: Exclude<End, 'goes_on'>;
}

/** null: there are none. */
export function lengthOf(disturbances: readonly Disturbance[]): Length | null {
  const sorted = disturbances.toSorted((a, b) => a.from - b.from);
  const [first] = sorted;
  if (first === undefined) return null;
  let [ms, parts, known_to] = [0, 0, Number.NEGATIVE_INFINITY];
  for (const it of sorted) {
    if (it.from > known_to) parts += 1;
    ms += Math.max(0, it.to - Math.max(it.from, known_to));
    known_to = Math.max(known_to, it.to);
  }
  // One of which only the first part is asked for was not seen to be over either.
  const ends = sorted.map(({ end }, i) => {
    return end === 'goes_on' && i === sorted.length - 1 ? 'not_seen' : end;
  });
  const end = (['lasting', 'not_seen'] as const).find((it) => ends.includes(it)) ?? 'seen';
  return { from: first.from, to: known_to, ms, parts, end };
}

/** The length in Chinese, with its parts, and whether its end was seen. */
export function spokenInFull({ ms, parts, end }: Length): string {
  const length = parts === 1 ? spokenLength(ms) : `共 ${spokenLength(ms)}，分 ${parts} 段`;
  return end === 'not_seen' ? `${length} · 结束未观察到` : length;
}

/** A length in Chinese, as it is to be told: at most two units. */
export function spokenLength(ms: number): string {
  const s = ms / 1_000;
  if (Math.round(s) < 60)
    return `${s < 9.95 ? Number(s.toFixed(s < 0.995 ? 2 : 1)) : Math.round(s)} 秒`;
  const seconds = Math.round(s);
  if (seconds < 3_600 && seconds % 60 === 0) return `${seconds / 60} 分钟`;
  if (seconds < 3_600) return pair([seconds, 60], '分', '秒');
  const minutes = Math.round(s / 60);
  if (minutes < 1_440) return pair([minutes, 60], '小时', '分钟');
  return pair([Math.round(s / 3_600), 24], '天', '小时');
}

function pair([small, per_large]: readonly [number, number], large_unit: string, unit: string) {
  const [large, rest] = [Math.floor(small / per_large), small % per_large];
  return rest === 0 ? `${large} ${large_unit}` : `${large} ${large_unit} ${rest} ${unit}`;
}

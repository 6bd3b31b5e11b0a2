import type { OracleSpan, OracleState } from './component.ts';
import type { Stretch } from './facts.ts';

const DISTURBED: readonly OracleState[] = [
  'degraded_performance',
  'partial_outage',
  'major_outage',
];

/** How long some components were disturbed within a time, and in how many parts. */
export function disturbedIn(
  components: readonly (readonly OracleSpan[])[],
  { from, to }: Stretch,
  states = DISTURBED,
): { ms: number; parts: number } {
  const bad = components
    .flat()
    .filter((it) => states.includes(it.state) && it.from < to && it.to > from)
    .map((it) => ({ from: Math.max(from, it.from), to: Math.min(to, it.to) }))
    .toSorted((a, b) => a.from - b.from);
  let [ms, parts, known_to] = [0, 0, Number.NEGATIVE_INFINITY];
  for (const it of bad) {
    if (it.from > known_to) parts += 1;
    ms += Math.max(0, it.to - Math.max(it.from, known_to));
    known_to = Math.max(known_to, it.to);
  }
  return { ms, parts };
}

/** The same in Chinese, as it is to be told: at most two units. */
export function spokenLength(ms: number): string {
  const s = ms / 1_000;
  if (Math.round(s) < 60)
    return `${s < 9.95 ? Number(s.toFixed(s < 0.995 ? 2 : 1)) : Math.round(s)} 秒`;
  const seconds = Math.round(s);
  if (seconds < 3_600) return pair([seconds, 60], '分', '秒');
  const minutes = Math.round(s / 60);
  if (minutes < 1_440) return pair([minutes, 60], '小时', '分');
  return pair([Math.round(s / 3_600), 24], '天', '小时');
}

function pair([small, per_large]: readonly [number, number], large_unit: string, unit: string) {
  const [large, rest] = [Math.floor(small / per_large), small % per_large];
  return rest === 0 ? `${large} ${large_unit}` : `${large} ${large_unit} ${rest} ${unit}`;
}

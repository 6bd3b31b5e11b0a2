import { readCheck, type Spell } from './check.ts';
import type { CheckFacts, ComponentFacts, Finding, SetBack, Stretch } from './facts.ts';
import { count, counted, greatestShare, needed, readShare } from './share.ts';

/** The states of docs/judging.md. */
export type OracleState =
  | 'operational'
  | 'degraded_performance'
  | 'partial_outage'
  | 'major_outage'
  | 'under_maintenance'
  | 'unknown';

/** The states, and by which of two ways a part is out: all lines answer, but some users fail. */
export type OracleAilment = OracleState | 'some_users';

export interface OracleSpan extends Stretch {
  state: OracleState;
}

export interface AilingSpan extends Stretch {
  how: OracleAilment;
}

export interface Reading {
  facts: ComponentFacts;
  /** Of its checks, in any order; none twice. */
  findings: readonly Finding[];
  /** When an announced maintenance was under way in it. */
  windows: readonly Stretch[];
  from: number;
  to: number;
  /** What was measured in them is asked for, and not that they were under way. */
  is_measured?: boolean;
  /** When the wall clock was set back. */
  set_back?: readonly SetBack[];
}

/**
 * The states of a component over time, read from all results afterwards by the sentences of
 * docs/judging.md: contiguous, from `from` to `to`.
 */
export function statesOf(reading: Reading): OracleSpan[] {
  const spans: OracleSpan[] = [];
  for (const { how, from, to } of ailmentsOf(reading)) {
    const state = how === 'some_users' ? 'partial_outage' : how;
    const last = spans.at(-1);
    if (last?.state === state) last.to = to;
    else spans.push({ state, from, to });
  }
  return spans;
}

/** The same, told apart by how it is disturbed. */
export function ailmentsOf(reading: Reading): AilingSpan[] {
  const { windows, from, to, is_measured = false } = reading;
  const { checks, share } = read(reading);
  const borders = new Set([
    from,
    ...checks.flatMap(({ spells }) => spells.map((it) => it.from)),
    ...checks.flatMap(({ measured }) => measured.flatMap((it) => [it.from, it.to])),
    ...[...share, ...windows].flatMap((it) => [it.from, it.to]),
  ]);
  const inside = [...borders].filter((it) => it >= from && it < to).sort((a, b) => a - b);
  const spans: AilingSpan[] = [];
  for (const at of inside) {
    const is_covered = !is_measured && has(windows, at);
    const how = is_covered ? 'under_maintenance' : howAt(checks, has(share, at), at);
    const last = spans.at(-1);
    if (last?.how === how) continue;
    if (last) last.to = at;
    spans.push({ how, from: at, to });
  }
  return spans;
}

type CheckReading = Pick<ReturnType<typeof readCheck>, 'spells' | 'measured'> & CheckFacts;

function read({ facts: component, findings, windows, to, set_back }: Reading): {
  checks: CheckReading[];
  share: Stretch[];
} {
  const { checks, confirmations } = component;
  const share = readShare();
  const readings = new Map(
    checks.map((it) => [it.check, { facts: it, ...readCheck(it, set_back), own: counted() }]),
  );
  const judged = findings.filter(({ found }) => found !== 'nothing');
  for (const finding of judged.toSorted((a, b) => a.slot_at - b.slot_at)) {
    const check = readings.get(finding.check);
    if (!check) continue;
    const { slot_at, found } = finding;
    const is_covered = has(windows, slot_at);
    const { released, counts } = check.see(finding, () =>
      confirmations === 'auto'
        ? needed(greatestShare(check.own, slot_at), check.facts.every_ms)
        : confirmations,
    );
    const counting = released.filter((it) => !has(windows, it)).map((at) => ({ at, bad: true }));
    if (counts) counting.push({ at: slot_at, bad: false });
    for (const { at, bad } of counting) {
      count(check.own, at, bad);
      share.add(at, bad);
    }
    const open = [...readings.values()].flatMap((it) => it.open());
    const last_open_at = Math.max(...open.filter((it) => !has(windows, it)));
    share.see(slot_at, found === 'bad' && !is_covered, last_open_at);
  }
  for (const { end } of readings.values()) end(to);
  const all = [...readings.values()].map(({ facts, spells, measured }) => ({
    ...facts,
    spells,
    measured,
  }));
  return { checks: all, share: share.spans };
}

function has(stretches: readonly Stretch[], at: number): boolean {
  return stretches.some(({ from, to }) => from <= at && at < to);
}

/** COMPONENT-1 to -10, UNKNOWN-1 and -3. */
function howAt(checks: readonly CheckReading[], is_share: boolean, at: number): OracleAilment {
  const known = checks.map((it) => ({
    line: it.line,
    is_measured: has(it.measured, at),
    spell: it.spells.findLast(({ from }) => from <= at) as Spell,
  }));
  const lines = [...Map.groupBy(known, ({ line }) => line).values()].filter((its) =>
    its.some(({ spell }) => spell.verdict !== 'unknown'),
  );
  if (lines.length === 0) return ofNoLine(known, is_share);
  const isFailing = ({ spell }: (typeof known)[number]) => spell.verdict === 'failing';
  const failing = lines.filter((its) => its.every(isFailing)).length;
  const partly = lines.filter((its) => its.some(isFailing)).length - failing;
  const quorum = Math.ceil(lines.length / 2);
  if (failing === lines.length) return 'major_outage';
  if (failing >= quorum || partly > 0) return 'partial_outage';
  if (failing === 0 && is_share) return 'some_users';
  const slow = lines.filter((its) => its.some(({ spell }) => spell.verdict === 'slow')).length;
  if (slow > 0 && slow >= quorum) return 'degraded_performance';
  return lines.flat().some(({ spell }) => spell.ailed !== null) ? 'unknown' : 'operational';
}

/** A share that was told goes on with the first judged result. */
function ofNoLine(
  checks: readonly { is_measured: boolean; spell: Spell }[],
  is_share: boolean,
): OracleAilment {
  const measured = checks.filter(({ is_measured }) => is_measured);
  const is_told =
    is_share && measured.length > 0 && measured.every(({ spell }) => spell.ailed === null);
  return is_told ? 'some_users' : 'unknown';
}

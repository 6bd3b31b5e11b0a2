import type { LineCondition } from '../../../model/own-trouble.ts';
import type { Clock } from '../../../model/ports.ts';
import type { LineTries } from '../../../model/proof.ts';
import type { LineLedger } from './ledger.ts';
import type { NeutralAnswer, NeutralHost } from './neutrals.ts';

/** Tells when the line, or one neutral host alone, begins and ceases to fail. */
export interface ConditionWatch {
  /** A host was tried. */
  noted(host: string): void;
  /** All neutral hosts fail, or so many hosts that it is the line. */
  lineFails(answers: readonly NeutralAnswer[], tries: Omit<LineTries, 'blamed'>): void;
  /** A host of the line answered. */
  lineAnswers(): void;
  /** Since when the line fails, on the monotonic clock; null: it does not. */
  lineFailsSince(): number | null;
}

export interface ConditionParts {
  line: string;
  neutrals: readonly NeutralHost[];
  ledger: LineLedger;
  clock: Clock;
  changed: (condition: LineCondition) => void;
}

/** Failed tries after which a neutral host counts as dead: after another host has answered. */
const DEAD_AFTER = 2;

export function watchConditions(parts: ConditionParts): ConditionWatch {
  const { line, neutrals, ledger, clock, changed } = parts;
  const failing = new Map<string, { since: number; alone: number }>();
  const dead = new Set<string>();
  let line_fails_since: number | null = null;

  function tell(it: Pick<LineCondition, 'kind' | 'neutral' | 'is_failing' | 'detail'>): void {
    changed({ ...it, line, at: clock.now() });
  }

  /** The line may have failed with it, unless another host has answered since. */
  function failsAlone(since: number): boolean {
    return (ledger.lastAnswerAt() ?? Number.NEGATIVE_INFINITY) > since;
  }

  function turn({ host, system: neutral }: NeutralHost, is_failing: boolean): void {
    if (is_failing === dead.has(host)) return;
    if (is_failing) dead.add(host);
    else dead.delete(host);
    const detail = `${host} ${is_failing ? 'does not answer' : 'answers again'}`;
    tell({ kind: 'neutral', neutral, is_failing, detail });
  }

  return {
    noted(host) {
      const neutral = neutrals.find((it) => it.host === host);
      if (neutral === undefined) return;
      const last = ledger.lastOf(host);
      if (last === null) return;
      if (last.has_answered) {
        failing.delete(host);
        turn(neutral, false);
        return;
      }
      const { since, alone } = failing.get(host) ?? { since: last.at, alone: 0 };
      const now_alone = alone + Number(failsAlone(since));
      failing.set(host, { since, alone: now_alone });
      if (now_alone >= DEAD_AFTER) turn(neutral, true);
    },
    lineFails(answers, { failed }) {
      if (line_fails_since !== null) return;
      line_fails_since = clock.monotonic();
      const detail =
        answers.length > 0
          ? `${answers.length} of ${answers.length} neutral hosts do not answer`
          : `${failed} hosts do not answer, and none does`;
      tell({ kind: 'line', neutral: null, is_failing: true, detail });
    },
    lineAnswers() {
      if (line_fails_since === null) return;
      line_fails_since = null;
      tell({ kind: 'line', neutral: null, is_failing: false, detail: 'hosts answer again' });
    },
    lineFailsSince: () => line_fails_since,
  };
}

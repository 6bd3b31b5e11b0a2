import { type OwnDetail, ownDetail } from '../../../model/own-detail.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Contact } from '../../../model/proof.ts';
import { differsBy } from './dates.ts';
import type { LineLedger } from './ledger.ts';
import type { NeutralHost } from './neutrals.ts';

/** Tells when the line, our clock, or one neutral host alone, begins and ceases to fail. */
export interface ConditionWatch {
  /** A host was tried. */
  noted(host: string): void;
  /** All neutral hosts fail, or so many hosts that it is the line. */
  lineFails(detail: OwnDetail, lacks_route_to?: string | null): void;
  /** A host of the line answered. */
  lineAnswers(): void;
  /** The address to which there is no route, while the line fails for want of one; else null. */
  lacksRouteTo(): string | null;
  /** There is one again. */
  routeIsBack(): void;
  /** Since when the line fails, on the monotonic clock; null: it does not. */
  lineFailsSince(): number | null;
  /**
   * A host said what time it is, or that of others may say more now: by how much our clock is
   * ahead, 0: not at all, null: not known.
   */
  clockAhead(said: Contact, aheadMs: () => number | null): void;
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
  let lacks_route_to: string | null = null;
  let is_clock_wrong = false;

  function tell(
    kind: LineCondition['kind'],
    is_failing: boolean,
    detail: OwnDetail,
    neutral: string | null = null,
  ): void {
    const at = clock.now();
    changed({ kind, neutral, is_failing, detail: ownDetail(detail), line, at });
  }

  /** The line may have failed with it, unless another host has answered since. */
  function failsAlone(since: number): boolean {
    return (ledger.lastAnswerAt() ?? Number.NEGATIVE_INFINITY) > since;
  }

  function lineIsBack(detail: OwnDetail): void {
    if (line_fails_since === null) return;
    line_fails_since = null;
    lacks_route_to = null;
    tell('line', false, detail);
  }

  function turn({ host, system: neutral }: NeutralHost, is_failing: boolean): void {
    if (is_failing === dead.has(host)) return;
    if (is_failing) dead.add(host);
    else dead.delete(host);
    tell(
      'neutral',
      is_failing,
      { code: is_failing ? 'host_silent' : 'host_answers', host },
      neutral,
    );
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
    lineFails(detail, no_route_to = null) {
      if (line_fails_since !== null) return;
      line_fails_since = clock.monotonic();
      lacks_route_to = no_route_to;
      tell('line', true, detail);
    },
    lineAnswers: () => lineIsBack({ code: 'hosts_answer' }),
    lacksRouteTo: () => lacks_route_to,
    routeIsBack: () => lineIsBack({ code: 'route_back' }),
    lineFailsSince: () => line_fails_since,
    clockAhead(said, aheadMs) {
      if (!is_clock_wrong && !differsBy(said)) return;
      const ahead_ms = aheadMs();
      if (ahead_ms === null || is_clock_wrong === (ahead_ms !== 0)) return;
      is_clock_wrong = ahead_ms !== 0;
      if (is_clock_wrong) tell('clock', true, { code: 'clock_differs', ahead_ms });
      else tell('clock', false, { code: 'clock_agrees' });
    },
  };
}

import { NUMBERS } from '../../../model/numbers.ts';
import { type OwnDetail, ownDetail } from '../../../model/own-detail.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Contact } from '../../../model/proof.ts';
import { differsBy } from './dates.ts';
import type { LineLedger } from './ledger.ts';
import type { NeutralHost } from './neutrals.ts';
import { sharesLineWith } from './way.ts';

/** Tells when the line, our clock, or one neutral host alone, begins and ceases to fail. */
export interface ConditionWatch {
  /** A host was tried. */
  noted(host: string): void;
  /** All neutral hosts fail beside this one, or so many hosts that it is the line. */
  lineFails(detail: OwnDetail, failing: Contact): void;
  /** A host answered, by whichever way of the line: the line as such carries answers. */
  lineAnswers(host: string, by: Contact): void;
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

export function watchConditions(parts: ConditionParts): ConditionWatch {
  const { line, neutrals, ledger, clock, changed } = parts;
  const silent = new Map<string, { since: number; alone: number }>();
  const dead = new Set<string>();
  let line_fails: LineFailure | null = null;
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
    if (line_fails === null) return;
    line_fails = null;
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
        silent.delete(host);
        turn(neutral, false);
        return;
      }
      const { since, alone } = silent.get(host) ?? { since: last.at, alone: 0 };
      const now_alone = alone + Number(failsAlone(since));
      silent.set(host, { since, alone: now_alone });
      if (now_alone >= NUMBERS.proof.neutral_dead_after) turn(neutral, true);
    },
    lineFails(detail, failing) {
      if (line_fails !== null) return;
      const lacks_route_to = detail.code === 'no_route' ? failing.address : null;
      // A name that fails is of a host that is where it answered last.
      const address = failing.address ?? ledger.lastOf(failing.host)?.answered_address ?? null;
      line_fails = { since: clock.monotonic(), lacks_route_to, with: { ...failing, address } };
      tell('line', true, detail);
    },
    lineAnswers(host, by) {
      if (line_fails === null) return;
      const is_itself = line_fails.with.address === null && line_fails.with.host === host;
      if (is_itself || sharesLineWith(by, line_fails.with)) lineIsBack({ code: 'hosts_answer' });
    },
    lacksRouteTo: () => line_fails?.lacks_route_to ?? null,
    routeIsBack: () => lineIsBack({ code: 'route_back' }),
    lineFailsSince: () => line_fails?.since ?? null,
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

interface LineFailure {
  /** By the monotonic clock. */
  since: number;
  lacks_route_to: string | null;
  /** The host by whose failure that was found. */
  with: Contact;
}

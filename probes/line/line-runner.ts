import type { Configuration, Policy, ScheduledCheck } from '../../model/configuration.ts';
import type { Dependencies } from '../../model/dependencies.ts';
import type { LineCondition } from '../../model/own-trouble.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import type { Clock } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import { settledWithin } from '../../model/settled-within.ts';
import { componentId, type EpochMs } from '../../model/vocabulary.ts';
import { createConfirming } from './confirming.ts';
import type { HandedOver } from './handed-over.ts';
import type { LineEvents, LineLook, LineRunner, LineStart, LookRequest, Measure } from './line.ts';
import { type Lost, lostSlots } from './lost-slots.ts';
import { createNeededFirst } from './needed-first.ts';
import { createOutbox } from './outbox.ts';
import type { EndedRun, ProofGatherer } from './proof/gatherer.ts';
import { ON_THIS_MACHINE } from './proof/on-this-machine.ts';
import { createProving } from './proving.ts';
import { createRuns } from './runs.ts';
import { confirmingSlot } from './schedule/plan.ts';
import { type Schedule, type Slot, startSchedule } from './schedule/schedule.ts';
import { MISSED_SLOT, resultOf } from './slot-result.ts';
import { createMachineCondition } from './watch/machine.ts';
import { carryClock } from './watch/wall-clock.ts';
import { type Delays, startWatch } from './watch/watch.ts';

export interface LineRunnerParts {
  line: string;
  checks: readonly ScheduledCheck[];
  /** By component; absent: the defaults. */
  policies?: Configuration['policies'];
  /** What functions need of others; absent: nothing. */
  depends_on?: Dependencies;
  start: LineStart;
  /** By the runners before this one, which died; absent or null: there was none. */
  handed_over?: HandedOver | null;
  events: LineEvents;
  measure: Measure;
  look: (request: LookRequest) => Promise<LineLook>;
  /** Gathers proofs; absent: all that is measured is on this machine. */
  gather?: (watch: LineWatch) => ProofGatherer;
  clock: Clock;
  /** CLOCK_BOOTTIME in ms; absent: of this machine. */
  timeSinceBoot?: () => number | null;
}

/** What gathers proofs is given by the runner. */
export interface LineWatch {
  clock: Clock;
  /** Receives the changes of the condition of the line and of its neutral hosts. */
  changed: (condition: LineCondition) => void;
}

/** Starts measuring the checks of a line in this thread. */
export function createLineRunner(parts: LineRunnerParts): LineRunner {
  const { line, checks, start, events, measure, look } = parts;
  const clock = carryClock(parts.clock, parts.timeSinceBoot);
  const known = new Map(start.known);
  const under_way = new Set<Promise<unknown>>();
  const by_id = new Map(checks.map((it) => [it.id, it]));
  let stopped = false;
  let steps = 0;

  const confirming = createConfirming(
    start.confirmations,
    (check) => policyOf(check).confirm_distance_ms,
  );
  const outbox = createOutbox({ events, leaving, dated });
  const changed = (condition: LineCondition) => outbox.tell({ conditions: [condition] });
  const proving = createProving(
    parts.gather?.({ clock, changed }) ?? ON_THIS_MACHINE,
    (check) => policyOf(check).proof_wait_ms,
  );
  const needed_first = createNeededFirst({
    checks,
    depends_on: parts.depends_on ?? {},
    validUntil: (result) => dated(result).valid_until,
    ask: (check) => schedule.confirm(check, clock.now()),
    fails: confirming.fails,
    clock,
  });
  const machine = createMachineCondition(line, clock);
  const watch = startWatch(clock, {
    suspended,
    stepped,
    resumed: () => schedule.catchUp(),
    delayed,
  });
  const runs = createRuns({
    measure: (check, slot_at) => measure(check, slot_at, known.get(check) ?? []),
    delayMs: watch.delayMs,
    sleptMs: watch.sleptMs,
    steps: () => steps + (clock.differs() ? 1 : 0),
    clock,
  });
  const started_at = clock.now();
  const schedule: Schedule = startSchedule({
    checks,
    started_at,
    clock,
    woken: watch.look,
    due,
    missed: (slot) => expect(slot).fill(resultOf(slot, MISSED_SLOT)),
  });
  const { handed_over = null } = parts;
  if (handed_over !== null) tellLost(lostSlots({ checks, schedule, started_at, handed_over }));

  return {
    look,
    know: (check, copies) => void known.set(check, copies),
    setConfirmations: confirming.setConfirmations,
    async stop(limit_ms) {
      schedule.stop();
      const hurry = setTimeout(() => {
        proving.hurry();
        needed_first.hurry();
      }, limit_ms / 2);
      await settledWithin([...under_way], limit_ms);
      clearTimeout(hurry);
      stopped = true;
      watch.stop();
      outbox.flush();
    },
  };

  function due(slot: Slot): void {
    const place = expect(slot);
    needed_first.begun(slot.check.id);
    const measured = runs
      .start(slot)
      .then(judged)
      .then((result) => {
        needed_first.note(result);
        if (!stopped) place.fill(result);
      })
      .finally(() => under_way.delete(measured));
    under_way.add(measured);
  }

  /** Held for its proof, and for what it needs: for both together no longer than `proof_wait`. */
  async function judged(ended: EndedRun): Promise<Result> {
    const until_ms = ended.ended_at_ms + policyOf(ended.check.id).proof_wait_ms;
    return needed_first.judge(await proving.judge(ended), until_ms);
  }

  function policyOf(check: string): Policy {
    const it = by_id.get(check);
    return (it && parts.policies?.[componentId(it.system, it.function)]) ?? DEFAULT_POLICY;
  }

  function expect({ check, slot_at }: Slot) {
    return outbox.expect(check.id, slot_at);
  }

  /** At once: this runner may die too. */
  function tellLost({ slots, gap }: Lost): void {
    for (const { slot, result } of slots) expect(slot).fill(result);
    if (gap === null) outbox.flush();
    else outbox.tell({ gaps: [gap] });
  }

  /** Notes a result in its turn; whether it may change a state, and has to be told at once. */
  function leaving(result: Result): boolean {
    const { is_open, is_decisive } = confirming.note(result);
    if (is_open) confirm(result);
    return is_decisive;
  }

  /** Confirms bad results soon, to distinguish random failures from an outage. */
  function confirm({ check, slot_at: bad_slot_at }: Result): void {
    const now = clock.now();
    const next_regular_at = schedule.slotAfter(check, Math.max(bad_slot_at, now), 1);
    const distance_ms = policyOf(check).confirm_distance_ms;
    const slot_at = confirmingSlot({ bad_slot_at, distance_ms, now, next_regular_at });
    if (slot_at !== null) schedule.confirm(check, slot_at);
  }

  function dated(result: Result) {
    const { check, slot_at } = result;
    const deadline_ms = schedule.deadlineMs(check);
    return {
      result,
      valid_until: schedule.slotAfter(check, slot_at, 2) + deadline_ms,
      next_slot_at: schedule.slotAfter(check, slot_at, 1),
    };
  }

  function suspended(from: EpochMs, to: EpochMs): void {
    outbox.tell({ gaps: [{ from, to, cause: 'suspended' }] });
    schedule.replan(0);
  }

  /** Set forth: a time that never was. Set back: what was measured lies ahead again. */
  function stepped(at: EpochMs, by_ms: number): void {
    const gaps = by_ms > 0 ? [{ from: at - by_ms, to: at, cause: 'clock' } as const] : [];
    steps += 1;
    if (by_ms < 0) outbox.forgetAfter(at);
    outbox.tell({ gaps, steps: [{ at, by_ms }] });
    confirming.forget();
    needed_first.forget();
    schedule.replan(by_ms);
  }

  function delayed(by: Delays): void {
    const condition = machine.after(by);
    if (condition !== null) outbox.tell({ conditions: [condition] });
  }
}

import { type CheckFacts, type Finding, SET, type SetBack } from './facts.ts';

type Ailing = 'failing' | 'slow';

/** What is known of a check from an instant on. */
export interface Spell {
  from: number;
  verdict: 'well' | Ailing | 'unknown';
  /** Unknown: how it ailed when it was last known, not measured well since. */
  ailed: Ailing | null;
}

/** A judged result, and what it means for the share of bad ones. */
export interface Counting {
  /** Earlier bad ones in a row: they have not failed the check, so they count. */
  released: number[];
  /** Whether this one counts now. */
  counts: boolean;
  /** Bad, and perhaps one of a run that fails the check. */
  is_open: boolean;
}

/** The regular slot after an instant. */
export function slotAfter({ every_ms, offset_ms }: CheckFacts, at: number): number {
  return (Math.floor((at - offset_ms) / every_ms) + 1) * every_ms + offset_ms;
}

/** CHECK-1 to -11 of a check, one judged result after the other in the order of their slots. */
export function readCheck(facts: CheckFacts, set_back: readonly SetBack[] = []) {
  const spells: Spell[] = [{ from: Number.NEGATIVE_INFINITY, verdict: 'unknown', ailed: null }];
  /** Times in which it has a result that is still valid. */
  const measured: { from: number; to: number }[] = [];
  let last_at: number | null = null;
  let lapse: { of: Ailing; at: number; well: number; was_well: boolean } | null = null;
  let bad = { run: 0, since: 0, needed: 0, slots: [] as number[] };
  let good = { run: 0, since: 0 };
  let quick = { run: 0, since: 0 };
  let five: { at: number; is_slow: boolean }[] = [];

  return { see, spells, measured, end, open: () => bad.slots };

  function see({ slot_at, found }: Finding, needed: () => number): Counting {
    const released = breaksBefore(slot_at) ? expire(slot_at) : [];
    last_at = slot_at;
    if (measured.length === 0 || measured.at(-1)?.to !== Number.POSITIVE_INFINITY)
      measured.push({ from: slot_at, to: Number.POSITIVE_INFINITY });
    goOn(slot_at, found);
    const counting = found === 'bad' ? seeBad(slot_at, needed) : seeGood(slot_at, found === 'slow');
    if (lapse !== null) {
      const is_well = lapse.of === 'slow' ? found === 'good' : found !== 'bad';
      lapse = { ...lapse, well: is_well ? lapse.well + 1 : 0, was_well: lapse.was_well || is_well };
    }
    return { ...counting, released: [...released, ...counting.released] };
  }

  function breaksBefore(at: number): boolean {
    return last_at !== null && at > validUntil(last_at, at);
  }

  /**
   * CHECK-8: valid until the second next slot and the deadline. CLOCK-8: no longer than that by a
   * clock that was set back by then.
   */
  function validUntil(slot_at: number, before: number): number {
    const second = slotAfter(facts, slotAfter(facts, slot_at));
    const held_ms = Math.max(0, SET.proof_wait_ms - facts.every_ms);
    let until = second + facts.deadline_ms + held_ms;
    for (const { at, by_ms } of set_back)
      if (slot_at <= at && at < before && at < until) until = Math.max(at, until - by_ms);
    return until;
  }

  function expire(before: number): number[] {
    const last = last_at as number;
    const from = Math.min(slotAfter(facts, last), validUntil(last, before), before);
    const { verdict, ailed } = now();
    if (verdict === 'failing' || verdict === 'slow')
      lapse = { of: verdict, at: last_at as number, well: 0, was_well: false };
    else if (verdict === 'well') lapse = null;
    turn(from, 'unknown', lapse?.of ?? ailed);
    const over = measured.at(-1);
    if (over) over.to = from;
    const released = bad.slots;
    bad = { run: 0, since: 0, needed: 0, slots: [] };
    good = { run: 0, since: 0 };
    quick = { run: 0, since: 0 };
    five = [];
    return released;
  }

  /** CHECK-11: what ailed it goes on with the first result that says the same. */
  function goOn(at: number, found: Finding['found']): void {
    if (lapse === null || lapse.was_well || at - lapse.at > SET.day_ms) return;
    const is_same = lapse.of === 'slow' ? found === 'slow' : found === 'bad';
    if (!is_same) return;
    turn(at, lapse.of, null);
    lapse = null;
  }

  function seeBad(at: number, needed: () => number): Counting {
    good = { run: 0, since: 0 };
    quick = { run: 0, since: 0 };
    five = [...five, { at, is_slow: false }].slice(-SET.slow_of);
    if (bad.run === 0) bad = { run: 0, since: at, needed: needed(), slots: [] };
    bad.run += 1;
    bad.slots.push(at);
    const is_far = at - bad.since >= SET.confirm_distance_ms;
    if (now().verdict !== 'failing' && bad.run >= bad.needed && is_far) {
      turn(bad.since, 'failing', null);
      lapse = null;
    }
    const is_failing = now().verdict === 'failing';
    if (is_failing) bad.slots = [];
    return { released: [], counts: false, is_open: !is_failing };
  }

  function seeGood(at: number, is_slow: boolean): Counting {
    const released = bad.slots;
    bad = { run: 0, since: 0, needed: 0, slots: [] };
    good = { run: good.run + 1, since: good.run === 0 ? at : good.since };
    quick = is_slow
      ? { run: 0, since: 0 }
      : { run: quick.run + 1, since: quick.run === 0 ? at : quick.since };
    five = [...five, { at, is_slow }].slice(-SET.slow_of);
    decideGood(at);
    return { released, counts: true, is_open: false };
  }

  function decideGood(at: number): void {
    const { verdict } = now();
    const ails = verdict === 'failing' || verdict === 'slow' ? verdict : (lapse?.of ?? null);
    const across = 1 + (lapse?.well ?? 0);
    if (ails === 'failing') {
      if (Math.max(good.run, across) >= SET.well_after) recover(good.since);
      return;
    }
    if (ails === 'slow' && quick.run > 0 && Math.max(quick.run, across) >= SET.well_after) {
      recover(quick.since);
      return;
    }
    const slow = five.filter((it) => it.is_slow);
    if (verdict !== 'slow' && slow.length >= SET.slow_after) {
      turn(slow[0]?.at ?? at, 'slow', null);
      lapse = null;
    } else if (verdict === 'unknown' && ails === null) turn(at, 'well', null);
  }

  function recover(since: number): void {
    turn(since, 'well', null);
    lapse = null;
    five = [];
  }

  function now(): Spell {
    return spells.at(-1) as Spell;
  }

  function turn(from: number, verdict: Spell['verdict'], ailed: Ailing | null): void {
    if (verdict !== now().verdict || ailed !== now().ailed) spells.push({ from, verdict, ailed });
  }

  /** Nothing came since, until then. */
  function end(at: number): void {
    if (breaksBefore(at)) expire(at);
    const over = measured.at(-1);
    if (over && over.to > at) over.to = at;
  }
}

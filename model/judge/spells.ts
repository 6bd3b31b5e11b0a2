import type { EpochMs } from '../vocabulary.ts';
import {
  type AilingVerdict,
  type CheckJudgement,
  type CheckVerdict,
  freshJudgement,
  isValid,
} from './judgement.ts';
import { ailingOf, lapsedOf } from './lapsed.ts';

/** What is known of a check from an instant on, until the next one. */
export interface Spell {
  from: EpochMs;
  verdict: CheckVerdict;
  /** While undecided: how it ailed when it was last known, and was not measured well since. */
  ailed: AilingVerdict | null;
  /** It has a judged result that is still valid. */
  is_measured: boolean;
  /** Why it fails, as the first of its results said. */
  reason: CheckJudgement['reason'];
  detail: CheckJudgement['detail'];
  /** Of own traffic. */
  share?: CheckJudgement['share'];
}

/** Oldest first, each with another beginning. */
export type Spells = readonly Spell[];

export interface JudgedSlot {
  slot_at: EpochMs;
  before: CheckJudgement;
  after: CheckJudgement;
  /** What is of longer ago is forgotten. */
  kept_from: EpochMs;
}

/**
 * The spells of a check after one more judged result, by its judgements before and after it. A
 * verdict holds from the slot that it counts from, whatever was known of that time before.
 */
export function spellsAfter(
  known: Spells,
  { slot_at, before, after, kept_from }: JudgedSlot,
): Spells {
  const is_continued = isValid(before, slot_at);
  const expired = is_continued ? known : withEnd(known, before);
  const measured = is_continued ? expired : turned(expired, spellOf(after, slot_at, 'undecided'));
  const was = is_continued ? before : null;
  // A slow check may be undecided again, without having expired.
  const is_said = after.verdict !== 'undecided' || (was?.verdict ?? 'undecided') !== 'undecided';
  const same = after.verdict === was?.verdict && after.since === was.since;
  const decided =
    is_said && !same ? turned(measured, spellOf(after, after.since, after.verdict)) : measured;
  const last = decided.at(-1);
  const said = spellOf(after, slot_at, after.verdict);
  // It fails on, but says otherwise why.
  const is_otherwise = same && last?.verdict === 'failing' && !isSame(last, said);
  const spells = is_otherwise ? turned(decided, said) : decided;
  return spells === known ? known : withoutOldSpells(spells, kept_from);
}

/** The same, where the last verdict is known otherwise. */
export function spellsKnown(known: Spells, judgement: CheckJudgement): Spells {
  const { verdict, since } = judgement;
  const is_known = verdict === 'undecided' || known.at(-1)?.verdict === verdict;
  return is_known ? known : turned(known, spellOf(judgement, since, verdict));
}

/** The same at an instant: nothing is known of a check any more that has expired by then. */
export function spellsUntil(known: Spells, judgement: CheckJudgement, at: EpochMs): Spells {
  return isValid(judgement, at) ? known : withEnd(known, judgement);
}

/** The slot without a judged result from which a check is unknown, once it has expired. */
export function expiresAt({ next_slot_at, valid_until }: CheckJudgement): EpochMs | null {
  if (valid_until === null) return null;
  return Math.min(next_slot_at ?? valid_until, valid_until);
}

/** What is known at the instant; null: nothing was measured by then. */
export function spellAt(spells: Spells, at: EpochMs): Spell | null {
  return spells.findLast(({ from }) => from <= at) ?? null;
}

/** A judgement that says at the instant what the spell says. */
export function judgementIn(spell: Spell | null, check: string, at: EpochMs): CheckJudgement {
  const fresh = freshJudgement(check);
  if (spell === null) return fresh;
  const { from, verdict, ailed, is_measured, reason, detail, share = null } = spell;
  return {
    ...fresh,
    verdict,
    since: from,
    lapsed: ailed === null ? null : lapsedOf(ailed, from),
    valid_until: is_measured ? at : null,
    reason,
    detail,
    share,
  };
}

/** The first instant from which they differ; null: they do not. */
export function firstDifference(before: Spells, after: Spells): EpochMs | null {
  if (before === after) return null;
  const forgotten = before.findIndex(({ from }) => from === after[0]?.from);
  const kept = before.slice(Math.max(0, forgotten));
  for (const [i, it] of after.entries()) {
    const was = kept[i];
    if (!isSame(it, was) || it.from !== was?.from) return Math.min(it.from, was?.from ?? it.from);
  }
  return kept[after.length]?.from ?? null;
}

function withEnd(known: Spells, judgement: CheckJudgement): Spells {
  const at = expiresAt(judgement);
  if (at === null || known.at(-1)?.is_measured !== true) return known;
  const ailed = ailingOf(judgement);
  const { reason, detail } = judgement;
  return turned(known, {
    from: at,
    verdict: 'undecided',
    ailed,
    is_measured: false,
    reason,
    detail,
  });
}

function spellOf(judgement: CheckJudgement, from: EpochMs, verdict: CheckVerdict): Spell {
  const { reason, detail, lapsed } = judgement;
  const ailed = verdict === 'undecided' ? (lapsed?.verdict ?? null) : null;
  return { from, verdict, ailed, is_measured: true, reason, detail };
}

/** What is known from the beginning of the spell on. */
export function turned(known: Spells, spell: Spell): Spells {
  const before = known.filter(({ from }) => from < spell.from);
  const last = before.at(-1);
  return last && isSame(last, spell) ? before : [...before, spell];
}

function isSame(a: Spell, b: Spell | undefined): boolean {
  return (
    a.verdict === b?.verdict &&
    a.ailed === b.ailed &&
    a.is_measured === b.is_measured &&
    saysMaintenance(a) === saysMaintenance(b)
  );
}

function saysMaintenance({ verdict, reason }: Spell): boolean {
  return verdict === 'failing' && reason === 'says_maintenance';
}

/** The last of those that began by then is kept: it may hold still. */
export function withoutOldSpells(spells: Spells, until: EpochMs): Spells {
  const first = spells.findLastIndex(({ from }) => from <= until);
  return first === -1 ? spells : spells.slice(first);
}

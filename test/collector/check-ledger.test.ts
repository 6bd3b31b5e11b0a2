import { describe, expect, it } from 'vitest';
import type { Gap, Transition } from '../../model/component.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Recording } from '../../store/record.ts';
import { createRandom } from '../random.ts';
import { checkLedger, stateOfBoth } from './check-ledger.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, judgedSite, query } from './judged-site.ts';

const SEED = 20261127;
const ROUNDS = 120;
const SLOTS = 40;
const EVERY_S = 30;
const CHECKS = [
  { id: 'bureau-query', first_slot: 0 },
  { id: 'second', first_slot: 13 },
];
const OF_LETTER: Record<string, object> = {
  g: {},
  b: FAILED,
  '-': { outcome: 'throttled', reason: 'error_code' },
};

function drawWord(random: () => number): string {
  let word = '';
  while (word.length < SLOTS)
    word += ('gggbb-.'[Math.floor(random() * 7)] ?? '').repeat(1 + Math.floor(random() * 6));
  return word.slice(0, SLOTS);
}

/** The same, with a time in which we were away, in slots from the first. */
function drawAway(words: readonly string[], random: () => number) {
  const from = 5 + Math.floor(random() * 20);
  const to = from + 1 + Math.floor(random() * 10);
  const away = '.'.repeat(to - from);
  return { words: words.map((it) => it.slice(0, from) + away + it.slice(to)), away: { from, to } };
}

/** What is recorded of a function whose two checks measure so, in order. */
function recorded(words: readonly string[], away?: { from: number; to: number }): Transition[] {
  /** Since just after the slots of both. */
  const gap_s = away && { from: away.from * EVERY_S - 10, to: away.to * EVERY_S - 10 };
  const settings = configuration({ confirmations: 2, resolve_after_ms: MINUTE });
  const [first] = settings.checks.filter(({ id }) => id === 'bureau-query');
  if (!first) throw new Error('the bureau has a query');
  const site = judgedSite({
    ...settings,
    checks: [...settings.checks, { ...first, id: 'second' }],
  });
  const transitions: Transition[] = [];
  const keep = (recording: Recording | null) =>
    transitions.push(...(recording?.transitions ?? []).filter(isOfQuery));
  for (let s = 0; s < SLOTS * EVERY_S; s += 1) {
    if (gap_s && gap_s.from <= s && s < gap_s.to) continue;
    if (s === gap_s?.to) keep(site.away(gapOf(gap_s)));
    if (s % 3 === 2) keep(site.wait(START + s * SECOND));
    for (const [n, { id, first_slot }] of CHECKS.entries()) {
      const measured = OF_LETTER[words[n]?.[(s - first_slot) / EVERY_S] ?? ''];
      if (!measured) continue;
      keep(site.see(query(START + s * SECOND, { check: id, ...measured })).recording);
    }
  }
  return transitions;
}

function gapOf({ from, to }: { from: number; to: number }): Gap {
  return { from: START + from * SECOND, to: START + to * SECOND, cause: 'suspended' };
}

function isOfQuery({ component }: Transition): boolean {
  return component === 'bureau.query';
}

/** For each second the state by the ledger, beside that by what was measured. */
function differing(transitions: readonly Transition[], words: readonly string[]) {
  const ledgers = words.map((word, n) =>
    checkLedger({ word, first_slot: CHECKS[n]?.first_slot ?? 0, every: EVERY_S, valid: 60 }),
  );
  const seconds = Array.from({ length: SLOTS * EVERY_S }, (_, s) => ({
    told: transitions.findLast(({ since }) => since <= START + s * SECOND)?.to ?? 'unknown',
    measured: stateOfBoth(ledgers.flatMap((it) => it.findLast(({ from }) => from <= s) ?? [])),
  }));
  return seconds.filter(({ told, measured }) => told !== measured);
}

const random = createRandom(SEED);
const drawn = Array.from({ length: ROUNDS }, () => CHECKS.map(() => drawWord(random)));
const MEASURED = drawn.map((words) => ({ words, transitions: recorded(words) }));
const AWAY = drawn.map((measured) => {
  const { words, away } = drawAway(measured, random);
  return { words, transitions: recorded(words, away) };
});

describe.each([
  ['', MEASURED],
  [', with a gap of ours', AWAY],
])(`the ledger of a function of two checks (seed ${SEED})%s`, (_, rounds) => {
  it('is what was measured, but for what was told before an earlier slot decided', () => {
    for (const { words, transitions } of rounds) {
      const is_shared = transitions.some(({ notes }) =>
        notes.some(({ code }) => code === 'some_users_affected'),
      );
      if (is_shared) continue;
      const seconds = differing(transitions, words);
      expect([words, seconds.length]).toEqual([words, expect.toSatisfy((n) => n <= 2 * EVERY_S)]);
    }
  });

  it('hides no outage for longer than the slots of both checks are apart', () => {
    for (const { words, transitions } of rounds) {
      const hidden = differing(transitions, words).filter(
        ({ told, measured }) => told === 'operational' && measured.endsWith('outage'),
      );
      expect([words, hidden.length]).toEqual([words, expect.toSatisfy((n) => n <= 13)]);
    }
  });

  it('never tells of what lies ahead', () => {
    for (const { words, transitions } of rounds)
      for (const { since, recorded_at } of transitions)
        expect([words, recorded_at - since]).toEqual([words, expect.toSatisfy((n) => n >= 0)]);
  });
});

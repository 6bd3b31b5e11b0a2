import { describe, expect, it } from 'vitest';
import type { Drilled } from './drilled.ts';
import { holds } from './drilled.ts';
import { judgeDrill } from './judge-drill.ts';

/** A made-up drill of 10 s, in which the page said `states` from one second to the next. */
const DRILLED: Drilled = {
  trouble: 'pause-7',
  phase: 'at',
  slot_ms: 5_000,
  deadline_ms: 2_000,
  told_within_ms: 10_000,
  hung_told_within_ms: 20_000,
  blind: 'throughout',
  jumped_ms: 0,
  leaves: null,
  keeps_slots: false,
  misjudged_at_most: 0,
  healthy: ['alpha'],
  broken: 'foxtrot',
  hung: [],
  struck_at: 10_000,
  ended_at: 17_000,
  broken_at: 11_000,
  settled_at: 60_000,
  stumbles: 0,
  problems: [],
  samples: seconds(0, 60, (s) => ({
    alpha: 'operational',
    foxtrot: s < 25 ? 'operational' : 'major',
  })),
  written: { transitions: [], incidents: [], gaps: [], results: [] },
};

describe('a drill', () => {
  it('holds when the outage was told in time and nobody else was named', () => {
    const verdict = judgeDrill(DRILLED);
    expect(verdict).toMatchObject({ blamed: [], unknown_ms: 0, told_ms: 8_000, problems: [] });
    expect(holds(verdict)).toBe(true);
  });

  it.each<[string, Partial<Drilled>]>([
    ['the page names a healthy system', said((s) => (s === 30 ? 'partial' : 'operational'))],
    ['the ledger does', written({ transitions: [turn('alpha.reach', 'major_outage')] })],
    ['an incident does', written({ incidents: [{ id: 'a', system: 'alpha', title: '' }] })],
    ['a result does', written({ results: [row('alpha-reach', 1, null)] })],
    ['a result does without an answer', written({ results: [row('alpha-reach', 3, 500)] })],
    // Blind for 7 s, until the slot after that is answered: 7 s more.
    ['all is unknown for too long', said((s) => (s > 11 && s <= 27 ? 'unknown' : 'operational'))],
    ['the outage is told late', { told_within_ms: 7_000 }],
    ['the outage is never told', told(99)],
    [
      'two results do as the line dies',
      {
        ...written({ results: [row('alpha-reach', 2, null), row('alpha-reach', 2, null)] }),
        misjudged_at_most: 1,
      },
    ],
    ['a gap is missing', { leaves: 'clock' }],
    ['a gap is made up', written({ gaps: [{ from_at: 0, to_at: 60_000, cause: 'suspended' }] })],
    ['a gap ends before it begins', written({ gaps: [{ from_at: 9, to_at: 8, cause: 'disk' }] })],
    ['a slot is neither a result nor in a gap', { ...measured(0, 5, 15), keeps_slots: true }],
    ['what hung is not told', { hung: ['golf'] }],
    ['something else went wrong', { problems: ['not well again'] }],
    ['it was not blind, and did not know', { ...said(unknownAt(12)), blind: 'never' }],
  ])('does not hold when %s', (_, change) => {
    expect(holds(judgeDrill({ ...DRILLED, ...change }))).toBe(false);
  });

  it.each<[string, Partial<Drilled>]>([
    ['what the page said before', said((s) => (s < 9 ? 'major' : 'operational'))],
    ['what is truly unknown', said((s) => (s > 11 && s <= 24 ? 'unknown' : 'operational'))],
    [
      'an answer that was bad',
      { ...written({ results: [row('alpha-reach', 3, 500)] }), stumbles: 1 },
    ],
    ['results that are not judged', written({ results: [row('alpha-reach', 10, null)] })],
    [
      'the words against the broken one',
      written({ transitions: [turn('foxtrot.reach', 'major_outage')] }),
    ],
    ['every slot, and one that confirms', { ...measured(0, 5, 7.5, 10), keeps_slots: true }],
    [
      'a slot without a result that lies in a gap',
      {
        written: {
          ...measured(0, 5, 15).written,
          gaps: [{ from_at: 9_000, to_at: 12_000, cause: 'disk' }],
        },
        keeps_slots: true,
      },
    ],
    [
      'the gap that it leaves',
      { ...written({ gaps: [GAP] }), leaves: 'clock', jumped_ms: 3_600_000 },
    ],
  ])('allows %s', (_, change) => {
    expect(holds(judgeDrill({ ...DRILLED, ...change }))).toBe(true);
  });
});

const GAP = { from_at: 0, to_at: 3_600_000, cause: 'clock' };

function seconds(from: number, to: number, states: (s: number) => Record<string, string>) {
  return Array.from({ length: to - from }, (_, n) => ({
    at: (from + n) * 1_000,
    states: Object.fromEntries(
      Object.entries(states(from + n)).map(([site, state]) => [`${site}.reach`, state]),
    ),
  }));
}

function said(alpha: (s: number) => string): Partial<Drilled> {
  return {
    samples: seconds(0, 60, (s) => ({
      alpha: alpha(s),
      foxtrot: s < 25 ? 'operational' : 'major',
    })),
  };
}

function told(at_s: number): Partial<Drilled> {
  return {
    samples: seconds(0, 60, (s) => ({
      alpha: 'operational',
      foxtrot: s < at_s ? 'operational' : 'major',
    })),
  };
}

function unknownAt(at_s: number) {
  return (s: number) => (s === at_s ? 'unknown' : 'operational');
}

function written(rows: Partial<Drilled['written']>): Partial<Drilled> {
  return { written: { ...DRILLED.written, ...rows } };
}

function turn(component: string, to_state: string) {
  return { seq: 1, component, to_state };
}

function row(name: string, outcome: number, http_status: number | null) {
  return { slot_at: 0, name, confirming: false, outcome, reason: null, http_status };
}

/** Good results at these seconds; one that is not of a whole slot of 5 s confirms. */
function measured(...at_s: number[]) {
  const results = at_s.map((s) => ({
    ...row('alpha-reach', 0, 200),
    slot_at: s * 1_000,
    confirming: s % 5 !== 0,
  }));
  return { written: { ...DRILLED.written, results } };
}

import { expect, it } from 'vitest';
import { compareTold, type Got, type Told } from './told.ts';

const WHO = 'wang@example.com';

function incident(...kinds: string[]) {
  const notices = kinds.map((kind, n) => ({ kind: `incident_${kind}`, at: n, words: null }));
  const matter = { ref: 'i', subject: 'incident', notices, started_at: 0, audience: [WHO] };
  return { ...matter, is_put_off: false };
}

const STAGES: Record<string, Told['stage']> = { opened: 'begun', updated: 'changed', over: 'over' };

/** `1 opened 0` is the message with that id, which tells the notice of that time. */
function got(...words: string[]): Got[] {
  return words.map((it, at) => {
    const [id = '', stage = '', notice = '', answer = 'taken'] = it.split(' ');
    const told = { ref: 'i', stage: STAGES[stage] ?? null, notice_at: Number(notice), words: [] };
    const tells = [{ ...told, names_start: stage !== 'bare' }];
    return { who: WHO, id, at, tells, answer: answer as Got['answer'] };
  });
}

const STORY = incident('opened', 'updated', 'resolved');
const NOTHING = { missed: [], disordered: [], repeated_otherwise: [], astray: [] };

it.each([
  ['all of it', ['1 opened 0', '2 updated 1', '3 over 2']],
  ['its beginning twice under one id', ['1 opened 0', '1 opened 0', '3 over 2']],
  ['its end alone, with its beginning in it', ['3 over 2']],
  ['what was told as a beginning, and the end', ['2 opened 1', '3 over 2']],
  ['an end that it refused', ['1 opened 0', '3 over 2 refused']],
  ['an end that it could not say it had', ['1 opened 0', '3 over 2 none', '3 over 2']],
])('a receiver may hear %s', (_, words) => {
  expect(compareTold([STORY], got(...words))).toMatchObject(NOTHING);
});

it.each([
  ['missed', 'nothing', []],
  ['missed', 'no end', ['1 opened 0', '2 updated 1']],
  ['disordered', 'an end before its beginning', ['3 over 2', '1 opened 0']],
  ['disordered', 'a change of what it never heard of', ['2 updated 1', '3 over 2']],
  ['disordered', 'an end that names no beginning', ['1 bare 0', '3 over 2']],
  ['disordered', 'an earlier notice after a later one', ['2 x 1', '1 x 0', '3 over 2']],
  ['repeated_otherwise', 'two ends', ['1 opened 0', '3 over 2', '4 over 2']],
  ['repeated_otherwise', 'two beginnings', ['1 opened 0', '2 opened 1', '3 over 2']],
  ['repeated_otherwise', 'one notice by two messages', ['1 x 0', '2 x 0', '3 over 2']],
] as const)('%s: a receiver may not hear %s', (fault, _, words) => {
  expect(compareTold([STORY], got(...words))[fault]).toHaveLength(1);
});

it('nobody else may hear of it', () => {
  const elsewhere = got('1 opened 0').map((it) => ({ ...it, who: 'stranger@example.com' }));
  const { astray } = compareTold([STORY], elsewhere);
  expect(astray).toEqual(['i to stranger@example.com']);
});

it('what is asked again much later is not missed yet', () => {
  const put_off = { ...STORY, is_put_off: true };
  expect(compareTold([put_off], [])).toMatchObject(NOTHING);
});

it('counts what came again', () => {
  const { repeats, messages, expected } = compareTold(
    [STORY],
    got('1 opened 0', '1 opened 0', '3 over 2'),
  );
  expect({ repeats, messages, expected }).toEqual({ repeats: 1, messages: 3, expected: 1 });
});

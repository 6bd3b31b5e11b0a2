import { expect, test } from 'vitest';
import type { Proof } from '../../../model/proof.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { LineRun } from '../../../probes/line/line.ts';
import type { EndedRun } from '../../../probes/line/proof/gatherer.ts';
import { checkOf, proven, SILENT, stageLine } from './staged-line.ts';

/** The reasons of all results, in slot order; null is a good one. */
function reasons(line: ReturnType<typeof stageLine>): (string | null)[] {
  return line.results().map(({ reason }) => reason);
}

// A deadline may be as long as the distance of two slots.
test.for([
  { deadline_ms: 5 * SECOND, expected: 'overlap' },
  { deadline_ms: 5 * SECOND + 1, expected: null },
])('a slot $deadline_ms ms into a run of that deadline: $expected', async (given) => {
  const line = stageLine([{ ...checkOf('a', '*/5 * * * * *'), deadline_ms: given.deadline_ms }]);
  await line.pass(MINUTE);
  const before = reasons(line).length;
  let first = true;
  line.stage.run = () => {
    const duration_ms = first ? 5_500 : 200;
    first = false;
    return { outcome: 'ok', reason: null, duration_ms };
  };
  await line.pass(15 * SECOND);
  // Of the run that took long, and of the slot after it.
  expect(reasons(line).slice(before, before + 2)).toEqual([null, given.expected]);
});

/** A check whose run at one slot goes as said, until just after its next slot. */
async function overlapped(
  hanging: Partial<LineRun>,
  proofFor: (run: EndedRun) => Proof | null = proven,
) {
  const line = stageLine([checkOf('a', '*/5 * * * * *')]);
  await line.pass(MINUTE);
  const before = line.results().length;
  let first = true;
  line.stage.proofFor = proofFor;
  line.stage.run = () => {
    const run = first ? hanging : {};
    first = false;
    return run;
  };
  await line.pass(30 * SECOND);
  return line
    .results()
    .slice(before, before + 2)
    .map(({ outcome, reason }) => `${outcome} ${reason}`);
}

const nobodys = (run: EndedRun) => {
  const proof = proven(run);
  return proof && { ...proof, other_answer: null, line: { ...proof.line, blamed: 'b.example' } };
};

/** How the run that hung went, and what comes of it and of the slot that found it hanging. */
const cases: [string, Partial<LineRun>, (run: EndedRun) => Proof | null, string[]][] = [
  ['theirs', SILENT, proven, ['timeout timeout_processing', 'timeout overlap']],
  ['nobody’s', SILENT, nobodys, ['self unproven', 'self unproven']],
  ['lost', { duration_ms: 20_000 }, proven, ['self worker_died', 'self worker_died']],
  [
    'throttled',
    { outcome: 'throttled', reason: 'blocked' },
    proven,
    ['throttled blocked', 'throttled blocked'],
  ],
];
test.each(cases)('an overlap with a run that is %s is that too', async (_, run, proof, found) => {
  expect(await overlapped({ ...run, duration_ms: run.duration_ms ?? 5_500 }, proof)).toEqual(found);
});

// A slot has one row: of two results the ledger would say what no row does.
test('a run that ends badly at the instant of the next slot is confirmed by it alone', async () => {
  const every_second = { ...checkOf('a', '* * * * * *'), deadline_ms: SECOND };
  const line = stageLine([every_second], 2, { confirm_distance_ms: SECOND });
  await line.pass(10 * SECOND);
  let first = true;
  line.stage.run = () => {
    const run = first ? { ...SILENT, duration_ms: SECOND } : {};
    first = false;
    return run;
  };
  await line.pass(10 * SECOND);
  const slots = line.results().map(({ slot_at }) => slot_at);
  expect(slots.slice(1).map((at, i) => at - (slots[i] ?? 0))).toEqual(
    slots.slice(1).map(() => SECOND),
  );
  expect(reasons(line).filter((it) => it !== null)).toEqual(['timeout_processing', 'overlap']);
});

import { expect, it } from 'vitest';
import type { ProcessTrouble } from '../../model/process-trouble.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { createProcessGauges } from '../../notify/process-gauges.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { START } from './samples.ts';

const STUCK: ProcessTrouble = {
  process: 'page',
  kind: 'not_ready',
  cause: null,
  since: START,
  detail: 'nothing was published yet',
};
const CRASHING: ProcessTrouble = { ...STUCK, kind: 'crashing', detail: 'exit code 1' };

it.each<[string, ProcessTrouble[], number, string[]]>([
  ['nothing', [], MINUTE, []],
  ['a crash loop', [CRASHING], SECOND, ['process']],
  ['a process that is not ready yet', [STUCK], 59 * SECOND, []],
  ['a process that is not ready, nobody knows why', [STUCK], MINUTE, ['machine']],
  ['an end for good', [{ ...CRASHING, kind: 'ended' }, CRASHING], SECOND, ['process', 'stopped']],
  ['a full disk, which the collector measures', [{ ...STUCK, cause: 'disk' }], MINUTE, []],
])('of %s the notifier shows what only a supervisor knows', async (_, known, after_ms, shown) => {
  const telemetry = createTelemetry('notifier');
  const clock = { now: () => START + after_ms, monotonic: () => 0 };
  await createProcessGauges({ troubles: () => known, clock, telemetry })();
  const lines = (await telemetry.text()).match(/^fapiao_own_trouble.*$/gm);
  expect(lines).toEqual(
    ['process', 'machine', 'stopped'].map(
      (kind) => `fapiao_own_trouble{kind="${kind}",line=""} ${shown.includes(kind) ? 1 : 0}`,
    ),
  );
});

import { parentPort, workerData } from 'node:worker_threads';
import { isScheduled } from '../../../model/configuration.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import { systemClock } from '../../../model/time.ts';
import { EMPTY_BATCH } from '../../../probes/line/batch.ts';
import type { FromLine, LineThreadData, ToLine } from '../../../probes/line/line-messages.ts';
import { createLineRunner } from '../../../probes/line/line-runner.ts';
import { nothingMeasured } from '../../../probes/probe.ts';
import { block } from '../../block.ts';

/**
 * A measuring thread whose runs are well, until a look makes it misbehave as the number says. In
 * the installation `lost` no other one starts after it.
 */
const { configuration, installation, start, handed_over } = workerData as LineThreadData;
if (installation === 'lost' && handed_over !== null) throw new Error('it cannot start');
const AILING: LineCondition = {
  kind: 'neutral',
  line: 'local',
  neutral: 'example',
  is_failing: true,
  at: systemClock.now(),
  detail: 'host_silent host=n.example',
};
/** Later than any deadline, as where the thread gets no processor. */
const LATE_MS = 8_000;
const tell = (message: FromLine) => parentPort?.postMessage(message);

function found(id: number): void {
  const times = { started_at: systemClock.now(), duration_ms: 1 };
  tell({ kind: 'looked', id, look: { finding: 'found', outcome: 'ok', reason: null, ...times } });
}

createLineRunner({
  line: 'local',
  checks: configuration.checks.filter(isScheduled),
  start,
  handed_over,
  events: { batch: (batch) => tell({ kind: 'batch', batch }) },
  measure: async () => ({
    ...nothingMeasured('probe_error', ''),
    outcome: 'ok',
    reason: null,
    started_at: systemClock.now(),
    duration_ms: 1,
  }),
  look: async () => Promise.reject(new Error('not asked')),
  clock: systemClock,
});

parentPort?.on('message', (message: ToLine) => {
  if (message.kind !== 'look') return;
  switch (message.request.number) {
    case 'ails':
      tell({ kind: 'batch', batch: { ...EMPTY_BATCH, conditions: [AILING] } });
      found(message.id);
      break;
    case 'late':
      setTimeout(found, LATE_MS, message.id);
      break;
    case 'dies':
      process.exit(1);
      break;
    case 'throws':
      throw new Error('a fault of the thread itself');
    case 'hangs':
      block();
  }
});
tell({ kind: 'ready' });
setInterval(() => tell({ kind: 'alive' }), 1_000);

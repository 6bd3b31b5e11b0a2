import { parentPort, workerData } from 'node:worker_threads';
import { isScheduled } from '../../model/configuration.ts';
import { SECOND, systemClock } from '../../model/time.ts';
import { createCheckRunner } from './check-runner.ts';
import { judgeInThread } from './files-thread.ts';
import type { FromLine, LineThreadData, ToLine } from './line-messages.ts';
import { createLineRunner } from './line-runner.ts';

/** The measuring thread of a line, isolated so that no other work disturbs its timing. */
const port = parentPort;
if (port === null) throw new Error('worker.ts runs as the thread of local-line.ts');

const { configuration, installation, start, handed_over } = workerData as LineThreadData;
const clock = systemClock;
const judge = judgeInThread(clock);
const checks = createCheckRunner({ configuration, installation, clock, judge });
const line = createLineRunner({
  line: configuration.lines[0]?.id ?? '',
  checks: configuration.checks.filter(isScheduled),
  start,
  handed_over,
  events: { batch: (batch) => tell({ kind: 'batch', batch }) },
  measure: checks.run,
  look: ({ check, number, issued }) => checks.look(check, { number, issued }),
  clock,
});

port.on('message', async (message: ToLine) => {
  if (message.kind === 'know') line.know(message.check, message.copies);
  else if (message.kind === 'confirmations')
    line.setConfirmations(message.check, message.confirmations);
  else if (message.kind === 'look')
    tell({ kind: 'looked', id: message.id, look: await line.look(message.request) });
  else {
    await line.stop(message.limit_ms);
    tell({ kind: 'stopped' });
  }
});
tell({ kind: 'ready' });
setInterval(() => tell({ kind: 'alive' }), SECOND);

function tell(message: FromLine): void {
  port?.postMessage(message);
}

import { parentPort, workerData } from 'node:worker_threads';
import { isScheduled } from '../../model/configuration.ts';
import { SECOND, systemClock } from '../../model/time.ts';
import { createNames } from '../exchange/names/names.ts';
import { createCheckRunner } from './check-runner.ts';
import { judgeInThread } from './files-thread.ts';
import { gatherProof } from './gather-proof.ts';
import type { FromLine, LineThreadData, ToLine } from './line-messages.ts';
import { createLineRunner } from './line-runner.ts';

/** The measuring thread of a line, isolated so that no other work disturbs its timing. */
const port = parentPort;
if (port === null) throw new Error('worker.ts runs as the thread of local-line.ts');

const { configuration, installation, network, start, handed_over } = workerData as LineThreadData;
const clock = systemClock;
const judge = judgeInThread(clock);
const names = createNames({ files: network?.files ?? {} });
const checks = createCheckRunner({ configuration, installation, clock, names, judge });
const line = createLineRunner({
  line: configuration.lines[0]?.id ?? '',
  checks: configuration.checks.filter(isScheduled),
  policies: configuration.policies,
  depends_on: configuration.depends_on,
  start,
  handed_over,
  events: { batch: (batch) => tell({ kind: 'batch', batch }) },
  measure: checks.run,
  look: ({ check, number, issued }) => checks.look(check, { number, issued }),
  gather: (watch) => gatherProof({ ...network, ...watch, configuration, checks, names }),
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

import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../model/time.ts';
import { createCheckRunner } from './check-runner.ts';
import { judgeInThread } from './files-thread.ts';
import type { LineData, LineRequest } from './line.ts';
import { READY, type ThreadRequest } from './thread.ts';

/** The measuring thread of a line, isolated so that no other work disturbs its timing. */
const port = parentPort;
if (port === null) throw new Error('worker.ts runs as the thread of local-line.ts');

const { configuration, installation } = workerData as LineData;
const runner = createCheckRunner({
  configuration,
  installation,
  clock: systemClock,
  judge: judgeInThread(systemClock),
});

port.on('message', async ({ id, request }: ThreadRequest<LineRequest>) => {
  const answer =
    request.kind === 'run'
      ? await runner.run(request.check, request.slot_at, request.known)
      : await runner.look(request.check, request.key);
  port.postMessage({ id, answer });
});
port.postMessage(READY);

import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../model/time.ts';
import type { LineData, LineQuestion } from './line.ts';
import { createPerformer } from './perform.ts';
import { type Question, READY } from './thread.ts';

/** The thread in which a line measures, so that nothing else can bend its timing. */
const port = parentPort;
if (port === null) throw new Error('line-worker.ts runs as a worker of line.ts');

const { configuration, installation } = workerData as LineData;
const performer = createPerformer({ configuration, installation, clock: systemClock });

port.on('message', async ({ id, question }: Question<LineQuestion>) => {
  const answer =
    question.kind === 'run'
      ? await performer.run(question.check, question.slot_at)
      : await performer.look(question.check, question.key);
  port.postMessage({ id, answer });
});
port.postMessage(READY);

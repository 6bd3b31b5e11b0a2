import type { Configuration } from '../../model/configuration.ts';
import { startLocalLine } from '../../probes/line/local-line.ts';
import { quiet } from '../platform/quiet.ts';

/** A process that runs the line of a configuration and prints its batches, one JSON a line. */
const configuration = JSON.parse(process.argv[2] ?? '') as Configuration;
await startLocalLine({
  configuration,
  installation: 'test',
  start: { known: new Map(), confirmations: new Map() },
  events: { batch: (batch) => process.stdout.write(`${JSON.stringify(batch)}\n`) },
  log: quiet,
});

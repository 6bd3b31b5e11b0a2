import { createLog } from '../../platform/log.ts';

/** A log that says nothing, and one that keeps what is said. */
export const quiet = createLog('test', { destination: { write: () => {} } });

export function keptLog() {
  const entries: Record<string, unknown>[] = [];
  const log = createLog('test', {
    level: 'debug',
    destination: { write: (line) => entries.push(JSON.parse(line)) },
  });
  return { log, entries };
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** After this a start has left behind what it leaves. */
const AFTER_MS = 3_000;

/**
 * Collects once what a start has left behind (texts of modules, the configuration as it was read),
 * which would stay: a process that then does little seldom collects, and V8 never by itself at this
 * point. Takes some tens of milliseconds, before anything depends on this thread's timing.
 */
export function collectAfterStart(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    collect();
  }, AFTER_MS).unref();
}

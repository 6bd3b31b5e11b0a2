import { openSync, readSync } from 'node:fs';

/**
 * Loaded before the product (`--import`) in each of its processes and threads: `Date` tells another
 * time than the machine does, by as many ms as the file named by DRILL_CLOCK says. A step of the
 * clock for one process tree; monotonic clocks and timers are untouched, as by a real step.
 */

const path = process.env.DRILL_CLOCK;
if (path !== undefined) stepFrom(path);

/** How long the file's number is believed: a step reaches every process within this time. */
const BELIEVED_MS = 2;

function stepFrom(path: string): void {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(32);
  const TrueDate = globalThis.Date;
  let offset_ms = 0;
  let read_at = -Infinity;

  const now = () => {
    if (performance.now() - read_at > BELIEVED_MS) {
      const length = readSync(file, bytes, 0, bytes.length, 0);
      offset_ms = Number(bytes.toString('latin1', 0, length));
      read_at = performance.now();
    }
    return TrueDate.now() + offset_ms;
  };

  globalThis.Date = new Proxy(TrueDate, {
    apply: () => new TrueDate(now()).toString(),
    construct: (target, args, made) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, made),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}

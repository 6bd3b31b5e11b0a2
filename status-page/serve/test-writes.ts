import type { Clock, Log } from '../../model/ports.ts';
import type { NotReady } from '../../model/process-trouble.ts';
import { SECOND } from '../../model/time.ts';
import { notReadyBecause } from '../../store/errors.ts';
import type { InstallationWrites } from '../../store/ports/installation.ts';

const LOOK_EVERY_MS = SECOND;
/** While writing works; else it is tried again at once. */
const WRITE_EVERY_MS = 10 * SECOND;

/** Watches whether what readers and administrators enter can be written. */
export interface TestWrites {
  /** Why it cannot; null while it can. */
  notReady(): NotReady | null;
  stop(): void;
}

/** Writes for a test, because nobody may enter anything for days. */
export function startTestWrites(parts: {
  store: Pick<InstallationWrites, 'testWrite'>;
  clock: Clock;
  log: Log;
}): TestWrites {
  const { store, clock, log } = parts;
  let failure: NotReady | null = null;
  let written_at: number | null = null;
  let is_writing = false;

  async function look() {
    const is_due = written_at === null || clock.monotonic() - written_at >= WRITE_EVERY_MS;
    if (is_writing || (failure === null && !is_due)) return;
    is_writing = true;
    try {
      await store.testWrite();
      failure = null;
      written_at = clock.monotonic();
    } catch (err) {
      if (failure === null) log.error({ err }, 'nothing can be written');
      failure = notReadyBecause(err);
    } finally {
      is_writing = false;
    }
  }
  void look();
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();

  return { notReady: () => failure, stop: () => clearInterval(timer) };
}

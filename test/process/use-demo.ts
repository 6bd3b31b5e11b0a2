import { afterAll, beforeAll } from 'vitest';
import { allOperational, dataFolder, type Installation, startInstallation } from './demo.ts';

/** The demo of a test file: measured and operational before its tests, killed after them. */
export interface RunningDemo {
  readonly now: Installation;
  /** kill -9 of everything, and a new start on the same data. */
  crash(): Promise<void>;
}

export function useDemo(): RunningDemo {
  const folder = dataFolder();
  let running: Installation | null = null;
  beforeAll(async () => {
    running = await startInstallation(folder);
    await allOperational(running.page);
  }, 90_000);
  afterAll(async () => {
    await running?.kill();
    folder.remove();
  });
  return {
    get now() {
      if (!running) throw new Error('the demo did not start');
      return running;
    },
    async crash() {
      await running?.kill();
      running = await startInstallation(folder);
    },
  };
}

import { afterAll, beforeAll } from 'vitest';
import { allOperational } from './ask.ts';
import { dataFolder, type Installation, startInstallation } from './installation.ts';
import { startQuickSite } from './quick-site.ts';

/** The installation of a test file: all well before its tests, killed after them. */
export interface RunningInstallation {
  readonly now: Installation;
  /** kill -9 of everything, and a new start on the same data. */
  crash(): Promise<void>;
}

/** What the demo watches, at the pace of tests. */
export const useQuickSite = () => useInstallation(startQuickSite);

/** The demo as `npm start` runs it, at its own pace. */
export const useDemo = () => useInstallation(startInstallation);

function useInstallation(
  start: (folder: { data_dir: string }) => Promise<Installation>,
): RunningInstallation {
  const folder = dataFolder();
  let running: Installation | null = null;
  beforeAll(async () => {
    running = await start(folder);
    await allOperational(running.page);
  });
  afterAll(async () => {
    await running?.kill();
    folder.remove();
  });
  return {
    get now() {
      if (!running) throw new Error('it did not start');
      return running;
    },
    async crash() {
      await running?.kill();
      running = await start(folder);
    },
  };
}

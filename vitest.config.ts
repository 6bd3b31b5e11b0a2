import { defineConfig } from 'vitest/config';
import { MINUTE, SECOND } from './model/time.ts';
import { LONG } from './test/matrix.ts';

/** Files for which only `npm run test:long` has time. */
const LONG_ONLY = LONG ? [] : ['test/**/*.long.test.ts'];

/**
 * Tests of parts; of what the field sends us in every variation and of real processes together; of
 * the page in a real browser: one group after the other.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['test/**/*.test.ts'],
          exclude: ['test/process/**', 'test/browser/**', 'test/field/**', ...LONG_ONLY],
          // Some wait for real time, and some for other programs.
          maxWorkers: 4,
          testTimeout: 3 * MINUTE,
          hookTimeout: 3 * MINUTE,
          // The machine may be busy: `expect.poll` gives up after this.
          expect: { poll: { timeout: 30 * SECOND } },
        },
      },
      {
        test: {
          name: 'field',
          sequence: { groupOrder: 1 },
          include: ['test/field/**/*.test.ts'],
          exclude: LONG_ONLY,
          maxWorkers: 5,
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
        },
      },
      {
        test: {
          name: 'process',
          // Beside those of the field: these mostly wait, and those mostly compute.
          sequence: { groupOrder: 1 },
          include: ['test/process/**/*.test.ts'],
          exclude: LONG_ONLY,
          // Each file starts a whole installation of its own and mostly waits for slots to come
          // round.
          maxWorkers: 5,
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
        },
      },
      {
        test: {
          name: 'browser',
          sequence: { groupOrder: 2 },
          globalSetup: 'test/browser/build.ts',
          include: ['test/browser/**/*.test.ts'],
          exclude: LONG_ONLY,
          maxWorkers: 2,
          testTimeout: 2 * MINUTE,
          hookTimeout: 2 * MINUTE,
          // The machine may be busy: `expect.poll` gives up after this.
          expect: { poll: { timeout: 30 * SECOND } },
        },
      },
    ],
  },
});

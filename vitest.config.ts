import { defineConfig } from 'vitest/config';

const MINUTE = 60_000;

/**
 * Three kinds of tests: of parts, of real processes together, and of the page in a real browser.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/process/**', 'test/browser/**', 'test/soak/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          // Each file starts a whole installation of its own and mostly waits for slots to come
          // round.
          maxWorkers: 4,
          testTimeout: 5 * MINUTE,
          hookTimeout: 2 * MINUTE,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 2 * MINUTE,
          hookTimeout: 2 * MINUTE,
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';
import { MINUTE, SECOND } from './model/time.ts';
import { LongestFirst } from './test/longest-first.ts';
import { LONG } from './test/matrix.ts';

/** Files for which only `npm run test:long` has time. */
const LONG_ONLY = LONG ? [] : ['test/**/*.long.test.ts'];

/** More files at once than there are cores: many wait for time to pass or for other programs. */
const AT_ONCE = 7;

/** The machine may be busy: `expect.poll` gives up after this. */
const PATIENT = { poll: { timeout: 30 * SECOND } };
const OF_A_PART = { testTimeout: 3 * MINUTE, hookTimeout: 3 * MINUTE, expect: PATIENT };

/** Refuses messages whose facts do not hold. */
const WITNESS = 'test/messages/facts/witness.ts';

const TOGETHER = ['test/process/**', 'test/browser/**', 'test/field/**'];
/** Tests of parts that change or measure what all of their process shares: names, memory, work. */
const APART = [
  'test/platform/**/*.test.ts',
  'test/outside/otlp.test.ts',
  'test/probes/line/local-line.test.ts',
  'test/probes/{exchange-heads,hostile,integrity-inflate,integrity-pdf-large}.test.ts',
];

/**
 * Tests of parts, most of them in shared processes; of what the field sends us in every variation;
 * of real processes; of the page in a real browser. All side by side: those that mostly wait beside
 * those that mostly compute.
 */
export default defineConfig({
  test: {
    maxWorkers: AT_ONCE,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          // Files share the modules that their process has loaded: a seventh of all computing.
          name: 'unit',
          isolate: false,
          setupFiles: ['test/as-found.ts', WITNESS],
          include: ['test/**/*.test.ts'],
          exclude: [...TOGETHER, ...APART, ...LONG_ONLY],
          ...OF_A_PART,
        },
      },
      {
        test: { name: 'apart', setupFiles: [WITNESS], include: APART, ...OF_A_PART },
      },
      {
        test: {
          name: 'field',
          setupFiles: [WITNESS],
          include: ['test/field/**/*.test.ts'],
          exclude: LONG_ONLY,
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
        },
      },
      {
        test: {
          // Each file starts a whole installation of its own and waits for slots to come round.
          name: 'process',
          setupFiles: [WITNESS],
          include: ['test/process/**/*.test.ts'],
          exclude: LONG_ONLY,
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup: 'test/browser/build.ts',
          include: ['test/browser/**/*.test.ts'],
          exclude: LONG_ONLY,
          testTimeout: 2 * MINUTE,
          hookTimeout: 2 * MINUTE,
          expect: PATIENT,
        },
      },
    ],
  },
});

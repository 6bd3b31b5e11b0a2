import { argumentsOrExit } from '../platform/arguments.ts';
import { type Counts, closingLine, NONE, runTool, runVitest, sum, tell } from './running.ts';

/**
 * `npm test`: everything that must hold; stops at the first part that fails, with exit code 1. The
 * last line counts the tests.
 */

/** Both use one core alone. */
const lintAndTypes = async () =>
  sum(
    ...(await Promise.all([
      runTool('biome', ['check', '.']),
      runTool('tsc', ['--singleThreaded']),
    ])),
  );

const PARTS: readonly [part: string, run: () => Promise<Counts>][] = [
  ['lint and types', lintAndTypes],
  ['tests', () => runVitest([])],
];

argumentsOrExit('test');
const start = performance.now();
let counts = NONE;
for (const [part, run] of PARTS) {
  tell(`\n— ${part}`);
  counts = sum(counts, await run());
  const seconds = ((performance.now() - start) / 1_000).toFixed(0);
  tell(`${counts.failed > 0 ? 'FAILED' : 'passed'}: ${part}, ${seconds} s after the start`);
  if (counts.failed > 0) break;
}
tell(closingLine(counts));
process.exit(counts.failed > 0 ? 1 : 0);

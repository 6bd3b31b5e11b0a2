import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../model/vocabulary.ts';
import { LONG, SEED } from '../../matrix.ts';
import { createRandom } from '../../random.ts';
import { isNoticed, judgeKnown } from './spoilt/known.ts';
import { spoiltFieldFiles, spoiltSpecimens } from './spoilt/trials.ts';
import { judgeUnknown, linesOf } from './spoilt/unknown.ts';

/** All kinds of damage come round ten times and more. */
const FILES_PER_FORMAT = LONG ? 500 : 120;
/** A few of each kind. */
const ASK_EVERY = 25;
const MOST_WORK_MS = 200;

describe.each(FORMATS)('%s files spoilt at random', (format) => {
  it('F3 · one that was learned is seen each time, and said where it comes twice', async () => {
    const unseen: string[] = [];
    for (const spoilt of spoiltSpecimens(format, FILES_PER_FORMAT, createRandom(SEED))) {
      const { integrity } = await judgeKnown(spoilt, spoilt.original);
      if (integrity.verdict !== 'corrupt' && integrity.verdict !== 'mismatch') {
        unseen.push(`${spoilt.kind}: ${integrity.verdict}`);
      }
      if (!isNoticed(await judgeKnown(spoilt, spoilt.bytes))) unseen.push(`${spoilt.kind}, twice`);
    }
    expect(unseen, `SEED=${SEED}`).toEqual([]);
  });

  it('those of which nothing is known: never broken and sound, never long', async () => {
    const half = FILES_PER_FORMAT / 2;
    const random = createRandom(SEED);
    const files = [
      ...spoiltSpecimens(format, half, random),
      ...spoiltFieldFiles(format, half, random),
    ];
    const judged = await judgeUnknown(files, ASK_EVERY);
    process.stdout.write(`spoilt, unknown:\n${linesOf(judged).join('\n')}\n`);
    expect(judged.broken_called_sound, `SEED=${SEED}`).toEqual([]);
    expect(judged.longest_ms, `SEED=${SEED}`).toBeLessThanOrEqual(MOST_WORK_MS);
  });
});

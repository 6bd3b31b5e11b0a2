import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { type FileFormat, FORMATS } from '../../../model/vocabulary.ts';
import { specimenFile } from '../../../probes/specimen/index.ts';
import { SEED } from '../../matrix.ts';
import { inspection } from '../../probes/inspection.ts';
import { randomInvoice } from '../../probes/invoices.ts';
import { createRandom } from '../../random.ts';
import { cut, mutate, withoutSpare } from '../../soak/mutations.ts';

const LASTS_MS = 20 * SECOND;

const verdictOf = (format: FileFormat, bytes: Uint8Array) =>
  inspection({ format, bytes, content_length: null, expected: null }).found;

describe.each(FORMATS)('%s files of all kinds', (format) => {
  const random = createRandom(SEED);

  it(
    'are sound as they are, never when cut, and never break the reader',
    () => {
      const end = performance.now() + LASTS_MS;
      let other = specimenFile(format, randomInvoice(random));
      while (performance.now() < end) {
        const file = specimenFile(format, randomInvoice(random));
        expect(verdictOf(format, file), `SEED=${SEED}`).toBe('sound');
        const part = cut(withoutSpare(format, file), random);
        const words = `${part.length} bytes, SEED=${SEED}`;
        expect(verdictOf(format, part), words).not.toBe('sound');
        for (let n = 0; n < 10; n += 1) verdictOf(format, mutate(file, random, other));
        other = file;
      }
    },
    MINUTE,
  );
});

import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { damage } from '../../probes/specimen/damage.ts';
import { specimenFile } from '../../probes/specimen/index.ts';
import { createRandom } from '../random.ts';
import { randomInvoice } from './invoices.ts';

const RUNS = 25;

/** The text that a reader of PDF shows; null when it does not open the file. */
async function textIn(bytes: Uint8Array): Promise<string | null> {
  try {
    const pdf = await getDocumentProxy(Uint8Array.from(bytes));
    return (await extractText(pdf, { mergePages: true })).text;
  } catch {
    return null;
  }
}

describe('a PDF in a drill', () => {
  it('flipped: shows another number to its reader, and is else as it was', async () => {
    const random = createRandom(11);
    for (let run = 0; run < RUNS; run += 1) {
      const invoice = randomInvoice(random);
      const sound = specimenFile('pdf', invoice);
      const [before, after] = [
        await textIn(sound),
        await textIn(damage('pdf', sound, 'flipped', random)),
      ];
      const number = /(?<!\d)\d{20}(?!\d)/.exec(after ?? '')?.[0] ?? '';
      expect(number).not.toBe(invoice.number);
      expect(differences(number, invoice.number)).toBe(1);
      expect(after?.replace(number, invoice.number)).toBe(before);
    }
  });

  it('bit_rot: is opened by no reader, and is one byte from sound', async () => {
    const random = createRandom(12);
    for (let run = 0; run < RUNS; run += 1) {
      const sound = specimenFile('pdf', randomInvoice(random));
      const damaged = damage('pdf', sound, 'bit_rot', random);
      expect(await textIn(damaged)).toBeNull();
      expect(damaged.length).toBe(sound.length);
      expect(sound.filter((byte, at) => byte !== damaged[at])).toHaveLength(1);
    }
  });
});

function differences(one: string, other: string): number {
  return [...one].filter((char, at) => char !== other[at]).length;
}

import type { FieldFiles } from '../field-file.ts';
import { onePage, packed, page, pageText, streamed, streamFile, tableFile } from './writer.ts';

const NOT_FALSE = { verdict: ['sound', 'unjudged'], reason: [null, 'too_large'] } as const;

/** Files that are whole, and more of them than invoices have. */
export const PDF_LARGE: FieldFiles = {
  '110,000 objects': {
    id: 'F2',
    make: () => {
      const more = Object.fromEntries(Array.from({ length: 110_000 }, (_, n) => [6 + n, `[${n}]`]));
      return tableFile({ ...onePage(), ...more });
    },
    should: NOT_FALSE,
  },
  '50,000 pages': { id: 'F2', make: () => pages(50_000), should: NOT_FALSE },
  '3,000 pages': { id: 'F2', make: () => pages(3_000), should: NOT_FALSE },
  'more than 20 MiB': {
    id: 'F2',
    make: () => tableFile({ ...onePage(), 6: streamed('x'.repeat(21 * 2 ** 20)) }),
    should: NOT_FALSE,
  },
  'a page of 200,000 operators': {
    id: 'F2',
    make: () => tableFile(onePage({ 4: packed(pageText() + '0 0 m 9 9 l S\n'.repeat(50_000)) })),
    should: NOT_FALSE,
  },
  '40,000 objects in an object stream': {
    id: 'F2',
    make: () => {
      const more = Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [6 + n, `[${n}]`]));
      return streamFile({ ...onePage(), ...more }, { widths: [1, 4, 2] });
    },
    should: NOT_FALSE,
  },
  'a tree of 400 levels': {
    id: 'F2',
    make: () => {
      const deep = Object.fromEntries(
        Array.from({ length: 400 }, (_, n) => [
          10 + n,
          `<< /Type /Pages /Parent ${n === 0 ? 2 : 9 + n} 0 R /Count 1 ` +
            `/Kids [${n === 399 ? 3 : 11 + n} 0 R] >>`,
        ]),
      );
      return tableFile({
        ...onePage({ 2: '<< /Type /Pages /Kids [10 0 R] /Count 1 >>' }),
        3: page(4).replace('/Parent 2', '/Parent 409'),
        ...deep,
      });
    },
    should: NOT_FALSE,
  },
  'a stream that inflates to 30 MiB': {
    id: 'F2',
    make: () => tableFile({ ...onePage(), 6: packed(Buffer.alloc(30 * 2 ** 20, ' ')) }),
    should: NOT_FALSE,
  },
};

function pages(count: number): Buffer {
  const kids = Array.from({ length: count }, (_, n) => `${6 + n} 0 R`).join(' ');
  const all = Object.fromEntries(Array.from({ length: count }, (_, n) => [6 + n, page(4)]));
  return tableFile({
    ...onePage({ 2: `<< /Type /Pages /Kids [${kids}] /Count ${count} >>` }),
    3: 'null',
    ...all,
  });
}

import type { FileFormat } from '../../model/vocabulary.ts';
import { readZip } from '../integrity/shared/zip.ts';
import { flipNumberOfPdf } from './damage-pdf.ts';
import { zip, zipPart } from './zip.ts';

/**
 * Damage that readers notice, each with its own verdict: `truncated`: cut short; `flipped`: another
 * digit, which digests and sums detect, and in a PDF the number that its reader sees; `bit_rot`: a
 * corrupt byte of the container, in a PDF of its page tree, so that no reader finds the page;
 * `html`: an error page instead of the file.
 */
export const DAMAGES = ['truncated', 'flipped', 'bit_rot', 'html'] as const;
export type Damage = (typeof DAMAGES)[number];

const OFD_PAGE = 'Doc_0/Pages/Page_0/Content.xml';

const ERROR_PAGE = `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>502 Bad Gateway</title></head>
<body><h1>502 Bad Gateway</h1><p>样张 SIMULATED</p></body></html>
`;

/**
 * A damaged copy of a specimen. `random` (0 ≤ r < 1, default: always the middle) selects the
 * position. The verdict of `inspectFile` depends on format and kind only. Throws when the file
 * is not a specimen.
 */
export function damage(
  format: FileFormat,
  bytes: Uint8Array,
  kind: Damage,
  random: () => number = () => 0.5,
): Uint8Array {
  switch (kind) {
    case 'truncated':
      return bytes.slice(0, Math.floor(bytes.length * (0.1 + 0.8 * random())));
    case 'html':
      return Buffer.from(ERROR_PAGE);
    case 'flipped':
      return FLIPS[format](bytes, random);
    case 'bit_rot':
      return ROTS[format](bytes, random);
  }
}

type ApplyDamage = (bytes: Uint8Array, random: () => number) => Uint8Array;

const FLIPS: Record<FileFormat, ApplyDamage> = {
  pdf: flipNumberOfPdf,
  ofd: flipPageOfOfd,
  xml: (bytes, random) => changeDigit(bytes, /(?<=<TotalTax-includedAmount>[\d.]*)\d/g, random),
};

const ROTS: Record<FileFormat, ApplyDamage> = {
  pdf: (bytes, random) => replaceByte(bytes, PAGE_TREE, random),
  ofd: rotDataOfOfd,
  // The bracket of a closing tag inside the root element.
  xml: (bytes, random) => replaceByte(bytes, /<(?=\/(?!EInvoice>))/g, random),
};

/**
 * Where the catalog and the page tree, object 2, name each other: without one of these bytes
 * pdf.js, Poppler, MuPDF and qpdf find no page.
 */
const PAGE_TREE = new RegExp(
  [
    '/(?=Pages 2 0 R)',
    '(?<=/Pages )2(?= 0 R)',
    '(?<=\\n)2(?= 0 obj)',
    '(?<=\\n2 0 )o(?=bj)',
    '(?<=\\n2 0 obj\\n)<(?=<)',
  ].join('|'),
  'g',
);

/**
 * Changes a digit on the page with a matching archive checksum: only the signature's digest detects
 * it.
 */
function flipPageOfOfd(bytes: Uint8Array, random: () => number): Uint8Array {
  const parts = [...readZip(bytes).entries.values()].map(({ name, bytes: content }) =>
    zipPart(
      name,
      name === OFD_PAGE ? changeDigit(content, /(?<=>\xc2\xa5[\d.]*)\d/g, random) : content,
    ),
  );
  return zip(parts, '20260101000000');
}

/** Changes one stored byte of the largest entry. */
function rotDataOfOfd(bytes: Uint8Array, random: () => number): Uint8Array {
  const [largest] = [...readZip(bytes).entries.values()].sort(
    (a, b) => b.bytes.length - a.bytes.length,
  );
  if (largest === undefined) throw new RangeError('bytes: expected a specimen');
  const { from, to } = largest.data;
  const copy = Uint8Array.from(bytes);
  const at = from + Math.floor((to - from) * random());
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}

/** Changes a digit at one of the positions; latin1 preserves UTF-8 bytes. */
function changeDigit(bytes: Uint8Array, places: RegExp, random: () => number): Uint8Array {
  const at = choose(bytes, places, random);
  const copy = Uint8Array.from(bytes);
  copy[at] = 0x30 + (((copy[at] ?? 0) - 0x30 + 1) % 10);
  return copy;
}

/** Replaces a byte at one of the positions by `=`. */
function replaceByte(bytes: Uint8Array, places: RegExp, random: () => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[choose(bytes, places, random)] = 0x3d;
  return copy;
}

function choose(bytes: Uint8Array, places: RegExp, random: () => number): number {
  const text = Buffer.from(bytes).toString('latin1');
  const found = [...text.matchAll(places)];
  const match = found[Math.floor(found.length * random())];
  if (match === undefined) throw new RangeError('bytes: expected a specimen');
  return match.index;
}

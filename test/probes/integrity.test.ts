import { describe, expect, it } from 'vitest';
import { type FileFormat, type FileReason, FORMATS } from '../../model/vocabulary.ts';
import { readZip } from '../../probes/integrity/shared/zip.ts';
import { DAMAGES, type Damage, damage } from '../../probes/specimen/damage.ts';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { zip, zipPart } from '../../probes/specimen/zip.ts';
import { createRandom } from '../random.ts';
import { inspection } from './inspection.ts';
import { randomInvoice } from './invoices.ts';

type Found = FileReason | 'sound';

const NUMBER = '26001234567890123456';
const ISSUED = '20260925120000';
const invoice = specimenInvoice(NUMBER, ISSUED);
const FILES = {
  pdf: specimenFile('pdf', invoice),
  ofd: specimenFile('ofd', invoice),
  xml: specimenFile('xml', invoice),
};

function check(format: FileFormat, bytes: Uint8Array) {
  return inspection({ format, bytes, content_length: null, expected: { number: NUMBER } });
}

function verdict(format: FileFormat, bytes: Uint8Array): Found {
  return check(format, bytes).found;
}

const VERDICTS: Record<Damage, Record<FileFormat, Found>> = {
  truncated: { pdf: 'truncated', ofd: 'truncated', xml: 'truncated' },
  flipped: { pdf: 'number_mismatch', ofd: 'digest_mismatch', xml: 'sums_mismatch' },
  bit_rot: { pdf: 'structure', ofd: 'crc_mismatch', xml: 'not_well_formed' },
  html: { pdf: 'not_a_file', ofd: 'not_a_file', xml: 'not_a_file' },
};

describe('each drill has its verdict', () => {
  const table = DAMAGES.flatMap((kind) =>
    FORMATS.map((format) => ({ kind, format, expected: VERDICTS[kind][format] })),
  );
  it.each(table)('$kind $format: $expected', ({ kind, format, expected }) => {
    const found = check(format, damage(format, FILES[format], kind));
    expect(found).toEqual({ found: expected, where: expect.any(String) });
  });

  it.each(table)('$kind $format: $expected, wherever it strikes', ({ kind, format, expected }) => {
    const random = createRandom(3);
    for (let run = 0; run < 25; run += 1) {
      const invoice = randomInvoice(random);
      const damaged = damage(format, specimenFile(format, invoice), kind, random);
      const { number } = invoice;
      const found = inspection({
        format,
        bytes: damaged,
        content_length: null,
        expected: { number },
      });
      expect(found.found, JSON.stringify(found)).toBe(expected);
    }
  });

  it.each(['flipped', 'bit_rot'] as const)('refuses to call something else %s', (kind) => {
    for (const format of ['pdf', 'xml'] as const) {
      expect(() => damage(format, Buffer.from('hello'), kind)).toThrow('expected a specimen');
    }
  });
});

describe('length and kind', () => {
  it('calls a body shorter than announced truncated, whatever it is', () => {
    for (const format of FORMATS) {
      const bytes = FILES[format].subarray(0, 1);
      const found = inspection({ format, bytes, content_length: 9, expected: null });
      expect(found).toEqual({ found: 'truncated', where: '1 of 9 bytes' });
    }
  });

  it('says how much came, in figures that are no invoice number', () => {
    const request = { format: 'pdf', bytes: FILES.pdf, expected: null } as const;
    expect(inspection({ ...request, content_length: 123_456_789 }).where).toBe(
      `${FILES.pdf.length.toLocaleString('en')} of 123,456,789 bytes`,
    );
  });

  it('calls an empty body truncated if more was announced, else no file', () => {
    const bytes = new Uint8Array();
    const verdictOf = (content_length: number | null) =>
      inspection({ format: 'pdf', bytes, content_length, expected: null }).found;
    expect(verdictOf(10)).toBe('truncated');
    expect(verdictOf(0)).toBe('not_a_file');
    expect(verdictOf(null)).toBe('not_a_file');
  });

  it('does not mind a body longer than announced: encoded answers are', () => {
    const bytes = FILES.pdf;
    expect(inspection({ format: 'pdf', bytes, content_length: 10, expected: null }).found).toBe(
      'sound',
    );
  });

  it.each([
    ['pdf', '{"code":"0"}', 'starts like JSON'],
    ['ofd', '<html></html>', 'starts like HTML'],
    ['xml', '%PDF-1.7', 'starts like PDF'],
    ['xml', ' \n<!DOCTYPE html><html></html>', 'starts like HTML'],
    ['xml', `${' '.repeat(99_999)}<html></html>`, 'starts like HTML'],
    ['xml', ' '.repeat(99_999), 'starts like something else'],
    ['pdf', 'PK\x05\x06', 'starts like ZIP'],
    ['ofd', 'oops', 'starts like something else'],
  ] as const)('%s instead of a file: %s', (format, text, where) => {
    expect(check(format, Buffer.from(text))).toEqual({ found: 'not_a_file', where });
  });

  it('takes no format for another', () => {
    for (const asked of FORMATS) {
      for (const sent of FORMATS) {
        expect(verdict(asked, FILES[sent])).toBe(asked === sent ? 'sound' : 'not_a_file');
      }
    }
  });
});

describe('sound files are never called corrupt', () => {
  it.each(FORMATS)('many specimens as %s', (format) => {
    const random = createRandom(4);
    for (let run = 0; run < 100; run += 1) {
      const one = randomInvoice(random);
      const bytes = specimenFile(format, one);
      const found = inspection({
        format,
        bytes,
        content_length: bytes.length,
        expected: { number: one.number },
      });
      expect(found).toEqual({ found: 'sound', where: null });
    }
  });
});

describe('cut files are never called sound', () => {
  it('an XML cut anywhere in its root element is truncated, or at worst broken', () => {
    const end = FILES.xml.lastIndexOf('>'.charCodeAt(0));
    for (let length = 0; length <= end; length += 1) {
      expect(verdict('xml', FILES.xml.subarray(0, length)), `${length} bytes`).not.toBe('sound');
    }
  });

  it.each(['pdf', 'ofd'] as const)('a %s cut anywhere', (format) => {
    const file = FILES[format];
    const random = createRandom(5);
    // Behind its last character map a PDF has nothing that its readers need.
    const end = format === 'pdf' ? Buffer.from(file).lastIndexOf('endstream') - 60 : file.length;
    const cuts = [
      ...Array.from({ length: 150 }, () => Math.floor(random() * end)),
      ...Array.from({ length: 80 }, (_, index) => end - 1 - index),
    ];
    for (const length of cuts) {
      expect(['truncated', 'not_a_file'], `${length} bytes`).toContain(
        verdict(format, file.subarray(0, length)),
      );
    }
  });
});

/** What a changed byte makes of the parts that lead to the digests. */
const BROKEN_PARTS = ['structure', 'missing_part', 'not_well_formed', 'unknown_kind'];

describe('any byte may go bad', () => {
  it('one byte of a referenced part of an OFD, with the CRC repaired', () => {
    const random = createRandom(6);
    const parts = [...readZip(FILES.ofd).entries.values()].map(({ name, bytes }) =>
      zipPart(name, bytes),
    );
    for (let run = 0; run < 200; run += 1) {
      const victim = Math.floor(random() * 5);
      const damaged = parts.map((part, index) =>
        index === victim ? zipPart(part.name, flipByte(part.bytes, random)) : part,
      );
      const found = check('ofd', zip(damaged, ISSUED));
      expect(['digest_mismatch', ...BROKEN_PARTS], JSON.stringify(found)).toContain(found.found);
      if (victim >= 2) expect(found.found).toBe('digest_mismatch');
    }
  });

  it('one digit of an amount in an XML, by more than rounding may change it', () => {
    const random = createRandom(7);
    const text = Buffer.from(FILES.xml).toString('latin1');
    const names = [
      'Amount',
      'ComTaxAm',
      'TotaltaxIncludedAmount',
      'TotalAmWithoutTax',
      'TotalTaxAm',
      'TotalTax-includedAmount',
    ];
    const amounts = new RegExp(`(?<=<(?:${names.join('|')})>[\\d.]*)\\d`, 'g');
    const places = [...text.matchAll(amounts)].map((match) => match.index);
    expect(places.length).toBeGreaterThan(20);
    for (const place of places) {
      const other = (Number(text.charAt(place)) + 2 + Math.floor(random() * 7)) % 10;
      const changed = Buffer.from(FILES.xml);
      changed.write(String(other), place);
      expect(verdict('xml', changed), `digit at ${place}`).toBe('sums_mismatch');
    }
  });

  it.each(FORMATS)('a %s with random damage gets some verdict, without an exception', (format) => {
    const random = createRandom(8);
    for (let run = 0; run < 400; run += 1) {
      let bytes = FILES[format];
      for (let count = 0; count < 1 + 4 * random(); count += 1) bytes = flipByte(bytes, random);
      if (random() < 0.2) bytes = bytes.slice(Math.floor(random() * 100));
      const { where } = check(format, bytes);
      expect((where ?? '').length).toBeLessThanOrEqual(130);
    }
  });

  it('one byte of the compressed data of an OFD, with the CRC as it was', () => {
    const random = createRandom(9);
    const entries = [...readZip(FILES.ofd).entries.values()];
    for (let run = 0; run < 200; run += 1) {
      const { from, to } = entries[run % entries.length]?.data ?? { from: 0, to: 0 };
      const copy = Uint8Array.from(FILES.ofd);
      // The last byte of compressed data has padding bits that mean nothing.
      const at = from + Math.floor(random() * (to - from - 1));
      copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      expect(verdict('ofd', copy), `byte ${at}`).toBe('crc_mismatch');
    }
  });
});

/** A copy with one byte changed. */
function flipByte(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = Math.floor(random() * copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 + Math.floor(random() * 255));
  return copy;
}

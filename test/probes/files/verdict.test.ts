import { describe, expect, test } from 'vitest';
import type { SpecimenCopy } from '../../../model/specimen.ts';
import type { FileFormat } from '../../../model/vocabulary.ts';
import { failed, succeeded } from '../../../probes/exchange/failure.ts';
import { factDigests, invoiceDigest, sha256Of } from '../../../probes/files/digests.ts';
import { type DownloadVerdict, judgeDownload } from '../../../probes/files/download-verdict.ts';
import { judgeCopy } from '../../../probes/files/judge-copy.ts';
import { inspectFile } from '../../../probes/integrity/index.ts';
import { DAMAGES, damage } from '../../../probes/specimen/damage.ts';
import { specimenFile, specimenInvoice } from '../../../probes/specimen/index.ts';

const NUMBER = '25000000000000000001';
const OTHER = '25000000000000000002';
const KEY = 'installation';
const fileOf = (format: FileFormat, number = NUMBER) =>
  specimenFile(format, specimenInvoice(number, '20250101090000'));

/** What is known once this file was learned. */
async function knownAs(format: FileFormat, bytes: Uint8Array): Promise<SpecimenCopy> {
  const { facts, notes } = inspectFile({ format, bytes, content_length: null, expected: null });
  return {
    invoice: invoiceDigest({ key: KEY, check: 'download', format, invoice: NUMBER }),
    format,
    sha256: await sha256Of(bytes),
    size: bytes.length,
    facts: factDigests(facts, KEY),
    notes,
  };
}

interface Delivered {
  format: FileFormat;
  known: SpecimenCopy | null;
  /** The copies that the system delivers, in order; null: it delivers none. */
  copies: (Uint8Array | null)[];
  number?: string | null;
  complete?: boolean;
  over_limit?: boolean;
}

/** The verdict, and how many copies were fetched. */
async function judged(delivered: Delivered): Promise<DownloadVerdict & { fetched: number }> {
  const { format, known, copies, number = NUMBER } = delivered;
  const { complete = true, over_limit = false } = delivered;
  let fetched = 0;
  function next() {
    const bytes = copies[fetched];
    fetched += 1;
    if (!bytes) return failed('timeout', 'timeout_transfer', 'deadline reached');
    return succeeded({
      bytes: Uint8Array.from(bytes),
      content_length: bytes.length,
      complete,
      over_limit,
      number,
      invoice: NUMBER,
    });
  }
  const first = next();
  if (!first.ok) throw new Error('a first copy is needed');
  const verdict = await judgeDownload({
    check: 'download',
    format,
    key: KEY,
    known: known ? [known] : [],
    first: first.value,
    again: async () => next(),
    judge: judgeCopy,
  });
  return { ...verdict, fetched };
}

describe('a file of which none is known', () => {
  test('is fetched once, judged by what is in it, and may be learned', async () => {
    const xml = fileOf('xml');
    const verdict = await judged({ format: 'xml', known: null, copies: [xml] });
    expect(verdict).toMatchObject({ fetched: 1, integrity: { verdict: 'sound' }, notes: [] });
    expect(verdict.integrity.checked).not.toBe('bytes');
    expect(verdict.file?.sha256).toBe(await sha256Of(xml));
  });

  test('is learned by its link where the number is not known, and never when damaged', async () => {
    const unnamed = { format: 'xml', known: null, copies: [fileOf('xml')], number: null } as const;
    const { file } = await judged({ ...unnamed, copies: [...unnamed.copies] });
    expect(file?.facts.number).not.toBeNull();
    const html = await judged({ format: 'xml', known: null, copies: [Buffer.from('<html>')] });
    expect(html).toMatchObject({ integrity: { verdict: 'corrupt' }, file: null });
  });

  test('cut short is corrupt without being read', async () => {
    const cut = await judged({
      format: 'xml',
      known: null,
      copies: [fileOf('xml')],
      complete: false,
    });
    expect(cut).toMatchObject({ fetched: 1, integrity: { reason: 'truncated' }, file: null });
  });

  test('longer than we read is not judged', async () => {
    const long = await judged({
      format: 'xml',
      known: null,
      copies: [fileOf('xml')],
      over_limit: true,
    });
    const integrity = { verdict: 'unjudged', checked: 'none', reason: 'too_large' };
    expect(long).toMatchObject({ fetched: 1, integrity, file: null });
  });
});

describe.for<FileFormat>(['pdf', 'ofd', 'xml'])('F3: a known %s', (format) => {
  test('is sound by its bytes and not read again', async () => {
    const bytes = fileOf(format);
    const known = await knownAs(format, bytes);
    expect(await judged({ format, known, copies: [bytes] })).toEqual({
      integrity: { format, verdict: 'sound', checked: 'bytes', reason: null, where: null },
      notes: [],
      file: known,
      fetched: 1,
    });
  });

  test('with any byte changed, once, is corrupt: two copies differ', async () => {
    const bytes = fileOf(format);
    const known = await knownAs(format, bytes);
    for (let nth = 1; nth <= 20; nth += 1) {
      const damaged = Uint8Array.from(bytes);
      const at = Math.floor((bytes.length * nth) / 21);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      const verdict = await judged({ format, known, copies: [damaged, bytes] });
      expect(verdict.integrity.verdict, `byte ${at}`).toMatch(/corrupt|mismatch/);
      expect(verdict).toMatchObject({ fetched: 2, file: null });
    }
  });

  test.for(DAMAGES)('damaged by the drill %s, every time, is bad by its bytes', async (kind) => {
    const known = await knownAs(format, fileOf(format));
    const damaged = damage(format, fileOf(format), kind);
    const { integrity, file } = await judged({ format, known, copies: [damaged, damaged] });
    expect(integrity.verdict).toMatch(/^(corrupt|mismatch)$/);
    expect({ checked: integrity.checked, file }).toEqual({ checked: 'bytes', file: null });
  });

  test('with any byte changed, every time, is bad or noted as updated', async () => {
    const bytes = fileOf(format);
    const known = await knownAs(format, bytes);
    for (let nth = 1; nth <= 40; nth += 1) {
      const damaged = Uint8Array.from(bytes);
      const at = Math.floor((bytes.length * nth) / 41);
      damaged[at] = (damaged[at] ?? 0) ^ 0x04;
      const { integrity, notes } = await judged({ format, known, copies: [damaged, damaged] });
      const seen = integrity.verdict !== 'sound' || notes.includes('file_updated');
      expect(seen, `byte ${at}`).toBe(true);
    }
  });
});

describe('a known file of which other bytes come', () => {
  test('twice the same that say the same are a new edition, and learned', async () => {
    const known = await knownAs('xml', fileOf('xml'));
    const updated = Buffer.concat([fileOf('xml'), Buffer.from('<!-- sealed again -->')]);
    const verdict = await judged({ format: 'xml', known, copies: [updated, updated] });
    expect(verdict).toMatchObject({
      fetched: 2,
      integrity: { verdict: 'sound', reason: null },
      notes: ['file_updated'],
      file: { sha256: await sha256Of(updated), invoice: known.invoice, facts: known.facts },
    });
  });

  test.for<FileFormat>(['pdf', 'ofd', 'xml'])(
    'a %s of another invoice, twice, is a mismatch',
    async (format) => {
      const known = await knownAs(format, fileOf(format));
      const other = fileOf(format, OTHER);
      const verdict = await judged({ format, known, copies: [other, other] });
      expect(verdict.integrity).toMatchObject({ verdict: 'mismatch', checked: 'bytes' });
      expect(verdict.file).toBeNull();
    },
  );

  test('what is odd about a known file stays odd while its bytes stay', async () => {
    const appended = Buffer.concat([fileOf('pdf'), Buffer.alloc(2_000, 'x')]);
    const { notes, file } = await judged({ format: 'pdf', known: null, copies: [appended] });
    expect(notes).toEqual(['bytes_appended']);
    const again = await judged({ format: 'pdf', known: file, copies: [appended] });
    expect(again).toMatchObject({ integrity: { checked: 'bytes' }, notes: ['bytes_appended'] });
  });

  test('two different unknown copies are corrupt', async () => {
    const known = await knownAs('xml', fileOf('xml'));
    const copies = ['<!-- 1 -->', '<!-- 2 -->'].map((tail) =>
      Buffer.concat([fileOf('xml'), Buffer.from(tail)]),
    );
    expect(await judged({ format: 'xml', known, copies })).toMatchObject({
      integrity: { verdict: 'corrupt', checked: 'bytes', reason: 'copies_differ' },
      file: null,
    });
  });

  test('that cannot be fetched again is judged as if none were known', async () => {
    const known = await knownAs('xml', fileOf('xml'));
    const other = Buffer.concat([fileOf('xml'), Buffer.from('<!-- 1 -->')]);
    const verdict = await judged({ format: 'xml', known, copies: [other, null] });
    expect(verdict).toMatchObject({ fetched: 2, integrity: { verdict: 'sound' }, notes: [] });
    expect(verdict.integrity.checked).not.toBe('bytes');
  });

  test('an error page, twice, is said to be one', async () => {
    const known = await knownAs('xml', fileOf('xml'));
    const page = Buffer.from('<!DOCTYPE html><html><title>502</title></html>');
    expect(await judged({ format: 'xml', known, copies: [page, page] })).toMatchObject({
      integrity: { verdict: 'corrupt', checked: 'bytes', reason: 'not_a_file' },
    });
  });
});

test('digests of facts tell neither number nor amounts, and differ between installations', () => {
  const facts = { number: NUMBER, amounts: ['113.00', '100.00'], text: '发票' };
  const digests = factDigests(facts, KEY);
  expect(JSON.stringify(digests)).not.toContain(NUMBER);
  expect(digests).toEqual(factDigests({ ...facts, amounts: ['100.00', '113.00'] }, KEY));
  expect(digests.number).not.toBe(factDigests(facts, 'another').number);
  expect(factDigests({ number: null, amounts: [], text: null }, KEY)).toEqual({
    number: null,
    amounts: null,
    text: null,
  });
});

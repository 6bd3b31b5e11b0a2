import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../model/time.ts';
import { type CopyRequest, judgeCopy } from '../../../probes/files/judge-copy.ts';
import { oneAtATime, opensInPdfJs } from '../../../probes/files/second-reader.ts';
import { inspectFile, judgeFile } from '../../../probes/integrity/index.ts';
import { judgeInThread } from '../../../probes/line/files-thread.ts';
import { damage } from '../../../probes/specimen/damage.ts';
import { specimenFile, specimenInvoice } from '../../../probes/specimen/index.ts';
import { hostileFiles } from '../hostile-files.ts';
import { ONE_PAGE, tablePdf } from '../pdf-builder.ts';

const NUMBER = '25000000000000000001';
const PDF = specimenFile('pdf', specimenInvoice(NUMBER, '20250101090000'));

function asked(bytes: Uint8Array): CopyRequest {
  const expected = { number: NUMBER };
  return { format: 'pdf', bytes, content_length: null, expected, known: null, key: 'test' };
}

/** A copy with every match replaced by as many bytes. */
function changed(bytes: Uint8Array, from: RegExp, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  expect(text).toMatch(from);
  return Buffer.from(text.replaceAll(from, to), 'latin1');
}

describe('the second reader, pdf.js', () => {
  test('opens a sound file, and one whose startxref is off', async () => {
    expect(await opensInPdfJs(PDF)).toBe(true);
    expect(await opensInPdfJs(changed(PDF, /(?<=startxref\n)\d/g, '0'))).toBe(true);
  });

  test('opens neither a page of HTML, nor half a file, nor one without a trailer', async () => {
    expect(await opensInPdfJs(Buffer.from('%PDF-1.7\n<html>'))).toBe(false);
    expect(await opensInPdfJs(PDF.slice(0, PDF.length / 2))).toBe(false);
    expect(await opensInPdfJs(changed(PDF, /(?<=\n)trailer(?=\n)/g, '=railer'))).toBe(false);
  });
});

describe('a second reader that gives no answer', () => {
  const hanging = new URL('./hanging-worker.ts', import.meta.url);

  test('is ended at its limit, and what it should have decided is unjudged', async () => {
    const start = performance.now();
    const asked_of_it = opensInPdfJs(PDF, { url: hanging, limit_ms: 300 });
    await expect(asked_of_it).rejects.toThrow('took too long');
    expect(performance.now() - start).toBeLessThan(20_000);
    const bytes = damage('pdf', PDF, 'bit_rot');
    const request = { format: 'pdf', bytes, content_length: null, expected: null } as const;
    expect(inspectFile(request).integrity.reason).toBe('structure');
    const pdf = (it: Uint8Array) => opensInPdfJs(it, { url: hanging, limit_ms: 300 });
    const { integrity } = await judgeFile(request, { pdf });
    expect(integrity).toMatchObject({ verdict: 'unjudged', reason: 'no_second_reader' });
  });
});

describe('a damaged file that decodes to more than pdf.js may be given', () => {
  const content = deflateSync(Buffer.alloc(9000, 'q Q '));
  content.writeUInt32BE(1, content.length - 4);
  const bomb = (length: number) => deflateSync(Buffer.alloc(length, ' '));
  const packed = (data: Uint8Array, entries: string) =>
    `<< ${entries} /Length ${data.length} >>\nstream\n${Buffer.from(data).toString('latin1')}` +
    '\nendstream';
  const flate = '/Filter /FlateDecode';

  test.each([
    ['one stream that no page needs', packed(bomb(70_000_000), flate), 'null'],
    ['a bomb in a bomb', packed(deflateSync(bomb(70_000_000)), '/Filter [/Fl /Fl]'), 'null'],
    ['a filter elsewhere', packed(bomb(70_000_000), '/Filter 6 0 R'), '/FlateDecode'],
    [
      'a small one in many places',
      packed(bomb(9_000_000), flate),
      `<< /Contents [${'5 0 R '.repeat(9)}] >>`,
    ],
    ['a filter that is not found', packed(bomb(9), '/Filter 7 0 R'), 'null'],
    [
      'a picture of many pixels',
      packed(bomb(9), `${flate} /Subtype /Image /Width 30000 /Height 30000`),
      'null',
    ],
  ])('%s', async (_, extra, other) => {
    const bytes = tablePdf({ ...ONE_PAGE, 4: packed(content, flate), 5: extra, 6: other });
    const pdf = () => Promise.reject(new Error('asked'));
    const request = { format: 'pdf', bytes, content_length: null, expected: null } as const;
    expect(inspectFile(request).integrity.reason).toBe('stream');
    const { integrity } = await judgeFile(request, { pdf });
    expect(integrity).toMatchObject({ verdict: 'unjudged', checked: 'none', reason: 'too_large' });
  });

  test('not one whose streams are small', async () => {
    const extra = packed(bomb(9_000_000), '/Filter 6 0 R');
    const objects = { ...ONE_PAGE, 4: packed(content, flate), 5: extra, 6: '/FlateDecode' };
    const request = { ...asked(tablePdf(objects)), expected: null };
    const { integrity } = await judgeFile(request, { pdf: () => Promise.resolve(false) });
    expect(integrity).toMatchObject({ verdict: 'corrupt', reason: 'stream' });
  });
});

test('second readers are asked one after the other, also after one that failed', async () => {
  let under_way = 0;
  const ask = oneAtATime(async ({ length }) => {
    under_way += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const alone = under_way === 1;
    under_way -= 1;
    if (length === 0) throw new Error('no answer');
    return alone;
  });
  const asked = [1, 0, 1, 1].map((length) => ask(new Uint8Array(length)));
  expect(await Promise.allSettled(asked)).toMatchObject([
    { value: true },
    { status: 'rejected' },
    { value: true },
    { value: true },
  ]);
});

test('a new edition whose text we do not read to its end contradicts nothing', async () => {
  const long = hostileFiles().find(
    ({ format, name }) => format === 'pdf' && name === 'texts of one letter',
  );
  const bytes = long?.bytes ?? new Uint8Array();
  const known = { number: 'a', amounts: 'b', text: 'c' };
  const { integrity } = await judgeCopy({ ...asked(bytes), known });
  expect(integrity).toMatchObject({ verdict: 'unjudged', checked: 'none', reason: 'too_large' });
});

describe('the thread that reads files', () => {
  test('judges files one after another, and takes their bytes without taking others', async () => {
    const judge = judgeInThread(systemClock);
    const pooled = Buffer.from('<html>not a file');
    const [sound, repaired, html] = await Promise.all([
      judge(asked(PDF.slice())),
      judge(asked(changed(PDF, /(?<=startxref\n)\d/g, '0'))),
      judge(asked(pooled)),
    ]);
    expect(sound.integrity).toMatchObject({ verdict: 'sound', reason: null });
    expect(repaired.integrity).toMatchObject({ verdict: 'sound', reason: null });
    expect(html.integrity).toMatchObject({ verdict: 'corrupt', reason: 'not_a_file' });
    expect(pooled.toString()).toBe('<html>not a file');
  });

  test("that dies leaves the file unjudged, which is nobody's fault but ours", async () => {
    const judge = judgeInThread(systemClock, new URL('./fixture-worker.ts', import.meta.url));
    const { integrity } = await judge(asked(PDF.slice()));
    expect(integrity).toEqual({
      format: 'pdf',
      verdict: 'unjudged',
      checked: 'none',
      reason: 'judging_failed',
      where: null,
    });
  });
});

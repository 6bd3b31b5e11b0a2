import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../probes/integrity/index.ts';
import { edit, ONE_PAGE, tablePdf } from './pdf-builder.ts';

/** Of the processor; four times what is meant, for processors that are slow and busy. */
const MOST_CPU_MS = 800;

function check(bytes: Uint8Array): string {
  const before = process.threadCpuUsage();
  const { integrity } = inspectFile({
    format: 'pdf',
    bytes,
    content_length: null,
    expected: { number: '26001234567890123456' },
  });
  const used = process.threadCpuUsage(before);
  expect((used.user + used.system) / 1_000).toBeLessThan(MOST_CPU_MS);
  return integrity.reason ?? integrity.verdict;
}

/** Numbered without a gap: what is not said is null. */
function pdf(objects: Record<number, string>): Buffer {
  const last = Math.max(...Object.keys(objects).map(Number));
  const all = Array.from({ length: last }, (_, index) => [index + 1, objects[index + 1] ?? 'null']);
  return tablePdf(Object.fromEntries(all));
}

function withPages(count: number, page: string): Record<number, string> {
  const kids = Array.from({ length: count }, (_, index) => `${index + 10} 0 R`).join(' ');
  const pages = Array.from({ length: count }, (_, index) => [index + 10, page]);
  const tree = `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`;
  return { ...ONE_PAGE, 2: tree, ...Object.fromEntries(pages) };
}

function withPicture(data: Buffer, entries: string): Buffer {
  const text = data.toString('latin1');
  return pdf({
    ...ONE_PAGE,
    3: '<< /Type /Page /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>',
    5: `<< /Subtype /Image ${entries} /Length ${data.length} >>\nstream\n${text}\nendstream`,
  });
}

describe('F2: large files are sound, or too large to check', () => {
  it('110,000 objects, with a cross-reference and without', () => {
    const objects = Array.from({ length: 110_000 }, (_, index) => [index + 5, `<< /A ${index} >>`]);
    const file = pdf({ ...ONE_PAGE, ...Object.fromEntries(objects) });
    expect(check(file)).toBe('sound');
    expect(check(edit(file, /startxref\n\d+/, 'startxref\n0'))).toBe('sound');
  });

  it('5,000 pages, and 50,000', () => {
    const page = '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] >>';
    expect(check(pdf(withPages(5_000, page)))).toBe('sound');
    expect(['sound', 'too_large']).toContain(check(pdf(withPages(50_000, page))));
  });

  it('a picture of 30 MB', () => {
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(30_000_000, 'x')]);
    expect(check(withPicture(jpeg, '/Filter /DCTDecode'))).toBe('sound');
    const flat = deflateSync(Buffer.alloc(30_000_000, 'abc'));
    expect(check(withPicture(flat, '/Filter /FlateDecode'))).toBe('sound');
  });

  it('contents that inflate beyond measure', () => {
    const data = deflateSync(Buffer.alloc(60_000_000, 'q Q '));
    const text = data.toString('latin1');
    const entries = `/Filter /FlateDecode /Length ${data.length}`;
    const file = pdf({ ...ONE_PAGE, 4: `<< ${entries} >>\nstream\n${text}\nendstream` });
    expect(check(file)).toBe('too_large');
  });

  it('deep nesting', () => {
    const nested = (depth: number) =>
      pdf({ ...ONE_PAGE, 3: `<< /Type /Page /X ${'['.repeat(depth)}${']'.repeat(depth)} >>` });
    expect(check(nested(400))).toBe('sound');
    expect(check(nested(100_000))).toBe('too_large');
  });

  it('circles of references, of cross-references and of pages', () => {
    expect(check(pdf({ ...ONE_PAGE, 1: '2 0 R', 2: '1 0 R' }))).toBe('structure');
    expect(check(pdf({ ...ONE_PAGE, 2: '<< /Kids [2 0 R] /Count 1 >>' }))).toBe('structure');
    const file = pdf(ONE_PAGE);
    const start = /startxref\n(\d+)/.exec(file.toString('latin1'))?.[1];
    expect(check(edit(file, '/Size', `/Prev ${start} /Size`))).toBe('sound');
  });

  it('thousands of objects that share one long text', () => {
    const count = 1_500;
    // Each header hides in the comment that the one before it began.
    const headers = Array.from({ length: count }, (_, index) => `${index + 10} 0 obj %`);
    const kids = Array.from({ length: count }, (_, index) => `${index + 10} 0 R`).join(' ');
    const start = pdf({ ...ONE_PAGE, 2: `<< /Kids [${kids}] /Count ${count} >>` });
    const body = start.subarray(0, start.indexOf('xref\n')).toString('latin1');
    const shared = `${headers.join('')}\n<< ${'/A 1 '.repeat(200_000)} >>\n`;
    const rows: string[] = [];
    for (let at = body.length, index = 0; index < count; index += 1) {
      rows.push(`${String(at).padStart(10, '0')} 00000 n \n`);
      at += headers[index]?.length ?? 0;
    }
    const table = start.subarray(start.indexOf('xref\n')).toString('latin1');
    const file =
      body +
      shared +
      table
        .replace('trailer', `10 ${count}\n${rows.join('')}trailer`)
        .replace(/startxref\n\d+/, `startxref\n${body.length + shared.length}`);
    expect(check(Buffer.from(file, 'latin1'))).toBe('too_large');
  });
});

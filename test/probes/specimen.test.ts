import { createHash } from 'node:crypto';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../model/vocabulary.ts';
import { readZip } from '../../probes/integrity/shared/zip.ts';
import { specimenCharacters } from '../../probes/specimen/characters.ts';
import { FONT, glyphOf, textWidth } from '../../probes/specimen/font/font.ts';
import {
  SPECIMEN_MARK,
  SPECIMEN_REGION_CODE,
  specimenFile,
  specimenInvoice,
} from '../../probes/specimen/index.ts';
import { layout } from '../../probes/specimen/layout.ts';
import { amountInWords, yuan } from '../../probes/specimen/money.ts';
import { createRandom } from '../random.ts';
import { randomInvoice } from './invoices.ts';

const NUMBER = '26001234567890123456';
const ISSUED = '20260925120000';
const invoice = specimenInvoice(NUMBER, ISSUED);

describe('specimenInvoice', () => {
  it('follows from the number alone but for the date', () => {
    const later = specimenInvoice(NUMBER, '20261231235959');
    expect(later).toEqual({ ...invoice, issued: '20261231235959' });
    expect(specimenInvoice('26001234567890123457', ISSUED)).not.toMatchObject({
      lines: invoice.lines,
    });
  });

  it('adds up to the fen, for many numbers', () => {
    const random = createRandom(1);
    for (let run = 0; run < 500; run += 1) {
      const one = randomInvoice(random);
      const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
      expect(sum(one.lines.map((line) => line.amount_fen))).toBe(one.amount_fen);
      expect(sum(one.lines.map((line) => line.tax_fen))).toBe(one.tax_fen);
      expect(one.amount_fen + one.tax_fen).toBe(one.total_fen);
      for (const line of one.lines) {
        expect(line.quantity * line.unit_price_fen).toBe(line.amount_fen);
      }
    }
  });

  it('names nobody real', () => {
    for (const party of [invoice.seller, invoice.buyer]) {
      expect(party.name).toMatch(/^样张.*（模拟）.$/);
      expect(party.tax_id).toMatch(/^00SPECIMEN\d{8}$/);
    }
    expect(invoice.remark).toContain(SPECIMEN_MARK);
  });

  it.each([
    ['2600123456789012345', ISSUED, 'number: expected 20 digits'],
    [NUMBER, '2026-09-25', 'issued: expected yyyyMMddHHmmss'],
    [NUMBER, '20261325120000', 'issued: expected yyyyMMddHHmmss'],
    [NUMBER, '20260925250000', 'issued: expected yyyyMMddHHmmss'],
  ])('refuses %s %s', (number, issued, message) => {
    expect(() => specimenInvoice(number, issued)).toThrow(message);
  });
});

describe('amounts', () => {
  it.each([
    [0, '零圆整', '0.00'],
    [5, '伍分', '0.05'],
    [50, '伍角整', '0.50'],
    [100, '壹圆整', '1.00'],
    [107, '壹圆零柒分', '1.07'],
    [1_010, '壹拾圆壹角整', '10.10'],
    [100_500, '壹仟零伍圆整', '1005.00'],
    [334_950, '叁仟叁佰肆拾玖圆伍角整', '3349.50'],
    [10_000_000, '壹拾万圆整', '100000.00'],
    [10_000_100, '壹拾万零壹圆整', '100001.00'],
    [100_000_000_00, '壹亿圆整', '100000000.00'],
    [100_010_000_00, '壹亿零壹万圆整', '100010000.00'],
    [1_020_304_05, '壹佰零贰万零叁佰零肆圆零伍分', '1020304.05'],
  ])('%i fen is %s', (fen, words, figures) => {
    expect(amountInWords(fen)).toBe(words);
    expect(yuan(fen)).toBe(figures);
  });
});

describe('the font', () => {
  it('has a glyph for every character a specimen can show, and no other', () => {
    const characters = [...specimenCharacters()];
    for (const char of characters) expect(glyphOf(char)).toBeGreaterThan(0);
    expect(FONT.glyphs.size).toBe(characters.length);
  });

  it('keeps every text within the margins', () => {
    const random = createRandom(2);
    for (let run = 0; run < 100; run += 1) {
      // Throws if a character has no glyph.
      for (const shape of layout(randomInvoice(random)).shapes) {
        if (shape.kind !== 'text' || shape.turned !== 0) continue;
        expect(shape.x).toBeGreaterThanOrEqual(8);
        expect(shape.x + textWidth(shape.text, shape.size), shape.text).toBeLessThanOrEqual(202);
      }
    }
  });
});

describe('specimenFile', () => {
  it.each(FORMATS)('writes the same %s for the same invoice, at most 60 kB', (format) => {
    const bytes = specimenFile(format, invoice);
    expect(bytes.length).toBeLessThan(60_000);
    expect(Buffer.from(bytes).equals(specimenFile(format, { ...invoice }))).toBe(true);
  });

  it('writes a PDF that pdf.js reads', async () => {
    const pdf = await getDocumentProxy(Uint8Array.from(specimenFile('pdf', invoice)));
    const { totalPages, text } = await extractText(pdf, { mergePages: true });
    const { info } = await getMeta(pdf);
    expect(totalPages).toBe(1);
    expect(text).toContain(SPECIMEN_MARK);
    expect(text).toContain('电子发票（普通发票）');
    expect(text).toContain(NUMBER);
    expect(text).toContain('2026年09月25日');
    expect(text).toContain(invoice.seller.name);
    expect(text).toContain(`¥${yuan(invoice.total_fen)}`);
    expect(text).toContain(amountInWords(invoice.total_fen));
    expect(info.Title).toBe(`${SPECIMEN_MARK} ${NUMBER}`);
  });

  it('writes an XML that says it is simulated', () => {
    const text = Buffer.from(specimenFile('xml', invoice)).toString();
    expect(text).toContain(`<EIid>${NUMBER}</EIid>`);
    expect(text).toContain(`<Remark>${invoice.remark}</Remark>`);
    expect(text).toContain(`<TaxBureauCode>${SPECIMEN_REGION_CODE}</TaxBureauCode>`);
  });

  it('writes an OFD whose signature covers at least 95 % of its content with SM3', () => {
    const { entries } = readZip(specimenFile('ofd', invoice));
    const signature = Buffer.from(
      entries.get('Doc_0/Signs/Sign_0/Signature.xml')?.bytes ?? [],
    ).toString();
    expect(signature).toContain('CheckMethod="1.2.156.10197.1.401"');
    expect(signature).toContain('TEST key');
    let covered = 0;
    let total = 0;
    for (const { name, bytes } of entries.values()) {
      const digest = createHash('sm3').update(bytes).digest('base64');
      total += bytes.length;
      if (signature.includes(`FileRef="/${name}"><ofd:CheckValue>${digest}<`))
        covered += bytes.length;
    }
    expect(covered / total).toBeGreaterThanOrEqual(0.95);
    expect(
      Buffer.from(entries.get('Doc_0/Pages/Page_0/Content.xml')?.bytes ?? []).toString(),
    ).toContain(`>${SPECIMEN_MARK}</ofd:TextCode>`);
  });
});

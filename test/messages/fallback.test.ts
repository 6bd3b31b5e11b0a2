import { describe, expect, test } from 'vitest';
import { createWords } from '../../messages/catalogue.ts';
import { languageName, nameIn } from '../../messages/fallback.ts';
import { type Catalogues, createText } from '../../messages/text.ts';
import type { Localized } from '../../model/vocabulary.ts';

const ZONE = 'Asia/Shanghai';

describe('a message that a language lacks', () => {
  const catalogues: Catalogues<'slow' | 'function' | 'pair' | 'count'> = {
    'zh-CN': { slow: '{what}慢', function: '下载', pair: '{a}：{b}', count: '{n} 张' },
    en: { slow: '{what} slow', count: '{n} {n|invoice|invoices}' },
  };
  const english = createText(catalogues, 'en');

  test('is said in the first language that has it, with its name', () => {
    expect(english('function')).toBe('下载〔中文〕');
    expect(createText({ en: { only: 'Only here' } }, 'zh-CN')('only')).toBe('Only here〔English〕');
  });

  test('carries one tag, however many parts of it are borrowed', () => {
    const chinese_only = createText({ 'zh-CN': catalogues['zh-CN'] ?? {} }, 'en');
    expect(chinese_only('slow', { what: chinese_only('function') })).toBe('下载慢〔中文〕');
    expect(english('slow', { what: english('function') })).toBe('下载〔中文〕 slow');
  });

  test('carries none without a word of its own, unless what it joins does', () => {
    expect(english('pair', { a: 'A', b: 'B' })).toBe('A：B');
    expect(english('pair', { a: '上传〔中文〕', b: '下载〔中文〕' })).toBe('上传：下载〔中文〕');
  });

  test('is an error where nobody says it', () => {
    expect(() => createText<'nowhere'>({}, 'en')('nowhere')).toThrow(
      'No language has the message nowhere',
    );
  });

  test('never shows in a language that has it', () => {
    expect(english('count', { n: 1 })).toBe('1 invoice');
  });
});

describe('a name', () => {
  const words = createWords({ locale: 'en', zone: ZONE, now: () => 0 });

  test('is read in the language, or visibly in another', () => {
    expect(words.name({ 'zh-CN': '北京', en: 'Beijing' })).toBe('Beijing');
    expect(nameIn('en', { 'zh-CN': '北京' } as Localized)).toBe('北京〔中文〕');
    expect(nameIn('zh-CN', { 'zh-CN': '', en: 'Beijing' })).toBe('Beijing〔English〕');
    expect(nameIn('ja', { 'zh-CN': '北京', en: 'Beijing', ja: '北京市' })).toBe('北京市');
    expect(nameIn('ja', { 'zh-CN': '北京', en: 'Beijing' })).toBe('北京〔中文〕');
  });

  test('of a language that is no longer spoken is still there', () => {
    expect(nameIn('en', { ko: '베이징' } as unknown as Localized)).toBe('베이징〔한국어〕');
    expect(nameIn('en', {} as Localized)).toBe('');
  });
});

test('languages are called what they call themselves', () => {
  expect(['zh-CN', 'en', 'ja', 'zh-TW', 'pt-BR'].map(languageName)).toEqual([
    '中文',
    'English',
    '日本語',
    '中文（台灣）',
    'português',
  ]);
});

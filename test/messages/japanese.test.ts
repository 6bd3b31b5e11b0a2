import { describe, expect, test } from 'vitest';
import { createFill } from '../../messages/fill.ts';
import { FILES, ROOT } from '../tidy/repository.ts';
import { japaneseFaults, SIMPLIFIED_ONLY } from './japanese-text.ts';

const JAPANESE_FILES = FILES.filter((path) => /^(messages|channels)\/.*\bja\b.*\.ts$/.test(path));
const fill = createFill('ja');
const VALUES = [
  '3',
  '99.99%',
  'ERP',
  '北京',
  '11月21日\u0028土\u0029 14:32',
  '北京（模擬）',
  '+3秒',
];

const IN_JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

async function messagesOf(file: string): Promise<[key: string, message: string][]> {
  return Object.entries((await import(`${ROOT}/${file}`)).default);
}

/** With every kind of value, each placeholder of a message having another one than the next. */
describe('every Japanese message has the marks, spaces and characters of Japanese', () => {
  test('in the files there are', () => {
    expect(JAPANESE_FILES.length).toBe(23);
  });

  test.each(JAPANESE_FILES)('in %s', async (file) => {
    const faults = (await messagesOf(file))
      // Others have nothing but what is put in.
      .filter(([key, message]) => !key.endsWith('separator') && IN_JAPANESE.test(message))
      .flatMap(([key, message]) => {
        const names = [...message.matchAll(/\{(\w+)/g)].map(([, name = '']) => name);
        return [0, 1, 3].flatMap((step) =>
          VALUES.map((_, first) => {
            const values = names.map((name, i) => [
              name,
              VALUES[(first + step * i) % VALUES.length] ?? '',
            ]);
            const text = fill(message, Object.fromEntries(values));
            return `${key}: ${text}: ${japaneseFaults(text).join()}`;
          }),
        );
      });
    expect(faults.filter((it) => !it.endsWith(': '))).toEqual([]);
  });

  test.each(JAPANESE_FILES)('and sentences that end like the Chinese ones, in %s', async (file) => {
    const chinese = new Map(await messagesOf(file.replace(/\bja\b/, 'zh-CN')));
    // A rest, such as a colon before a list, ends alike too.
    const endOf = (text = '') => /[。：？]$/.exec(text)?.[0] ?? '';
    const others = (await messagesOf(file))
      .filter(([key, message]) => endOf(message) !== endOf(chinese.get(key)))
      .map(([key]) => key);
    expect(others).toEqual([]);
  });
});

/** By hand; marks are named by code point, because an editor may turn them. */
describe('a Japanese text', () => {
  test.each([
    ['an ASCII mark beside kana', 'です,ます', ['す,', ',ま']],
    ['an ASCII bracket beside a Han character', '停止\u0028模擬', ['止\u0028', '\u0028模']],
    ['a space before a number', '過去 7日', ['去 7']],
    ['a space behind a number', '3 秒', ['3 秒']],
    ['a space beside a letter', 'ERP の照会', ['P の']],
    ['a space between words', '停止 です', ['止 で']],
    ['a space behind a bracket', '北京（模擬） 停止', ['） 停']],
    ['a space behind a mark', '正常。 復旧', ['。 復']],
    ['a Chinese comma', '停止\uff0c停滞', ['止\uff0c停']],
    ['Chinese quotes', '\u201c停止', ['\u201c停']],
    ['a half-width katakana', '\uff83スト', ['\uff83ス']],
    ['a wide digit', '\uff13秒', ['\uff13秒']],
    ['an ideographic space', '停止\u3000です', ['止\u3000で']],
    ['an edge of spaces', ' 停止', [' 停']],
    ['a simplified character', '网络', ['网', '络']],
  ])('has %s', (_, text, expected) => {
    expect(japaneseFaults(text)).toEqual(expected);
  });

  test.each([
    '2026年11月21日\u0028土\u0029 14:32 – 16:00（中国標準時）',
    '11月21日 14:32:05から正常',
    'ダウンロードが停止していました（1分36秒 · 終了は未確認）',
    '正常 → 停止、稼働率99.99%、n = 60',
    'n = 1,234 · 20:37:04に測定',
    '「*」の付いた項目',
    'タイトル *',
    'Webhook（https://example.com/a?b=c;d）',
    '各々の状態は概ね良好です',
  ])('is sound: %s', (text) => {
    expect(japaneseFaults(text)).toEqual([]);
  });

  test('is not written in what the list has', () => {
    expect(new Set(SIMPLIFIED_ONLY).size).toBe([...SIMPLIFIED_ONLY].length);
    expect(SIMPLIFIED_ONLY.length).toBeGreaterThan(500);
    expect(japaneseFaults('電子発票の状態、復旧、測定、停止、遅延、横断、写真、読込')).toEqual([]);
    expect(japaneseFaults('电发测迟')).toHaveLength(4);
  });
});

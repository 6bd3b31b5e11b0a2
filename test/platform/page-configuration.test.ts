import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../model/vocabulary.ts';
import { parseText, problemsIn, SOUND, soundWith } from './parsed-text.ts';

describe('O6: who may frame a page', () => {
  const withList = (list: string) =>
    soundWith('  contact:', `  frame_ancestors: ${list}\n  contact:`);
  const EXPECTED = 'expected the origin of a site, such as https://erp.example.org, without a path';

  it('is nobody, or the origins of a list', () => {
    expect(parseText(SOUND).page.frame_ancestors).toBeUndefined();
    const list = '["https://erp.example.org", "http://10.0.0.1:8080"]';
    expect(parseText(withList(list)).page.frame_ancestors).toEqual([
      'https://erp.example.org',
      'http://10.0.0.1:8080',
    ]);
  });

  it.each([
    'https://erp.example.org/path',
    'https://erp.example.org/',
    '*',
    'https://*.example.org',
    "'self'",
    'erp.example.org',
    'https://a.example; script-src *',
    'https://user@erp.example.org',
    'HTTPS://erp.example.org',
    'javascript:alert(1)',
    'https://票.example',
  ])('%s is no origin', (origin) => {
    expect(problemsIn(withList(JSON.stringify([origin])))).toEqual([
      expect.stringMatching(new RegExp(`^page\\.frame_ancestors\\.0: ${EXPECTED}`)),
    ]);
  });
});

describe('the languages of a page', () => {
  const known = LOCALES.map((it) => `"${it}"`).join('|');
  const withLanguages = (list: string) =>
    soundWith('  contact:', `  languages: ${list}\n  contact:`);

  it('are those in which all texts are required, or those that it names in its order', () => {
    expect(parseText(SOUND).page.languages).toEqual(['zh-CN', 'en']);
    expect(parseText(withLanguages('[zh-CN, en, ja]')).page.languages).toEqual([
      'zh-CN',
      'en',
      'ja',
    ]);
    expect(parseText(withLanguages('[en, zh-CN]')).page.languages).toEqual(['en', 'zh-CN']);
    expect(parseText(withLanguages('[en]')).page.languages).toEqual(['en']);
  });

  it('are at least one, known, and named once', () => {
    expect(problemsIn(withLanguages('[]'))).toEqual([
      `page.languages.0: is missing; expected one of ${known}`,
    ]);
    expect(problemsIn(withLanguages('[en, fr]'))).toEqual([
      `page.languages.1: expected one of ${known}; found "fr"`,
    ]);
    expect(problemsIn(withLanguages('[en, en]'))).toEqual([
      'page.languages: expected each language once',
    ]);
  });

  it('are not asked for in names beyond those required', () => {
    expect(problemsIn(soundWith('zh-CN: 站, en: Site', 'en: Site'))).toEqual([
      expect.stringContaining('systems.site.name.zh-CN: is missing'),
    ]);
    expect(problemsIn(soundWith('zh-CN: 站, en: Site', 'zh-CN: 站, en: Site, fr: Site'))).toEqual([
      expect.stringContaining('systems.site.name.fr: is not a known key'),
    ]);
  });
});

describe('D8: trusted proxies', () => {
  const trusting = (proxies: string) =>
    soundWith(
      'contact: ops@example.org',
      `contact: ops@example.org\n  trusted_proxies: ${proxies}`,
    );

  it.each([
    ['1', 1],
    ['10', 10],
    ['[127.0.0.1, 10.0.0.0/8, "::1", "fd00::/8"]', ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8']],
  ])('may be %s', (proxies, read) => {
    expect(parseText(trusting(proxies)).page.trusted_proxies).toEqual(read);
  });

  it('are nobody by default', () => {
    expect(parseText(SOUND).page.trusted_proxies).toBeUndefined();
  });

  it.each(['0', '11', '1.5', 'true', '[]', 'nginx'])('may not be %s', (proxies) => {
    expect(problemsIn(trusting(proxies))).toEqual([
      expect.stringMatching(/^page\.trusted_proxies: /),
    ]);
  });

  it.each(['10.0.0.0/33', 'localhost', '10.0.0', '*'])('may not be a list with %s', (network) => {
    expect(problemsIn(trusting(`[127.0.0.1, "${network}"]`))).toEqual([
      expect.stringMatching(/^page\.trusted_proxies.*expected an? (address|list)/),
    ]);
  });
});

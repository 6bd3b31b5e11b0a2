import { describe, expect, test } from 'vitest';
import type { Languages } from '../../model/vocabulary.ts';
import { aMaintenance, saveMaintenance } from './maintenances.ts';
import { ask } from './request.ts';
import { breakDownload, seedHistory, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

function siteOf(languages: Languages) {
  const configuration = siteConfiguration();
  const page = usePage({
    configuration: { ...configuration, page: { ...configuration.page, languages } },
    async prepare(site) {
      await seedHistory(site);
      await breakDownload(site);
      await saveMaintenance(site, aMaintenance());
    },
    once: true,
  });
  return (path: string, language = '') =>
    ask(page.url + path, { headers: language === '' ? {} : { 'accept-language': language } });
}

describe('a site that lists Japanese first', () => {
  const get = siteOf(['ja', 'zh-CN', 'en']);

  test('is read in it by whoever asks for no other', async () => {
    const { headers, text } = await get('/');
    expect(headers['content-language']).toBe('ja');
    expect(text).toContain('<html lang="ja"');
    for (const locale of ['ja', 'zh-CN', 'en'])
      expect(text).toContain(
        `rel="alternate" hreflang="${locale}" href="https://status.example.invalid/${locale}/"`,
      );
    expect(text).toContain('ダウンロードが停止、<wbr>その他は正常');
  });

  test('tells programs of incidents and maintenance in it', async () => {
    const incidents = (await get('/api/v2/incidents.json')).text;
    expect(incidents).toContain('北京电子发票（模拟）〔中文〕：ダウンロードが停止');
    expect(incidents).toContain('ダウンロード：正常 → 停止。測定を続け、変化があればここに');
    const planned = (await get('/api/v2/scheduled-maintenances.json')).text;
    expect(planned).toContain('数据库升级〔中文〕');
    expect(planned).toContain('メンテナンスの予定を告知しました。');
    expect((await get('/maintenance.ics')).text).toContain('X-WR-CALNAME');
    expect((await get('/history.atom')).text).toContain('<feed xml:lang="ja"');
  });

  test('asks administrators for Chinese and English, and offers Japanese', async () => {
    expect((await get('/admin')).headers.location).toBe('/admin/ja/');
    expect((await get('/admin/ja/sign-in')).text).toContain('管理者トークン');
  });

  test('describes its API in English, whatever a program asks for', async () => {
    const described = await get('/api/openapi.json', 'ja');
    expect(described.status).toBe(200);
    expect(described.text).toBe((await get('/api/openapi.json', 'en')).text);
    expect(described.text).not.toMatch(/[\u3040-\u30ff]/);
  });
});

describe('a site that does not list it', () => {
  const get = siteOf(['zh-CN', 'en']);

  test('has no address in it, names it nowhere, and answers in its first language', async () => {
    expect((await get('/ja/')).status).toBe(404);
    expect((await get('/admin/ja/sign-in')).status).toBe(404);
    const front = await get('/', 'ja');
    expect(front.headers['content-language']).toBe('zh-CN');
    expect(front.text).not.toMatch(/hreflang="ja"|日本語|\/ja\//);
    expect((await get('/zh-CN/subscribe')).text).not.toContain('value="ja"');
  });
});

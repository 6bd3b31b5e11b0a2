import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { createRecipients } from '../../notify/recipients.ts';
import { aSubscriber } from '../notify/samples.ts';
import { type ScratchCopy, scratchCopy } from '../scratch-copy.ts';
import { aMaintenance, saveMaintenance } from '../status-page/maintenances.ts';
import { NOW, openSite, type Site } from '../status-page/site.ts';
import { beyondTable } from './table.ts';

/** Korean in three words, and what is read in it: rows written before it was there, too. */
const LIVE = `import type zhCN from '../zh-CN/live.ts';

export default {
  'state.operational': '정상',
  'page.subscribe': '구독',
  'maintenance.scope': '영향 범위',
} satisfies Partial<Record<keyof typeof zhCN, string>>;
`;
const LIST = 'export const LOCALES = [...COMPLETE_LOCALES';

interface Read {
  languages: string[];
  language_before: string;
  chosen: number;
  language: string;
  manage: string;
  front: string;
  maintenance: string;
  written: { status: number; text: string };
  edit: Record<string, string>;
  form: string;
  feed: string;
  calendar: string;
  mail: { subject: string; text: string; html: string };
  browser: string[];
}

let site: Site;
let copy: ScratchCopy;
let touched: string[];
let compiled: string;
let read: Read;
const subscriber = aSubscriber({ locale: 'en', confirmed_at: NOW - MINUTE });
const maintenance = aMaintenance();

beforeAll(async () => {
  site = await openSite();
  const notice = { id: 'not000000001', kind: 'subscription_requested', update: null } as const;
  await site.store.subscribe(subscriber, { ...notice, created_at: NOW - MINUTE });
  await saveMaintenance(site, maintenance);

  copy = scratchCopy();
  copy.write('messages/ko/live.ts', LIVE);
  copy.write('messages/ko/index.ts', "export { default } from './live.ts';\n");
  copy.edit('model/vocabulary.ts', LIST, `${LIST}, 'ko'`);
  touched = copy.touched();
  compiled = (await copy.checkTypes()).all;
  const script = 'test/changes/read-language.ts';
  const ids = [subscriber.id, maintenance.id];
  const { stdout, all } = await copy.run('node', script, site.data_dir, 'ko', ...ids);
  if (!stdout.startsWith('{')) throw new Error(all);
  read = JSON.parse(stdout);
}, 5 * MINUTE);
afterAll(async () => {
  copy?.remove();
  await site?.close();
});

describe('a third language', () => {
  test('is one folder, found by its name, and one line', () => {
    expect(touched).toEqual(['messages/ko/index.ts', 'messages/ko/live.ts', 'model/vocabulary.ts']);
    expect(beyondTable(copy, 'a language')).toEqual([]);
  });

  test('needs nothing else to compile', () => {
    expect(compiled).toBe('');
  });

  test('is offered, and read on the page with what it lacks in Chinese', () => {
    expect(read.languages).toContain('ko');
    expect(read.front).toContain('<html lang="ko"');
    expect(read.front).toContain('hreflang="ko"');
    expect(read.front).toContain('lang="ko">한국어</span>');
    expect(read.front).toContain('>구독</a>');
    expect(read.front).toContain('电子发票系统状态〔中文〕');
    expect(read.front).toContain('现在能办吗〔中文〕');
    // One tag is enough for a text, and commas need none.
    expect(read.front).not.toMatch(/〔中文〕[^<"]{0,2}〔中文〕|、〔中文〕/);
  });

  test('is read in a maintenance that was written before', () => {
    expect(read.maintenance).toContain('数据库升级〔中文〕');
    expect(read.maintenance).toContain('<dt>영향 범위</dt>');
    expect(read.maintenance).toContain('11월 22일');
  });

  test('may be given in a maintenance, but need not', () => {
    expect(read.written.status).toBe(201);
    expect(read.written.text).toContain('<h1>점검</h1>');
    expect(read.written.text).toContain('更换服务器。〔中文〕');
    expect(read.edit['texts.title.ko']).toBe('점검');
    expect(read.edit['texts.description.ko']).toBe('');
  });

  test('is read in feed and calendar', () => {
    expect(read.feed).toContain('数据库升级〔中文〕');
    expect(read.feed).toContain('영향 범위');
    const unfolded = read.calendar.replaceAll('\r\n ', '');
    expect(unfolded).toMatch(/SUMMARY:数据库升级.*〔中文〕/);
  });

  test('is chosen by somebody who subscribed before, and her mails come in it', () => {
    expect(read.form).toContain('value="ko"');
    expect([read.language_before, read.chosen, read.language]).toEqual(['en', 303, 'ko']);
    expect(new URL(read.manage).pathname).toBe('/ko/subscription');
    expect(read.mail.subject).toContain('数据库升级〔中文〕');
    expect(read.mail.text).toContain('영향 범위');
    expect(read.mail.html).toContain('<html lang="ko">');
  });

  test('is loaded by browsers with the words that it lacks', async () => {
    expect(read.browser).toEqual(['정상', '未知〔中文〕']);
    const config = 'status-page/web/vite.config.ts';
    expect((await copy.run('vite', 'build', '--config', config)).code).toBe(0);
    const manifest = readFileSync(join(copy.root, 'dist/web/manifest.json'), 'utf8');
    expect(manifest).toContain('"../../messages/ko/live.ts"');
  });

  test('may go again: who chose it is spoken to in the first language of the page', async () => {
    const { page } = site.configuration;
    const stored = await site.store.subscriber(subscriber.id);
    expect(stored?.locale).toBe('ko' as Locale);
    const recipients = createRecipients({ ...site, operators: [], page });
    const to = await recipients.find({ id: subscriber.id, channel: 'email' });
    expect(to?.locale).toBe('zh-CN');
    expect(new URL(to?.links?.manage ?? '').pathname).toBe('/zh-CN/subscription');
  });
});

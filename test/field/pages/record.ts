/**
 * `node test/field/pages/record.ts` shows every page to Chromium and writes what a person would
 * have seen to recorded.json: the title, the visible text and the charset.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchBrowser } from '../../browser/browser.ts';
import { PAGES } from './cases.ts';

const cases = Object.values(PAGES).flat();
const server = createServer((request, response) => {
  const page = cases[Number(request.url?.slice(1))];
  if (page === undefined) return response.writeHead(404).end();
  const headers = page.type === null ? {} : { 'content-type': page.type };
  response.writeHead(200, headers).end(page.body);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

const browser = await launchBrowser();
const context = await browser.newContext({ locale: 'zh-CN' });
const tab = await context.newPage();
const seen: Record<string, Record<string, unknown>> = {};
for (const [kind, pages] of Object.entries(PAGES)) {
  seen[kind] = {};
  for (const page of pages) {
    await tab.goto(`http://127.0.0.1:${port}/${cases.indexOf(page)}`);
    seen[kind][page.name] = await tab.evaluate(() => ({
      title: document.title,
      text: document.body?.innerText ?? document.documentElement.textContent,
      charset: document.characterSet,
    }));
  }
}
const recorded = { chromium: browser.version(), ...seen };
await browser.close();
server.close();
writeFileSync(new URL('recorded.json', import.meta.url), `${JSON.stringify(recorded, null, 2)}\n`);

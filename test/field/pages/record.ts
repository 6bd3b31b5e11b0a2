import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page as Tab } from 'playwright-core';
import { launchBrowser } from '../../browser/browser.ts';
import { PAGES, type PageCase } from './cases.ts';

/** What a person would have seen of a page. */
export interface SeenPage {
  /** `document.title`. */
  title: string;
  /** `document.body.innerText`. */
  text: string;
  charset: string;
}

export interface PageRecording {
  chromium: string;
  /** By the kind of page and its name. */
  pages: Record<string, Record<string, SeenPage>>;
}

const RECORDED_AT = new URL('recorded.json', import.meta.url);

export function readPageRecording(): PageRecording {
  return JSON.parse(readFileSync(RECORDED_AT, 'utf8'));
}

/** Shows every page to the installed Chromium. */
export async function recordPages(): Promise<PageRecording> {
  const cases = Object.values(PAGES).flat();
  const server = createServer((request, response) => {
    const page = cases[Number(request.url?.slice(1))];
    if (page === undefined) return response.writeHead(404).end();
    response.writeHead(200, page.type === null ? {} : { 'content-type': page.type });
    response.end(page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await launchBrowser();
  const context = await browser.newContext({ locale: 'zh-CN' });
  const tab = await context.newPage();
  const pages: PageRecording['pages'] = {};
  for (const [kind, of_kind] of Object.entries(PAGES)) {
    pages[kind] = {};
    for (const page of of_kind) {
      await tab.goto(`http://127.0.0.1:${port}/${cases.indexOf(page)}`);
      pages[kind][page.name] = await seenIn(tab);
    }
  }
  const recording = { chromium: browser.version(), pages };
  await browser.close();
  server.close();
  return recording;
}

function seenIn(tab: Tab): Promise<SeenPage> {
  return tab.evaluate(() => ({
    title: document.title,
    text: document.body?.innerText ?? document.documentElement.textContent,
    charset: document.characterSet,
  }));
}

/** The pages, each with what was recorded of it. */
export function recordedPages(): [string, PageCase, SeenPage][] {
  const { pages } = readPageRecording();
  return Object.entries(PAGES).flatMap(([kind, of_kind]) =>
    of_kind.map((page): [string, PageCase, SeenPage] => {
      const seen = pages[kind]?.[page.name];
      if (seen === undefined) throw new Error(`${page.name}: npm run record -- pages`);
      return [`${kind}: ${page.name}`, page, seen];
    }),
  );
}

/** Writes anew what Chromium shows of all pages. */
export async function record(): Promise<void> {
  writeFileSync(RECORDED_AT, `${JSON.stringify(await recordPages(), null, 2)}\n`);
}

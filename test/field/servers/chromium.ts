import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Issued, pem } from './authority.ts';
import type { Expectations } from './odd-server.ts';
import type { BrowserRecord } from './recorded.ts';

/** Scripts and refreshes may lead on from the first page. */
const SETTLED_MS = 400;
const PATIENCE_MS = 12_000;

/** A Chromium that trusts these authorities too. */
export interface TrustingBrowser {
  version: string;
  /** Opens the page and asks whether it is the one expected. */
  read(url: string, expected: Expectations): Promise<BrowserRecord>;
  close(): Promise<void>;
}

export async function openChromium(roots: readonly Issued[]): Promise<TrustingBrowser> {
  const home = mkdtempSync(join(tmpdir(), 'piaokuang-chromium-'));
  trust(home, roots);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  });
  return {
    version: browser.version(),
    read: (url, expected) => readIn(browser, url, expected),
    async close() {
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Chromium on Linux takes further authorities from the NSS database of its user. */
function trust(home: string, roots: readonly Issued[]): void {
  const nss = join(home, '.pki/nssdb');
  mkdirSync(nss, { recursive: true });
  const certutil = (...args: string[]) =>
    execFileSync('certutil', ['-d', `sql:${nss}`, ...args], { stdio: 'pipe' });
  certutil('-N', '--empty-password');
  roots.forEach((root, n) => {
    const file = join(home, `root-${n}.pem`);
    writeFileSync(file, pem(root));
    certutil('-A', '-n', `test root ${n}`, '-t', 'C,,', '-i', file);
  });
}

async function readIn(
  browser: Browser,
  url: string,
  expected: Expectations,
): Promise<BrowserRecord> {
  const context = await browser.newContext();
  try {
    return await readPage(await context.newPage(), url, expected);
  } finally {
    await context.close();
  }
}

async function readPage(page: Page, url: string, expected: Expectations): Promise<BrowserRecord> {
  let status: number | null = null;
  let error: string | null = null;
  page.on('response', (response) => {
    const request = response.request();
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    status = response.status();
    error = null;
  });
  page.on('requestfailed', (request) => {
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    error = request.failure()?.errorText ?? 'unknown';
  });
  try {
    await page.goto(url, { waitUntil: 'load', timeout: PATIENCE_MS });
    await sleep(SETTLED_MS);
    await page.waitForLoadState('load', { timeout: PATIENCE_MS });
  } catch (thrown) {
    const { message } = thrown as Error;
    error ??= /net::\w+|Timeout|Download/.exec(message)?.[0] ?? message.slice(0, 100);
  }
  if (error !== null) return { ...NOTHING, error, status };
  const shown = await shownBy(page);
  return {
    loaded: true,
    error: null,
    path: new URL(page.url()).pathname,
    status,
    title: shown.title,
    text_length: shown.text.length,
    as_expected: isAsExpected(shown, expected),
  };
}

interface Shown {
  title: string;
  text: string;
}

function isAsExpected({ title, text }: Shown, expected: Expectations): boolean {
  return (
    title.includes(expected.title ?? '') &&
    text.includes(expected.text ?? '') &&
    !(expected.absent !== undefined && `${title}\n${text}`.includes(expected.absent)) &&
    text.replace(/\s/g, '').length >= (expected.min_text ?? 0)
  );
}

/** Asked again where the page has just been left for another. */
async function shownBy(page: Page, attempts = 5): Promise<Shown> {
  try {
    return await page.evaluate(() => ({
      title: document.title,
      text: document.body?.innerText ?? '',
    }));
  } catch (thrown) {
    if (attempts === 1) throw thrown;
    await sleep(SETTLED_MS);
    return shownBy(page, attempts - 1);
  }
}

const NOTHING: BrowserRecord = {
  loaded: false,
  error: null,
  path: null,
  status: null,
  title: null,
  text_length: null,
  as_expected: false,
};

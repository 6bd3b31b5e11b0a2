import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './browser.ts';

/** A browser for the tests of a file, closed after them. */
export function useBrowser(): { readonly now: Browser } {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return {
    get now() {
      if (!browser) throw new Error('no browser yet');
      return browser;
    },
  };
}

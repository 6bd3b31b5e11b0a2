import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Chromium as Debian installs it, talking to nobody but us. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Visit {
  page: Page;
  /** Uncaught errors, refused content and error messages of the console. */
  complaints: string[];
}

/**
 * Opens an address in a fresh context and hands it to `look`; fails if the page complained about
 * anything.
 */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  look: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
    });
    await page.goto(url);
    await look({ page, complaints });
    if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('; ')}`);
  } finally {
    await context.close();
  }
}

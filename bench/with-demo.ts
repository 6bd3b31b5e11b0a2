import type { Browser } from 'playwright-core';
import { launchBrowser } from '../test/browser/browser.ts';
import { allOperational } from '../test/process/ask.ts';
import { dataFolder, type Installation, startInstallation } from '../test/process/installation.ts';

/** Runs work while a demo is running and measured. */
export async function withDemo<T>(work: (demo: Installation) => Promise<T>): Promise<T> {
  const folder = dataFolder();
  const demo = await startInstallation(folder);
  try {
    await allOperational(demo.page);
    return await work(demo);
  } finally {
    await demo.stop();
    folder.remove();
  }
}

export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await launchBrowser();
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

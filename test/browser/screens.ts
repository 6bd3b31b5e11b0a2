import type { Page } from 'playwright-core';

/** Screens as `newContext` takes them. */
export const NARROW = { viewport: { width: 320, height: 640 } };
export const PHONE = { viewport: { width: 360, height: 780 } };
export const DESKTOP = { viewport: { width: 1280, height: 900 } };

/** How wide the content of a page is, in px: more than the screen when something sticks out. */
export function contentWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}

/** Opens everything that folds. */
export async function unfold(page: Page): Promise<void> {
  await page.locator('details').evaluateAll((all) => {
    for (const it of all) it.setAttribute('open', '');
  });
}

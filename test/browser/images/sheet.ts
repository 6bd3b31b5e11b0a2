import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { LOCALES } from '../../../model/vocabulary.ts';
import { DESKTOP, PHONE } from '../screens.ts';
import type { OpenScene } from './open-scene.ts';
import { pathOf } from './scenes.ts';

/** How a scene is looked at. */
export interface Look {
  language: string;
  options: BrowserContextOptions;
  media: 'screen' | 'print';
}

const SCHEMES = ['light', 'dark'] as const;

/** Each language on a phone and a desktop, light and dark; once on paper, once without scripts. */
export const LOOKS: readonly Look[] = [
  ...LOCALES.flatMap((language) =>
    [PHONE, DESKTOP].flatMap((screen) =>
      SCHEMES.map((colorScheme) => look(language, { ...screen, colorScheme })),
    ),
  ),
  { ...look('zh-CN', DESKTOP), media: 'print' },
  look('zh-CN', { ...PHONE, javaScriptEnabled: false }),
];

function look(language: string, options: BrowserContextOptions): Look {
  return { language, options, media: 'screen' };
}

/** A scene in one of its looks, as a PNG. */
export async function shoot(browser: Browser, scene: OpenScene, look: Look): Promise<Buffer> {
  const context = await browser.newContext(look.options);
  try {
    const page = await context.newPage();
    await enter(page, scene, look.language);
    await page.emulateMedia({ media: look.media });
    await page.evaluate(() => document.fonts.ready);
    return await page.screenshot({ fullPage: true });
  } finally {
    await context.close();
  }
}

/** Opens the page of a scene, and does what a person does to see it. */
export async function enter(page: Page, opened: OpenScene, language: string): Promise<void> {
  const { scene, url, secret } = opened;
  await page.goto(url + pathOf(scene, language));
  await scene.enter?.(page, secret);
}

/** All looks of a scene on one sheet, as WebP: a row a language, drawn at less than half size. */
export async function sheetOf(browser: Browser, shots: readonly Buffer[]): Promise<Buffer> {
  const context = await browser.newContext({ viewport: { width: 1_600, height: 800 } });
  try {
    const page = await context.newPage();
    const images = shots.map(
      (png) => `<img src="data:image/png;base64,${png.toString('base64')}">`,
    );
    await page.setContent(`<!doctype html><style>
      body { margin: 0; padding: 8px; display: grid; gap: 8px; background: #888;
        grid-template-columns: repeat(4, max-content) }
      img { zoom: .45 }</style>${images.join('')}`);
    const devtools = await context.newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', {
      format: 'webp',
      quality: 40,
      captureBeyondViewport: true,
    });
    return Buffer.from(data, 'base64');
  } finally {
    await context.close();
  }
}

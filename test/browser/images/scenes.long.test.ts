import { expect, inject, test } from 'vitest';
import { sampled } from '../../matrix.ts';
import { violations } from '../axe.ts';
import { contentWidth } from '../screens.ts';
import { useBrowser } from '../use-browser.ts';
import { openScene } from './open-scene.ts';
import { SCENES } from './scenes.ts';
import { enter, LOOKS } from './sheet.ts';

const browser = useBrowser();
const on_screen = LOOKS.filter(({ media }) => media === 'screen');

test.each(sampled(SCENES, 3))('$name: nothing sticks out, and axe finds nothing', async (scene) => {
  const opened = await openScene(scene, inject('web'));
  for (const { language, options } of sampled(on_screen, 3)) {
    const context = await browser.now.newContext(options);
    const page = await context.newPage();
    await enter(page, opened, language);
    const width = page.viewportSize()?.width;
    expect([language, width, await contentWidth(page)]).toEqual([language, width, width]);
    // Without scripts axe cannot be run.
    if (options.javaScriptEnabled !== false) expect(await violations(page)).toEqual([]);
    await context.close();
  }
  await opened.close();
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { argumentsOrExit } from '../../../platform/arguments.ts';
import { print } from '../../../platform/console.ts';
import { launchBrowser } from '../browser.ts';
import { openScene } from './open-scene.ts';
import { SCENES, type Scene } from './scenes.ts';
import { LOOKS, sheetOf, shoot } from './sheet.ts';

/**
 * `npm run images [-- SCENE …]`: draws every scene, or those named, into docs/images/. Exit code 2
 * for a scene that does not exist.
 */

/** As `npm start` builds it. */
const WEB = join(import.meta.dirname, '../../../dist/web');
const FOLDER = join(import.meta.dirname, '../../../docs/images');

const { words: names } = argumentsOrExit('images');
const unknown = names.filter((name) => !SCENES.some((scene) => scene.name === name));
if (unknown.length > 0) {
  print(`No scene ${unknown.join(', ')}; there are ${SCENES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
mkdirSync(FOLDER, { recursive: true });
const browser = await launchBrowser();
for (const scene of SCENES)
  if (names.length === 0 || names.includes(scene.name)) {
    writeFileSync(join(FOLDER, `${scene.name}.webp`), await draw(browser, scene));
    print(scene.name);
  }
await browser.close();

async function draw(browser: Browser, scene: Scene): Promise<Buffer> {
  const opened = await openScene(scene, WEB);
  try {
    const shots: Buffer[] = [];
    for (const look of LOOKS) shots.push(await shoot(browser, opened, look));
    return await sheetOf(browser, shots);
  } finally {
    await opened.close();
  }
}

import { expect, onTestFinished, test } from 'vitest';
import { HOUR, SECOND } from '../../model/time.ts';
import { ask } from './request.ts';
import { aStatus, NOW, openSite, startPage, until } from './site.ts';

/** A page on a real socket, and a wall clock that is set while the monotonic one goes on. */
async function startSetPage() {
  const time = { elapsed_ms: 0, set_ms: 0 };
  const clock = {
    now: () => NOW + time.elapsed_ms + time.set_ms,
    monotonic: () => time.elapsed_ms,
  };
  const site = await openSite();
  const measure = () => {
    const at = clock.now();
    const given = { since: at, measured_at: at, valid_until: at + 30 * SECOND };
    return site.store.record({ components: [aStatus('beijing.query', 'operational', given)] });
  };
  await measure();
  const page = await startPage({ site, clock });
  onTestFinished(async () => {
    await page.stop();
    await site.close();
  });
  const isGreen = async () => {
    const { text } = await ask(`${page.url}/api/v2/summary.json`);
    return text.includes('"operational"');
  };
  return { time, measure, isGreen };
}

test('B6: a page without a collector turns grey, although the clock is set back', async () => {
  const { time, measure, isGreen } = await startSetPage();
  expect(await isGreen()).toBe(true);
  time.set_ms = -HOUR;
  time.elapsed_ms = 29 * SECOND;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await isGreen()).toBe(true);
  time.elapsed_ms = 31 * SECOND;
  await until(async () => !(await isGreen()));
  // Measured again, by the clock as it is now.
  time.elapsed_ms = 60 * SECOND;
  await measure();
  await until(isGreen);
});

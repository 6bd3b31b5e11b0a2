import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { DEMO_COMPONENTS, eventually, getJson, getText } from './demo.ts';
import { useDemo } from './use-demo.ts';

const ROOT = join(import.meta.dirname, '../..');
const demo = useDemo();

describe('without a collector', () => {
  it('the page turns every component grey, with its reason, at its valid_until', async () => {
    process.kill(demo.now.pids.collector ?? Number.NaN, 'SIGSTOP');
    const valid_until = await validUntil();
    expect(greyComponents(await getText(`${demo.now.page}/en/`))).toBe(0);

    await eventually('the last component is grey', 90_000, async () => {
      const grey = greyComponents(await getText(`${demo.now.page}/en/`));
      const now = Date.now();
      // never before its time, and at most 5 s after it
      expect(grey).toBeLessThanOrEqual(valid_until.filter((at) => at < now).length);
      expect(grey).toBeGreaterThanOrEqual(valid_until.filter((at) => at < now - 5_000).length);
      return grey === DEMO_COMPONENTS.length;
    });
    const html = await getText(`${demo.now.page}/en/`);
    // each says why: since when there is no measurement, or no answered look
    expect(html.match(/No new measurement after|We cannot look: no answer after/g)).toHaveLength(
      DEMO_COMPONENTS.length,
    );
    const { status } = await getJson<{ status: { indicator: string } }>(
      `${demo.now.page}/api/v2/status.json`,
    );
    expect(status.indicator).toBe('minor');
  }, 120_000);

  it('a page that starts alone is grey from the beginning', async () => {
    await demo.now.kill();
    const page = spawn(process.execPath, [join(ROOT, 'status-page/main.ts')], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        ...process.env,
        DATA_DIR: demo.now.data_dir,
        PORT: '0',
        PAGE_PRIVATE_PORT: '0',
        SIMULATOR_URL: 'http://127.0.0.1:9',
      },
    });
    page.stdout?.resume();
    const [ready] = await once(page, 'message');
    const html = await getText(`http://127.0.0.1:${ready.ports.page}/zh-CN/`);
    expect(greyComponents(html)).toBe(DEMO_COMPONENTS.length);
    page.kill('SIGKILL');
  }, 60_000);
});

function greyComponents(html: string): number {
  const components = html.split('<li class="component"').slice(1);
  return components.filter((it) => /<h3><svg class="icon is-unknown"/.test(it)).length;
}

async function validUntil(): Promise<number[]> {
  const reader = await openStoreReader({ path: join(demo.now.data_dir, 'demo.db') });
  const statuses = await reader.components();
  await reader.close();
  return statuses.map((it) => it.valid_until ?? Number.NaN);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { COMPONENTS, getJson, getText } from './ask.ts';
import { QUICK_CONFIG } from './quick-site.ts';
import { useQuickSite } from './use-installation.ts';
import { eventually } from './wait.ts';

const ROOT = join(import.meta.dirname, '../..');
const site = useQuickSite();

describe('without a collector', () => {
  it('the page turns every component grey, with its reason, at its valid_until', async () => {
    // Its supervisor too, which would start it again.
    for (const name of ['main', 'collector'])
      process.kill(site.now.pids[name] ?? Number.NaN, 'SIGSTOP');
    const valid_until = await validUntil();
    await eventually('the last component is grey', async () => {
      const asked_at = Date.now();
      const grey = greyComponents(await getText(`${site.now.page}/en/`));
      const answered_at = Date.now();
      // never before its time, and at most 5 s after it
      expect(grey).toBeLessThanOrEqual(valid_until.filter((at) => at < answered_at).length);
      expect(grey).toBeGreaterThanOrEqual(valid_until.filter((at) => at < asked_at - 5_000).length);
      return grey === COMPONENTS.length;
    });
    const html = await getText(`${site.now.page}/en/`);
    // each says why: since when there is no measurement, or no answered look
    expect(html.match(/No new measurement after|We cannot look: no answer after/g)).toHaveLength(
      COMPONENTS.length,
    );
    const { status } = await getJson<{ status: { indicator: string } }>(
      `${site.now.page}/api/v2/status.json`,
    );
    expect(status.indicator).toBe('minor');
  });

  it('a page that starts alone is grey from the beginning', async () => {
    await site.now.kill();
    const page = spawn(
      process.execPath,
      [join(ROOT, 'status-page/main.ts'), '--config', QUICK_CONFIG],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
        env: {
          ...process.env,
          DATA_DIR: site.now.data_dir,
          PORT: '0',
          PAGE_PRIVATE_PORT: '0',
          SIMULATOR_URL: 'http://127.0.0.1:9',
        },
      },
    );
    page.stdout?.resume();
    const [ready] = await once(page, 'message');
    const html = await getText(`http://127.0.0.1:${ready.ports.page}/zh-CN/`);
    expect(greyComponents(html)).toBe(COMPONENTS.length);
    page.kill('SIGKILL');
  });
});

function greyComponents(html: string): number {
  const components = html.split('<li class="component"').slice(1);
  return components.filter((it) => /<h3><svg class="icon is-unknown"/.test(it)).length;
}

async function validUntil(): Promise<number[]> {
  const reader = await openStoreReader({ path: site.now.database });
  const statuses = await reader.components();
  await reader.close();
  return statuses.map((it) => it.valid_until ?? Number.NaN);
}

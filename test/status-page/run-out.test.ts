import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { ask } from './request.ts';
import { aStatus, NOW } from './site.ts';
import { usePage } from './use-page.ts';

const DOWNLOAD = 'beijing.download';

const page = usePage({
  prepare: ({ store }) =>
    store.record({
      components: [aStatus(DOWNLOAD, 'operational', { valid_until: NOW + MINUTE })],
      changes: [{ kind: 'state', ref: DOWNLOAD, at: NOW }],
    }),
});

async function stateOf(path: string): Promise<string> {
  const { text } = await ask(page.url + path);
  const { components } = JSON.parse(text) as { components: { name: string; status: string }[] };
  return components.find(({ name }) => name.includes('下载'))?.status ?? 'none';
}

test.each(Array.from({ length: 3 }, (_, i) => i))(
  'nothing is served beyond its validity, by a process that has just stood still (%i)',
  async (i) => {
    page.clock.set(NOW + MINUTE - 1);
    expect(await stateOf('/api/v2/components.json')).toBe('operational');
    // Wherever it is between two looks for something to publish.
    await new Promise((resolve) => setTimeout(resolve, 70 * i));
    page.clock.set(NOW + MINUTE + i * SECOND);
    // Unknown is degraded in that API.
    expect(await stateOf('/api/v2/components.json')).toBe('degraded_performance');
  },
);

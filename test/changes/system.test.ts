import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HANGS_MS, type ScratchCopy, scratchCopy } from '../scratch-copy.ts';
import { startSimulators, temporaryFolder } from './start.ts';
import { beyondTable } from './table.ts';

/** A new system: one folder with its entry and its simulator, and its line in the map. */

const ENTRY = `
import { z } from 'zod';
import { expectComplete, expectStatus } from '../../exchange/expect.ts';
import { succeeded } from '../../exchange/failure.ts';
import type { SystemDefinition } from '../../system.ts';

const settings = z.strictObject({ key: z.string() });

export const harbour: SystemDefinition = {
  functions: ['reach'],
  settings,
  production_domains: ['harbour.example'],
  createDriver: (system) => ({
    async reach(exchange) {
      const { key } = settings.parse(system.settings);
      const url = new URL(system.url + '/gate');
      const sent = await exchange.send({ method: 'GET', url, headers: { key }, max_bytes: 100 });
      if (!sent.ok) return sent;
      const complete = expectComplete(sent.value);
      const good = complete.ok ? expectStatus(complete.value) : complete;
      return good.ok ? succeeded(null) : good;
    },
  }),
  simulator: () => import('./simulator.ts'),
  demo: { settings: { key: 'simulated' } },
};
`;

const SIMULATOR = `
import { Hono } from 'hono';
import type { SimulatorContext, SimulatorDefinition } from '../../simulator.ts';

function create(context: SimulatorContext): Hono {
  const app = new Hono();
  app.get('/gate', async (c) => {
    await context.takeTime('reach', 10);
    if (context.drill('outage', 'reach')) return c.text('closed', 503);
    return c.req.header('key') === 'simulated' ? c.text('open') : c.text('who?', 401);
  });
  return app;
}

export default { functions: ['reach'], drills: ['outage'], create } satisfies SimulatorDefinition;
`;

const CONFIGURATION = `
page:
  operator: { zh-CN: 港, en: T }
  title: { zh-CN: 港, en: T }
  contact: ops@example.org
  public_url: https://status.example.org
lines:
  office: { name: { zh-CN: 港, en: Office } }
systems:
  harbour:
    name: { zh-CN: 港, en: Harbour }
    driver: harbour
    environment: simulator
    url: /harbour
checks:
  gate: { system: harbour, function: reach, schedule: '0 * * * * *', deadline: 5s }
`;

let copy: ScratchCopy;
beforeAll(() => {
  copy = scratchCopy();
  copy.write('probes/systems/harbour/index.ts', ENTRY);
  copy.write('probes/systems/harbour/simulator.ts', SIMULATOR);
  copy.edit(
    'probes/systems/index.ts',
    'import { invVeri }',
    "import { harbour } from './harbour/index.ts';\nimport { invVeri }",
  );
  copy.edit('probes/systems/index.ts', '  erp,\n', '  erp,\n  harbour,\n');
});
afterAll(() => copy.remove());

test('a system touches its folder and the map, and is sound', { timeout: HANGS_MS }, async () => {
  expect(await copy.checkTypes()).toMatchObject({ code: 0, all: '' });
  expect(beyondTable(copy, 'a system')).toEqual([]);
  expect(copy.touched()).toEqual([
    'probes/systems/harbour/index.ts',
    'probes/systems/harbour/simulator.ts',
    'probes/systems/index.ts',
  ]);
});

test('it is simulated, disturbed and checked without more', { timeout: HANGS_MS }, async () => {
  const file = join(temporaryFolder(), 'my.yaml');
  writeFileSync(file, CONFIGURATION);
  const url = await startSimulators(copy.root);
  const check = () =>
    copy.run('env', `SIMULATOR_URL=${url}`, 'node', 'platform/commands/check.ts', '--config', file);

  const well = await check();
  expect(well.all).toMatch(/^gate +harbour\.reach +ok /m);
  expect(well.code).toBe(0);

  const drill = { kind: 'outage', until: new Date(Date.now() + 60_000).toISOString() };
  await fetch(`${url}/harbour/drills`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(drill),
  });
  const broken = await check();
  expect(broken.all).toMatch(/^gate +harbour\.reach +system .* http_status: HTTP 503/m);
  expect(broken.code).toBe(1);
});

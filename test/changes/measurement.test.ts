import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HANGS_MS, type ScratchCopy, scratchCopy } from '../scratch-copy.ts';
import { startSimulators, temporaryFolder } from './start.ts';
import { beyondTable } from './table.ts';

/**
 * A new measurement: its file, its lines in the map of probes and in the vocabulary, its words.
 * What a driver offers for it comes with a system, which is a change of its own: here one that
 * offers nothing else.
 */

const PROBE = `
import { z } from 'zod';
import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';

export const archiveOptions = z.strictObject({ user: z.string().min(1) });

export interface ArchiveDriver {
  archive(exchange: Exchange, user: string): Promise<Attempt<null>>;
}

/** Hands an invoice to an archive. */
export const probeArchive: Probe<ArchiveDriver> = async ({ check, driver, exchange }) => {
  if (driver.archive === undefined) return nothingMeasured('probe_error', 'no archive here');
  const { user } = archiveOptions.parse(check.options);
  const done = await driver.archive(exchange, user);
  return done.ok ? good(exchange) : bad(exchange, done.failure);
};
`;

/** Speaks to the simulated verification platform, which answers every query alike. */
const SYSTEM = `
import { expectJson } from '../../exchange/expect.ts';
import { failed, succeeded } from '../../exchange/failure.ts';
import { archiveOptions } from '../../archive.ts';
import type { SystemDefinition } from '../../system.ts';

export const gate: SystemDefinition = {
  functions: ['archive'],
  options: { archive: archiveOptions },
  production_domains: [],
  createDriver: ({ url }) => ({
    async archive(exchange, user) {
      const request = { method: 'POST', url: new URL(url + '/query'), body: user } as const;
      const sent = await exchange.send({ ...request, max_bytes: 1_000 });
      if (!sent.ok) return sent;
      const answer = expectJson(sent.value);
      if (!answer.ok) return answer;
      return user === 'known' ? succeeded(null) : failed('credential', 'error_code', 'who?');
    },
  }),
};
`;

const CONFIGURATION = `
page:
  operator: { zh-CN: 测, en: T }
  title: { zh-CN: 测, en: T }
  contact: ops@example.org
  public_url: https://status.example.org
lines:
  office: { name: { zh-CN: 办, en: Office } }
systems:
  gate: { name: { zh-CN: 门, en: Gate }, driver: gate, environment: simulator, url: /inv-veri }
checks:
  known:
    system: gate
    function: archive
    schedule: '0 * * * * *'
    deadline: 5s
    options: { user: known }
  other:
    system: gate
    function: archive
    schedule: '0 * * * * *'
    deadline: 5s
    options: { user: other }
`;

const MEASUREMENT = [
  'messages/en/page/states.ts',
  'messages/ja/page/states.ts',
  'messages/zh-CN/page/states.ts',
  'model/vocabulary.ts',
  'probes/archive.ts',
  'probes/index.ts',
];
const ITS_SYSTEM = ['probes/systems/gate/index.ts', 'probes/systems/index.ts'];

let copy: ScratchCopy;
beforeAll(() => {
  copy = scratchCopy();
  copy.write('probes/archive.ts', PROBE);
  const imported = "import { type ArchiveDriver, probeArchive } from './archive.ts';";
  copy.edit('probes/index.ts', 'import type { Probe }', `${imported}\nimport type { Probe }`);
  copy.edit(
    'probes/index.ts',
    '  reach: probeReach,\n',
    '  reach: probeReach,\n  archive: probeArchive,\n',
  );
  copy.edit('probes/index.ts', '    ReachDriver\n', '    ArchiveDriver &\n    ReachDriver\n');
  copy.edit(
    'model/vocabulary.ts',
    "  'issue',\n  'upload',\n",
    "  'archive',\n  'issue',\n  'upload',\n",
  );
  const words = "  'function.issue':";
  copy.edit('messages/zh-CN/page/states.ts', words, `  'function.archive': '归档',\n${words}`);
  copy.edit('messages/en/page/states.ts', words, `  'function.archive': 'Archive',\n${words}`);
  copy.edit('messages/ja/page/states.ts', words, `  'function.archive': '保管',\n${words}`);
});
afterAll(() => copy.remove());

test('a measurement touches its file, map, vocabulary and words', () => {
  expect(beyondTable(copy, 'a measurement')).toEqual([]);
  expect(copy.touched()).toEqual(MEASUREMENT);
});

test('it is sound, and a system that offers it is measured without more', {
  timeout: HANGS_MS,
}, async () => {
  copy.write('probes/systems/gate/index.ts', SYSTEM);
  const imported = "import { gate } from './gate/index.ts';";
  copy.edit('probes/systems/index.ts', 'import { invVeri }', `${imported}\nimport { invVeri }`);
  copy.edit('probes/systems/index.ts', '  erp,\n', '  erp,\n  gate,\n');
  expect(await copy.checkTypes()).toMatchObject({ code: 0, all: '' });
  expect(copy.touched()).toEqual([...MEASUREMENT, ...ITS_SYSTEM].toSorted());

  const file = join(temporaryFolder(), 'my.yaml');
  writeFileSync(file, CONFIGURATION);
  const url = await startSimulators(copy.root);
  const command = ['node', 'platform/commands/check.ts', '--config', file];
  const { all, code } = await copy.run('env', `SIMULATOR_URL=${url}`, ...command);
  expect(all).toMatch(/^known +gate\.archive +ok /m);
  expect(all).toMatch(/^other +gate\.archive +credential .* error_code: who\?$/m);
  expect(code).toBe(1);
});

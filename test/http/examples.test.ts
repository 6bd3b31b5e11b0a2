import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIngest } from '../../collector/ingest/ingest.ts';
import { callbackMappingOf } from '../../collector/ingest/mapping/schema.ts';
import { siteOf } from '../../collector/state/site.ts';
import { systemClock } from '../../model/time.ts';
import { parseConfiguration } from '../../platform/config/parse.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { configuration } from '../collector/configuration.ts';
import { quiet } from '../platform/quiet.ts';
import { type Simulated, startSimulated } from '../probes/simulated.ts';
import {
  openSite,
  type RunningPage,
  type Site,
  seedHistory,
  startPage,
} from '../status-page/site.ts';
import { DOCUMENTS, read } from '../tidy/repository.ts';
import { matchesSchema } from './described.ts';
import { publishedDocument } from './published-document.ts';

interface Example {
  document: string;
  text: string;
}

/** The fenced blocks of these languages in all documents. */
function examplesIn(languages: string): Example[] {
  const block = new RegExp(`^\`\`\`(?:${languages})\\n(.*?)^\`\`\``, 'gms');
  return DOCUMENTS.flatMap((document) =>
    [...read(document).matchAll(block)].map(([, text = '']) => ({ document, text })),
  );
}

/** Those that post again until they are taken are run by test/clients. */
const CALLS = examplesIn('sh|bash').filter(
  ({ text }) => /^curl /m.test(text) && !text.includes('--retry'),
);
const DELIVERY_LINK = 'https://dppt.example.org:8443/v/2_26000000000000000001_20260105093000x';
const INGEST_TOKEN = 'of-the-examples';

let site: Site;
let page: RunningPage;
let simulated: Simulated;
let folder: string;
let addresses: Record<string, string>;
let env: NodeJS.ProcessEnv;
const ingest = createServer();

beforeAll(async () => {
  site = await openSite();
  await seedHistory(site);
  page = await startPage({ site, clock: systemClock });
  simulated = await startSimulated({ ...systemClock, set: () => {} });
  folder = await mkdtemp(join(tmpdir(), 'piaokuang-examples-'));
  const started = startIngest();
  ingest.on(
    'request',
    getRequestListener((request) => started.fetch(request)),
  );
  await once(ingest.listen(0, '127.0.0.1'), 'listening');
  const { port } = ingest.address() as AddressInfo;
  addresses = {
    'http://127.0.0.1:8080': page.url,
    'http://127.0.0.1:8090': simulated.url,
    'http://127.0.0.1:9470': `http://127.0.0.1:${port}`,
  };
  const TOKEN = await site.store.renewAdminToken();
  env = { ...process.env, TOKEN, ERP_INGEST_TOKEN: INGEST_TOKEN };
  await cp('config/callbacks', join(folder, 'callbacks'), { recursive: true });
  writeFileSync(join(folder, 'provider-link.txt'), 'https://files.example.org/a.ofd\n');
  writeFileSync(join(folder, 'events.ndjson'), `${JSON.stringify(eventOfNow())}\n`);
});

afterAll(async () => {
  await page.stop();
  await site.close();
  await simulated.close();
  ingest.close();
  await rm(folder, { recursive: true });
});

/** Of the shop of the tests, whose invoices are followed. */
function startIngest() {
  const sha256 = createHash('sha256').update(INGEST_TOKEN).digest('hex');
  return createIngest({
    tokens: [{ id: 'examples', sha256, systems: null }],
    site: siteOf(configuration()),
    installation: 'test',
    recordEvents: async (events) => events.map(() => true),
    knownEvents: async () => [],
    telemetry: createTelemetry('collector'),
    clock: systemClock,
    log: quiet,
  });
}

/** The documented event, of a system that is followed here, now. */
function eventOfNow() {
  const [event] = examplesIn('json');
  const at = new Date(systemClock.now()).toISOString();
  return { ...JSON.parse(event?.text ?? ''), system: 'shop', at };
}

test('O4: there are examples of every address that programs write to', () => {
  expect(CALLS.map(({ document }) => document).toSorted()).toEqual([
    'docs/administration.md',
    'docs/drills.md',
    'docs/ingest.md',
    'docs/status-page.md',
  ]);
});

test.each(CALLS)('O4: what $document says to send is taken', async ({ text }) => {
  const here = Object.entries(addresses).reduce((it, [from, to]) => it.replaceAll(from, to), text);
  const calls = here.replace(/^npm .*$/gm, '');
  const strict = 'set -eu\ncurl() { command curl --silent --show-error --fail-with-body "$@"; }\n';
  const { stdout } = await promisify(execFile)('bash', ['-c', strict + calls], {
    cwd: folder,
    env,
  });
  expect(stdout).not.toBe('');
});

test('O4: documented events and stages are as the description of the API has them', async () => {
  const described = await publishedDocument();
  const textsOf = (file: string) =>
    examplesIn('json').flatMap(({ document, text }) => (document === file ? text : []));
  const lines = textsOf('docs/ingest.md').flatMap((text) => text.trim().split('\n'));
  const events = lines.map((it) => matchesSchema(described, 'InvoiceEvent', JSON.parse(it)));
  expect(events).toEqual([true, true, true, true]);
  const stages = textsOf('docs/status-page.md').map((text) => JSON.parse(text));
  expect(stages.map((it) => matchesSchema(described, 'Stages', it))).toEqual([true]);
});

const PAGE_AND_LINE = `page:
  operator: { zh-CN: 我公司, en: My company }
  title: { zh-CN: 我们的系统, en: Our systems }
  contact: me@example.org
lines: { office: { name: { zh-CN: 办公室, en: Office } } }
`;

/** Where parts of a configuration belong, by the key that they begin with. */
const WHOLE: Record<string, (part: string) => string> = {
  page: (whole) => whole,
  systems: (part) => PAGE_AND_LINE + part,
  codes: (part) => `${PAGE_AND_LINE}systems:
  provider:
    name: { zh-CN: 开票服务, en: Provider }
    driver: http
    environment: production
    url: https://provider.example.org
    settings:
      reach: [{ get: /ping }]
${part.replace(/^/gm, '      ')}
checks:
  ping: { system: provider, function: reach, schedule: '0 * * * * *', deadline: 15s }
`,
  working_days: (part) => `${PAGE_AND_LINE}systems:
  site:
    name: { zh-CN: 站, en: Site }
    driver: web
    environment: production
    url: https://site.example.org
checks:
  review: { system: site, function: review, source: own_traffic }
${part}`,
  depends_on: (part) => read('config/demo.yaml').replace(/^depends_on:\n(?: .*\n)*/m, '') + part,
  links: (part) => `${PAGE_AND_LINE}systems:
  bureau:
    name: { zh-CN: 税务局, en: Tax office }
    driver: dppt
    environment: production
    url: https://dppt.example.org:8443
    settings:
${part.replace(/^/gm, '      ')}
checks:
  ofd:
    system: bureau
    function: download
    schedule: '0 */15 * * * *'
    deadline: 20s
    options: { format: ofd }
`,
};

test.each(examplesIn('ya?ml'))('O4: the settings in $document are taken: $text', ({ text }) => {
  const [key = ''] = /^\w+/.exec(text) ?? [];
  const whole = WHOLE[key];
  if (whole === undefined) throw new Error(`Where do settings with ${key} belong?`);
  const parsed = parseConfiguration({
    text: whole(text),
    file: join(folder, 'my.yaml'),
    demo: key === 'depends_on',
    public_url: 'http://127.0.0.1:8080',
    simulator_url: 'http://127.0.0.1:8090',
    env: {
      DELIVERY_LINK,
      PORTAL_TOKEN: 'synthetic',
      NUONUO_CALLBACK_SECRET: 'sixteen_or-more-1',
    },
    drivers: SYSTEMS,
    callback_mapping: callbackMappingOf,
  } as Parameters<typeof parseConfiguration>[0]);
  expect(parsed.checks.length).toBeGreaterThan(0);
});

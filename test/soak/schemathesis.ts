import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { print } from '../../platform/console.ts';
import { aMaintenance, saveMaintenance } from '../status-page/maintenances.ts';
import { breakDownload, fakeClock, openSite, seedHistory, startPage } from '../status-page/site.ts';
import { countOf, type SoakPart } from './part.ts';

const run = promisify(execFile);
const VERSION = '4.32.5';
const MINUTES = Number(process.env.MINUTES ?? 10);

/**
 * Without those that a sound answer can break: of texts that the description allows some depend on
 * the time (422), and ten wrong tokens shut out the right one for a minute.
 */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
];

/** What it takes for a refusal of what the description does not allow; of itself without 413. */
const REFUSALS = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429];

export const schemathesis: SoakPart = {
  name: 'schemathesis',
  about:
    'The page is asked by Schemathesis, a program of others that reads the description of the ' +
    `API, for ${MINUTES} minutes: nothing fails, and every answer is one that it describes.`,

  async run(seed) {
    const folder = await install();
    const site = await openSite();
    await seedHistory(site);
    await breakDownload(site);
    await saveMaintenance(site, aMaintenance());
    const page = await startPage({ site, clock: fakeClock() });
    try {
      await attack(folder, page.url, { token: await site.store.renewAdminToken(), seed });
      const requests = requestsOf(await page.metrics());
      const count = countOf(requests);
      return [count('requests, answered as described', requests, null)];
    } finally {
      await page.stop();
      await site.close();
      await rm(folder, { recursive: true });
    }
  },
};

/** A folder with the program; it is no dependency of ours. */
async function install(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'schemathesis-'));
  const wanted = ['--quiet', '--target', folder, `schemathesis==${VERSION}`];
  await run('python3', ['-m', 'pip', 'install', ...wanted]).catch((cause) => {
    throw new Error('Schemathesis needs python3 with pip, and to be downloaded by it', { cause });
  });
  const refusals = REFUSALS.map((it) => `"${it}"`).join(', ');
  await writeFile(
    join(folder, 'schemathesis.toml'),
    `[checks.negative_data_rejection]\nexpected-statuses = [${refusals}]\n`,
  );
  return folder;
}

async function attack(
  folder: string,
  url: string,
  { token, seed }: { token: string; seed: number },
): Promise<void> {
  const parameters = [
    ...['run', `${url}/api/openapi.json`, '--url', url],
    ...['--header', `Authorization: Bearer ${token}`, '--seed', String(seed)],
    ...['--max-time', String(MINUTES * 60), '--continue-on-failure', '--checks', CHECKS.join()],
    // The collector serves it.
    ...['--exclude-path', '/ingest/events', '--suppress-health-check', 'all', '--no-color'],
  ];
  const env = { ...process.env, PYTHONPATH: folder };
  const limits = { env, cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  const found = await run(join(folder, 'bin/schemathesis'), parameters, limits).catch(
    ({ stdout, stderr }) => ({ stdout, stderr, is_broken: true }),
  );
  print(found.stdout);
  if ('is_broken' in found) throw new Error(`It found answers of another kind. ${found.stderr}`);
}

/** All requests that the page has counted. */
function requestsOf(metrics: string): number {
  const counted = metrics.matchAll(/^fapiao_page_requests_total\{.*\} (\d+)$/gm);
  return [...counted].reduce((sum, [, n]) => sum + Number(n), 0);
}

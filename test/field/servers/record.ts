import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pem } from './authority.ts';
import { openChromium, type TrustingBrowser } from './chromium.ts';
import { curlVersion, readByCurl } from './curl.ts';
import { expectationsOf, type OddServer } from './odd-server.ts';
import { RECORDED_AT, type Recording, readRecording } from './recorded.ts';
import { openStage, startOddServer } from './stage.ts';
import { ODD_SERVERS } from './table/index.ts';
import { trustedRoots } from './trust.ts';

const AT_ONCE = 4;

/** What the installed Chromium and curl make of these servers. */
export async function recordServers(servers = ODD_SERVERS, at_once = AT_ONCE): Promise<Recording> {
  const browser = await openChromium(trustedRoots());
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-record-'));
  const root_file = join(folder, 'root.pem');
  writeFileSync(root_file, pem(...trustedRoots()));
  const recording: Recording = {
    versions: { chromium: browser.version, curl: curlVersion() },
    servers: Object.fromEntries(servers.map(({ id }) => [id, NOT_YET])),
  };
  const waiting = [...servers];
  async function recordNext(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      recording.servers[next.id] = await recordOne(next, browser, root_file);
    }
  }
  try {
    await Promise.all(Array.from({ length: at_once }, recordNext));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  return recording;
}

type Recorded = Recording['servers'][string];
const NOT_YET = {} as Recorded;

async function recordOne(
  server: OddServer,
  browser: TrustingBrowser,
  root_file: string,
): Promise<Recorded> {
  const stage = openStage();
  try {
    const url = await startOddServer(server, stage);
    const chromium = await browser.read(url, expectationsOf(server));
    return { chromium, curl: await readByCurl(url, root_file) };
  } finally {
    await stage.clear();
  }
}

/** Writes anew what the programs make of the servers; of those named only, if any are. */
export async function record(ids: readonly string[]): Promise<void> {
  const all = ids.length === 0;
  const recording = await recordServers(
    all ? ODD_SERVERS : ODD_SERVERS.filter(({ id }) => ids.includes(id)),
  );
  if (!all) {
    const known = { ...readRecording().servers, ...recording.servers };
    recording.servers = Object.fromEntries(
      ODD_SERVERS.flatMap(({ id }) => (known[id] ? [[id, known[id]]] : [])),
    );
  }
  writeFileSync(RECORDED_AT, written(recording));
}

/** One line for the versions and one per server, so that a change shows as one line. */
function written({ versions, servers }: Recording): string {
  const seen = Object.entries(servers).map(([id, it]) => ({ id, ...it }));
  return [{ versions }, ...seen].map((line) => `${JSON.stringify(line)}\n`).join('');
}

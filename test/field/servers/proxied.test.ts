import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import type { LineRun } from '../../../probes/line/line.ts';
import { matrix } from '../../matrix.ts';
import { startTestProxy, type TestProxy } from '../proxy.ts';
import { faultOf } from './expected.ts';
import { named } from './odd-server.ts';
import { readRecording } from './recorded.ts';
import { reachAll } from './run.ts';
import { ODD_SERVERS } from './table/index.ts';

const recording = readRecording();
const SERVERS = matrix(
  ODD_SERVERS.filter(({ direct_only }) => direct_only === undefined),
  40,
);

describe('behind a proxy with a password and a private authority, a server that', () => {
  let proxy: TestProxy;
  let runs: ReadonlyMap<string, LineRun>;
  beforeAll(async () => {
    proxy = await startTestProxy({ account: { name: 'office', password: 'a b:c' } });
    runs = await reachAll(SERVERS, proxy.url);
  }, 2 * MINUTE);
  afterAll(() => proxy.close());

  it.each(SERVERS.map((server) => [server.about, named(server), server] as const))(
    '%s (%s)',
    (_, __, server) => {
      const run = runs.get(server.id);
      const seen = recording.servers[server.id]?.chromium;
      if (run === undefined || seen === undefined) throw new Error('not run, or not recorded');
      expect(faultOf(server, seen, run)).toBeNull();
    },
  );

  it('was reached by a tunnel, each of them', () => {
    expect(proxy.tunnels.length).toBeGreaterThanOrEqual(SERVERS.length);
  });
});

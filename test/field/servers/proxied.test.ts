import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LineRun } from '../../../probes/line/line.ts';
import { matrix } from '../../matrix.ts';
import { startTestProxy, type TestProxy } from '../proxy.ts';
import { faultOf } from './expected.ts';
import { named, type OddServer } from './odd-server.ts';
import { readRecording } from './recorded.ts';
import { reachEach } from './run.ts';
import { ODD_SERVERS } from './table/index.ts';

const recording = readRecording();
const seenOf = ({ id }: OddServer) => {
  const seen = recording.servers[id];
  if (seen === undefined) throw new Error(`${id} is not recorded: npm run record -- servers`);
  return seen.chromium;
};
const SERVERS = matrix(
  ODD_SERVERS.filter(({ direct_only }) => direct_only === undefined),
  40,
);

describe('behind a proxy with a password and a private authority, a server that', () => {
  let proxy: TestProxy;
  let runs: ReadonlyMap<string, LineRun>;
  beforeAll(async () => {
    proxy = await startTestProxy({ account: { name: 'office', password: 'a b:c' } });
    const fits = (server: OddServer, run: LineRun) => faultOf(server, seenOf(server), run) === null;
    runs = await reachEach(SERVERS, fits, proxy.url);
  });
  afterAll(() => proxy.close());

  it.each(SERVERS.map((server) => [server.about, named(server), server] as const))(
    '%s (%s)',
    (_, __, server) => {
      const run = runs.get(server.id);
      if (run === undefined) throw new Error('it did not run');
      expect(faultOf(server, seenOf(server), run)).toBeNull();
    },
  );

  it('was reached by a tunnel, each of them', () => {
    expect(proxy.tunnels.length).toBeGreaterThanOrEqual(SERVERS.length);
  });
});

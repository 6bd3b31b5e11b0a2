import { beforeAll, describe, expect, it } from 'vitest';
import type { LineRun } from '../../../probes/line/line.ts';
import { faultOf, isReadable, UNREADABLE } from './expected.ts';
import { named, type OddServer } from './odd-server.ts';
import { readRecording } from './recorded.ts';
import { reachEach } from './run.ts';
import { ODD_SERVERS } from './table/index.ts';

const recording = readRecording();
const seenOf = (id: string) => {
  const seen = recording.servers[id];
  if (seen === undefined) throw new Error(`${id} is not recorded: npm run record -- servers`);
  return seen.chromium;
};

describe('the table', () => {
  it('has each id once, and each is recorded', () => {
    const ids = ODD_SERVERS.map(({ id }) => id);
    expect(ids.length).toBe(new Set(ids).size);
    expect(Object.keys(recording.servers).toSorted()).toEqual(ids.toSorted());
  });

  it('says why, where a browser shows a page and not the expected one', () => {
    const unsaid = ODD_SERVERS.filter(
      ({ id, judged }) => seenOf(id).loaded && !isReadable(seenOf(id)) && !judged,
    );
    expect(unsaid.map(({ id }) => id)).toEqual([]);
  });

  it('calls nothing well that a browser refuses', () => {
    const well = ODD_SERVERS.filter(
      ({ id, judged }) => judged?.outcome === 'ok' && !seenOf(id).loaded,
    );
    expect(well.map(({ id }) => id)).toEqual([]);
  });

  it('calls nothing down that a browser shows, but for what the page says of itself', () => {
    const down = ODD_SERVERS.filter(
      ({ id, judged }) => isReadable(seenOf(id)) && judged !== undefined && judged.outcome !== 'ok',
    );
    const unsaid = down.filter(
      ({ cases, judged }) => judged?.outcome !== 'throttled' && !cases?.includes('W15'),
    );
    expect(unsaid.map(({ id }) => id)).toEqual([]);
  });

  it('lets few be unreadable', () => {
    expect(UNREADABLE.length).toBeLessThanOrEqual(3);
  });
});

describe('a server that', () => {
  let runs: ReadonlyMap<string, LineRun>;
  beforeAll(async () => {
    const fits = (server: OddServer, run: LineRun) =>
      faultOf(server, seenOf(server.id), run) === null;
    runs = await reachEach(ODD_SERVERS, fits);
  });

  it.each(ODD_SERVERS.map((server) => [server.about, named(server), server] as const))(
    '%s (%s)',
    (_, __, server) => {
      const run = runs.get(server.id);
      if (run === undefined) throw new Error('it did not run');
      expect(faultOf(server, seenOf(server.id), run)).toBeNull();
    },
  );
});

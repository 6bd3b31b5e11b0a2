import { expect, it } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import type { OddServer } from './odd-server.ts';
import { recordServers } from './record.ts';
import { type Recording, readRecording } from './recorded.ts';
import { ODD_SERVERS } from './table/index.ts';

type Program = 'chromium' | 'curl';

const RECORDED = readRecording();
const LOOKS_AGAIN = 2;
/**
 * Of curl, which sends the next request over a connection that the server may be closing: which of
 * both is first is a matter of timing.
 */
const SEND_FAILED = 55;

it(
  'the installed Chromium and curl still see what was recorded',
  async () => {
    const first = await recordServers();
    const { versions } = first;
    let { servers } = first;
    // Beside other work a program may run into a time-out: what differs is looked at again, alone.
    for (let look = 0; look < LOOKS_AGAIN; look += 1) {
      ({ servers } = await recordServers(differing(servers), 1));
    }
    const differ: string[] = [];
    for (const { id } of differing(servers)) {
      for (const { program, words } of differences(id, servers[id])) {
        // Another version may do otherwise; it is said, and recorded when we move to it.
        if (versions[program] === RECORDED.versions[program]) differ.push(words);
        else process.stdout.write(`${words}\n`);
      }
    }
    expect(differ).toEqual([]);
  },
  15 * MINUTE,
);

/** The servers among these that are seen otherwise than they were recorded. */
function differing(servers: Recording['servers']): OddServer[] {
  return ODD_SERVERS.filter(({ id }) => id in servers && differences(id, servers[id]).length > 0);
}

type Seen = (typeof RECORDED.servers)[string] | undefined;

/** By which program a server is seen otherwise than it was recorded. */
function differences(id: OddServer['id'], today: Seen): { program: Program; words: string }[] {
  const before = RECORDED.servers[id];
  return (['chromium', 'curl'] as const).flatMap((program) => {
    if (program === 'curl' && [before, today].some((it) => it?.curl.exit === SEND_FAILED))
      return [];
    const [was, is] = [shortly(before, program), shortly(today, program)];
    return was === is ? [] : [{ program, words: `${program}: ${id}: ${was}, today ${is}` }];
  });
}

/**
 * What does not depend on how busy the machine is. Which error a refused page has is a matter of
 * timing.
 */
function shortly(seen: Seen, program: Program): string {
  if (seen === undefined) return 'not asked';
  const { loaded, error, status, title, as_expected } = seen.chromium;
  const { exit, status: curl_status } = seen.curl;
  return JSON.stringify(
    program === 'chromium'
      ? { loaded, failed: error !== null, status, title, as_expected }
      : { read: exit === 0, status: curl_status },
  );
}

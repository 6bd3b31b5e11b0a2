import { expect, it } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import { recordServers } from './record.ts';
import { type BrowserRecord, type CurlRecord, type Recording, readRecording } from './recorded.ts';

/** What does not depend on how busy the machine is. */
const told = ({ chromium, curl }: { chromium: BrowserRecord; curl: CurlRecord }) => {
  const { loaded, error, status, title, as_expected } = chromium;
  return {
    loaded,
    error,
    status,
    title,
    as_expected,
    curl: curl.exit === 0,
    curl_status: curl.status,
  };
};

const toldOf = ({ versions, servers }: Recording) => ({
  versions,
  ...Object.fromEntries(Object.entries(servers).map(([id, seen]) => [id, told(seen)])),
});

it(
  'the installed Chromium and curl still see what was recorded',
  async () => {
    const recorded = toldOf(readRecording());
    expect(toldOf(await recordServers())).toEqual(recorded);
  },
  15 * MINUTE,
);

import { afterEach, expect, test } from 'vitest';
import { answersControl } from '../../probes/exchange/control-name.ts';
import { createNames } from '../../probes/exchange/names/names.ts';
import { type NameAnswer, nameFolder, startNameServer } from './name-server.ts';

const NAME = 'www.control-a.com';
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** What is said of the control name, and of any other name. */
async function answers(
  control: NameAnswer | 'silence',
  others: NameAnswer | 'silence',
  hosts = '',
): Promise<boolean> {
  const server = await startNameServer((name) => (name === NAME ? control : others));
  const folder = nameFolder(`nameserver ${server.at}\n`, hosts);
  ends.push(async () => {
    await server.close();
    folder.remove();
  });
  const names = createNames({ files: folder.files, prefersIpv6: () => false });
  const clock = { monotonic: () => performance.now() };
  return await answersControl({ names, name: NAME, limit_ms: 1_000, clock });
}

const address = { addresses: ['8.8.8.8'] };
const none = { rcode: 3 } as const;

test.each([
  ['it resolves, and nobody knows another', address, none, true],
  ['it resolves, and so does any name', address, address, true],
  ['it resolves, and another has no address', address, {}, true],
  ['it is remembered, and others fail', address, { rcode: 2 }, false],
  ['it is remembered, and others are refused', address, { rcode: 5 }, false],
  ['it is remembered, and others hang', address, 'silence', false],
  ['it does not exist', none, none, false],
  ['nobody says anything', 'silence', 'silence', false],
] as const)('%s', async (_, control, others, expected) => {
  expect(await answers(control as NameAnswer, others as NameAnswer)).toBe(expected);
});

test.each([
  [none, true],
  [{ rcode: 2 }, false],
] as const)('in the hosts file, and the servers say %j of others', async (others, expected) => {
  expect(await answers(none, others, `8.8.8.8 ${NAME}\n`)).toBe(expected);
});

import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { MINUTE, systemClock } from '../../model/time.ts';
import { type FileFormat, FORMATS } from '../../model/vocabulary.ts';
import { fileAddress, readLink } from '../../probes/delivery/link.ts';
import { createCheckRunner } from '../../probes/line/check-runner.ts';
import { KNOWN_SPECIMEN } from '../../probes/systems/beijing/specimens.ts';
import { ticketOf } from '../../probes/systems/beijing/ticket.ts';
import { startRawServer } from './raw-server.ts';
import { demoAt, type Simulated, startSimulated } from './simulated.ts';

const NUMBER = '26001234567890123456';
const HOST = 'https://dppt.example.org:8443';
const EXPORT = `${HOST}/kpfw/fpjfzz/v1/exportDzfpwjEwm`;

describe('a delivery link', () => {
  it.each([
    ['with a tail of eight', `${HOST}/v/2_${NUMBER}_20260925120000123ab4cd`],
    ['with a tail of nine', `${HOST}/v/2_${NUMBER}_20260925120000123ab4cd5`],
    ['below a path', `${HOST}/some/v/2_${NUMBER}_20260925120000123ab4cd`],
    ['after its redirect', `${HOST}/qrcode?cs=2_${NUMBER}_20260925120000123ab4cd&jrxt=EWMJF`],
  ])('is a page %s, and tells the number', (_, url) => {
    expect(readLink({ url })).toMatchObject({ kind: 'page', number: NUMBER });
  });

  it.each([
    [`${EXPORT}?Wjgs=PDF&Jym=AB12&Fphm=${NUMBER}&Kprq=20260925120000&Czsj=1`, NUMBER, null],
    [`${EXPORT}?wjgs=pdf&fphm=${NUMBER}`, NUMBER, null],
    [`${EXPORT}?Wjgs=PDF`, null, null],
    // Twenty digits that are no number of an invoice.
    ['https://files.example.org/12345678901234567890/a.PDF?Expires=1790000000', null, 'pdf'],
    ['https://files.example.org/invoice.ofd', null, 'ofd'],
    ['https://files.example.org/pdf/download?request=abc', null, 'pdf'],
    [`${HOST}/v/3_${NUMBER}_20260925120000123ab4cd`, null, 'pdf'],
  ])('%s is the address of a file', (url, number, format) => {
    expect(readLink({ url })).toMatchObject({ kind: 'file', number, format });
  });

  it('has the number and the format that it is given', () => {
    const url = 'https://files.example.org/invoice';
    expect(readLink({ url, number: NUMBER, format: 'xml' })).toMatchObject({
      number: NUMBER,
      format: 'xml',
    });
  });

  it.each([
    [`${EXPORT}?Wjgs=PDF&Jym=A%2BB&Kprq=1`, `${EXPORT}?Wjgs=OFD&Jym=A%2BB&Kprq=1`],
    [`${EXPORT}?Jym=A%20B&wjgs=pdf`, `${EXPORT}?Jym=A%20B&wjgs=ofd`],
    [`${EXPORT}?Jym=AB12`, `${EXPORT}?Jym=AB12&Wjgs=OFD`],
    ['https://files.example.org/a.ofd?Wjgs=PDF', 'https://files.example.org/a.ofd?Wjgs=PDF'],
  ])('%s leads to %s for OFD, its other bytes as they were', (url, expected) => {
    const link = readLink({ url });
    if (link.kind !== 'file') throw new Error('no file');
    expect(fileAddress(link, 'ofd').href).toBe(expected);
  });
});

describe('the simulated system', () => {
  let simulated: Simulated;
  beforeAll(async () => {
    simulated = await startSimulated();
  });
  afterAll(() => simulated.close());

  test.for(FORMATS)('delivers %s by a link, as real ones do', async (format) => {
    const url = `${simulated.url}/beijing/v/${ticketOf(KNOWN_SPECIMEN, 'test')}`;
    const configuration = bureaus({ id: 'one', links: [{ url }], format });
    const parts = { configuration, installation: 'test', clock: systemClock };
    expect(await createCheckRunner(parts).run('one', 0)).toMatchObject({
      outcome: 'ok',
      integrity: { format, verdict: 'sound' },
    });
  });

  test('does not deliver by a link that it did not give', async () => {
    const url = `${simulated.url}/beijing/v/${ticketOf(KNOWN_SPECIMEN, 'other')}`;
    const configuration = bureaus({ id: 'one', links: [{ url }] });
    const parts = { configuration, installation: 'test', clock: systemClock };
    expect(await createCheckRunner(parts).run('one', 0)).toMatchObject({
      outcome: 'user_data',
      reason: 'link_refused',
      detail: 'queryFpjcxxb: code 0',
    });
  });
});

test('a host that refused is left in peace for an hour, and other systems are asked', async () => {
  const server = await startRawServer((socket) =>
    socket.end('HTTP/1.1 511 No\r\nContent-Length: 0\r\n\r\n'),
  );
  let moved_ms = 0;
  const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + moved_ms };
  const links = [{ url: `${server.url}/invoice.pdf` }];
  const configuration = bureaus({ id: 'one', links }, { id: 'two', links });
  const { run } = createCheckRunner({ configuration, installation: 'test', clock });
  const refused = { outcome: 'throttled', reason: 'blocked' };

  expect(await run('one', 0)).toMatchObject({ ...refused, http_status: 511, detail: 'HTTP 511' });
  moved_ms = 59 * MINUTE;
  expect(await run('one', 1)).toMatchObject({
    ...refused,
    http_status: null,
    detail: 'refused before; asked again in 1 min',
  });
  expect(server.received).toHaveLength(1);
  expect(await run('two', 1)).toMatchObject({ ...refused, http_status: 511 });
  moved_ms = 61 * MINUTE;
  expect(await run('one', 2)).toMatchObject({ ...refused, http_status: 511 });
  await server.close();
  expect(server.received).toHaveLength(3);
});

interface Bureau {
  id: string;
  links: { url: string }[];
  format?: FileFormat;
}

/** Each a system of its own, with a check of the same name. */
function bureaus(...them: readonly Bureau[]): Configuration {
  const kind = { driver: 'dppt', environment: 'production', neutral: false, ca: null } as const;
  const name = { 'zh-CN': 'x', en: 'x' };
  const common = { line: 'local', deadline_ms: 3_000, schedule: '0 */5 * * * *', zone: 'UTC' };
  return {
    ...demoAt('http://127.0.0.1:1'),
    systems: them.map(({ id, links }) => ({
      id,
      name,
      ...kind,
      url: 'https://dppt.example.org:8443',
      settings: { links },
    })),
    checks: them.map(({ id, format = 'pdf' }) => ({
      ...common,
      id,
      system: id,
      function: 'download',
      options: { format, link: 1 },
    })),
  };
}

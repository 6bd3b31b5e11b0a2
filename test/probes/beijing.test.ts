import { expect, test } from 'vitest';
import { systemClock } from '../../model/time.ts';
import type { FileFormat, Reason } from '../../model/vocabulary.ts';
import { createCheckRunner } from '../../probes/line/check-runner.ts';
import { createBeijing } from '../../probes/systems/beijing/driver.ts';
import { KNOWN_SPECIMEN, UNKNOWN_SPECIMEN } from '../../probes/systems/beijing/specimens.ts';
import { ticketOf } from '../../probes/systems/beijing/ticket.ts';
import { type RawServer, startRawServer } from './raw-server.ts';
import { demoAt } from './simulated.ts';

const TICKET = ticketOf(KNOWN_SPECIMEN, 'test');
const PATHS = ['/kpfw/query', '/v/', 'queryFpjcxxb', 'queryFpmxNum', 'saveDzfpxzjlxx', 'export'];
type Answers = Record<string, string>;

/** A delivery host that gives one prepared answer per path. */
function deliveryHost(answers: Answers): Promise<RawServer> {
  return startRawServer((socket, request) => {
    const path = PATHS.find((name) => request.split('\r\n')[0]?.includes(name)) ?? '';
    const first = request.includes(KNOWN_SPECIMEN.number) ? '' : 'unknown:';
    const body = answers[`${first}${path}`] ?? answers[path] ?? '';
    if (body.startsWith('HTTP/')) socket.end(body);
    else socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  });
}

const SOUND: Answers = {
  '/kpfw/query': JSON.stringify({ code: '1', cs: TICKET }),
  'unknown:/kpfw/query': JSON.stringify({ code: '0' }),
  '/v/': '<html>',
  queryFpjcxxb: JSON.stringify({
    code: '1',
    fphm: KNOWN_SPECIMEN.number,
    kprq: '2025-01-01 09:00:00',
    jym: 'AB12',
  }),
  queryFpmxNum: '{"code":"1"}',
  saveDzfpxzjlxx: '{"code":"1"}',
};

async function run(check: string, answers: Answers) {
  const host = await runnerOf({ ...SOUND, ...answers });
  const done = await host.runner.run(check, 0);
  await host.server.close();
  return { ...done, received: host.server.received };
}

async function runnerOf(answers: Answers) {
  const server = await deliveryHost(answers);
  const configuration = demoAt(server.url);
  const [, beijing] = configuration.systems;
  if (beijing === undefined) throw new Error('no system');
  const systems = [{ ...beijing, url: server.url }];
  const runner = createCheckRunner({
    configuration: { ...configuration, systems },
    installation: 'test',
    clock: systemClock,
  });
  return { server, runner };
}

const other = ticketOf(UNKNOWN_SPECIMEN, 'test');

const QUERIES: [string, Answers, Reason][] = [
  ['that does not find the known one', { '/kpfw/query': '{"code":"0"}' }, 'known_not_found'],
  [
    'that finds the unknown one',
    { 'unknown:/kpfw/query': JSON.stringify({ code: '1', cs: other }) },
    'unknown_found',
  ],
  ['without a ticket', { '/kpfw/query': '{"code":"1"}' }, 'unexpected_answer'],
  [
    'with a ticket that leads elsewhere',
    { '/kpfw/query': '{"code":"1","cs":"../../x"}' },
    'unexpected_answer',
  ],
  [
    'with the ticket of another invoice',
    { '/kpfw/query': JSON.stringify({ code: '1', cs: other }) },
    'unexpected_answer',
  ],
  ['without a code', { '/kpfw/query': '{}' }, 'unexpected_answer'],
  ['with another code', { '/kpfw/query': '{"code":"511"}' }, 'error_code'],
  ['of HTML', { '/kpfw/query': '<!doctype html>' }, 'unexpected_answer'],
];

test.for(QUERIES)('a query %s', async ([, answers, reason]) => {
  expect(await run('query', answers)).toMatchObject({ outcome: 'system', reason });
});

const DOWNLOADS: [string, Answers, Reason][] = [
  [
    'whose link answers an error',
    { '/v/': 'HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n' },
    'http_status',
  ],
  ['whose details are not there', { queryFpjcxxb: '{"code":"0"}' }, 'error_code'],
  [
    'whose details have no date',
    { queryFpjcxxb: JSON.stringify({ code: '1', fphm: KNOWN_SPECIMEN.number, jym: 'AB12' }) },
    'unexpected_answer',
  ],
  ['whose number of lines is refused', { queryFpmxNum: '{"code":"9"}' }, 'error_code'],
  ['whose log entry is refused', { saveDzfpxzjlxx: '{"code":"9"}' }, 'error_code'],
  [
    'whose file is an error',
    { export: 'HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n' },
    'http_status',
  ],
  [
    'whose file lies where no browser goes',
    { export: 'HTTP/1.1 302 No\r\nLocation: file:///a.pdf\r\nContent-Length: 0\r\n\r\n' },
    'unexpected_answer',
  ],
];

test.for(DOWNLOADS)('a download %s', async ([, answers, reason]) => {
  const done = await run('download-pdf', answers);
  expect(done).toMatchObject({ outcome: 'system', reason, integrity: null });
});

test.for<FileFormat>(['pdf', 'ofd', 'xml'])(
  'a %s that is cut short on the way is truncated, not a broken connection',
  async (format) => {
    for (const head of ['Content-Length: 9000', 'Transfer-Encoding: chunked']) {
      const body = head.startsWith('C') ? '%PDF-1.7' : '8\r\n%PDF-1.7\r\n';
      const done = await run(`download-${format}`, {
        export: `HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`,
      });
      expect(done).toMatchObject({
        outcome: 'corrupt',
        reason: 'truncated',
        integrity: { format, verdict: 'corrupt', reason: 'truncated' },
      });
    }
  },
);

test('a link cut short on the way is a broken connection', async () => {
  const cut = 'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n<html>';
  expect(await run('download-pdf', { '/v/': cut })).toMatchObject({
    outcome: 'network',
    reason: 'connection_reset',
  });
});

test('asks for the file as the delivery page does', async () => {
  const { received, detail } = await run('download-ofd', { export: 'hello' });
  const lines = received.map((request) => request.split('\r\n')[0]);
  expect(lines.slice(0, 5)).toEqual([
    'POST /kpfw/query HTTP/1.1',
    `GET /v/${TICKET} HTTP/1.1`,
    'POST /kpfw/fpjfzz/v1/queryFpjcxxb HTTP/1.1',
    'POST /kpfw/fpjfzz/v1/queryFpmxNum HTTP/1.1',
    'POST /kpfw/fpjfzz/v1/saveDzfpxzjlxx HTTP/1.1',
  ]);
  const [path, query] = lines[5]?.split('?') ?? [];
  expect(path).toBe('GET /kpfw/fpjfzz/v1/exportDzfpwjEwm');
  expect(query).toMatch(/^Wjgs=OFD&Jym=AB12&Fphm=\d{20}&Kprq=20250101090000&Czsj=\d{13}&/);
  expect(query).toMatch(/&fileName=&timeStampId=\d{13} /);
  expect(detail).not.toContain(KNOWN_SPECIMEN.number);
});

test('invoices to ask for are those of the simulator unless others are named', () => {
  const [, system] = demoAt('http://127.0.0.1:1').systems;
  if (system === undefined) throw new Error('no system');
  const specimens = (settings: unknown) => createBeijing({ ...system, settings }).specimens;
  const own = { known: { number: '25000000000000000077', issued: '20260105093000' } };
  expect(specimens({})).toEqual({ known: KNOWN_SPECIMEN, unknown: UNKNOWN_SPECIMEN });
  expect(specimens(own)).toEqual({ ...own, unknown: UNKNOWN_SPECIMEN });
});

const WAITS: [string, Answers, string][] = [
  ['finds nothing', { '/kpfw/query': '{"code":"0"}' }, 'query: system, known_not_found'],
  ['fails', { '/kpfw/query': 'HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n' }, 'http_status'],
  ['is refused', { '/kpfw/query': 'HTTP/1.1 429 No\r\nContent-Length: 0\r\n\r\n' }, 'throttled'],
];

test.for(WAITS)('a download waits for its query, which %s', async ([, answers, underlying]) => {
  const done = await run('download-pdf', answers);
  expect(done).toMatchObject({
    outcome: 'prerequisite',
    reason: 'waits_for_query',
    integrity: null,
    detail: expect.stringContaining(underlying),
  });
  expect(done.received).toHaveLength(1);
});

const BROKEN = 'HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n';

test.for(['query', 'download-pdf'])(
  'M3: a download needs no query once a %s has given its link',
  async (first) => {
    const answers: Answers = { ...SOUND, export: '%PDF-1.7' };
    const { server, runner } = await runnerOf(answers);
    await runner.run(first, 0);
    const asked = server.received.length;
    answers['/kpfw/query'] = BROKEN;
    expect(await runner.run('query', 1)).toMatchObject({ outcome: 'system' });
    const files = await Promise.all(
      ['pdf', 'ofd', 'xml'].map((format) => runner.run(`download-${format}`, 1)),
    );
    await server.close();
    expect(files.map(({ outcome }) => outcome)).toEqual(['corrupt', 'corrupt', 'corrupt']);
    const later = server.received.slice(asked + 1);
    expect(later.filter((request) => request.includes('/kpfw/query '))).toEqual([]);
  },
);

test('where the link is not accepted any more, another is asked for', async () => {
  const answers: Answers = { ...SOUND, export: '%PDF-1.7' };
  const { server, runner } = await runnerOf(answers);
  await runner.run('query', 0);
  answers.queryFpjcxxb = '{"code":"0"}';
  // One that was given a moment ago is accepted by a sound system.
  expect(await runner.run('download-pdf', 1)).toMatchObject({ outcome: 'system' });
  answers['/kpfw/query'] = BROKEN;
  expect(await runner.run('download-pdf', 2)).toMatchObject({ outcome: 'prerequisite' });
  await server.close();
});

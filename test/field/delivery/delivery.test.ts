import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { grade } from '../../../model/judge/grade.ts';
import { DEFAULT_POLICY } from '../../../model/policy.ts';
import type { Result } from '../../../model/result.ts';
import { type FileFormat, FORMATS } from '../../../model/vocabulary.ts';
import { specimenFile, specimenInvoice } from '../../../probes/specimen/index.ts';
import { matrix } from '../../matrix.ts';
import { type DeliveryHost, type HostParts, type Step, startDeliveryHost } from './host.ts';
import { type Asking, download } from './line.ts';
import { DEAD_LINKS, NO_FILES, REFUSALS, type Reply } from './replies.ts';

const NUMBER = '26007654321098765432';
const ISSUED = '20260925120000';
const INVOICE = specimenInvoice(NUMBER, ISSUED);
const FILES = Object.fromEntries(
  FORMATS.map((format) => [format, specimenFile(format, INVOICE)]),
) as Record<FileFormat, Uint8Array>;

async function start(parts: Partial<HostParts> = {}): Promise<DeliveryHost> {
  const host = await startDeliveryHost({
    number: NUMBER,
    issued: ISSUED,
    files: FILES,
    ...parts,
  });
  onTestFinished(() => host.close());
  return host;
}

const every = (link: Asking['link']) => FORMATS.map((format) => ({ link, format }));
const verdicts = (runs: Awaited<ReturnType<typeof download>>) =>
  runs.map(({ outcome, reason, integrity }) => [outcome, reason, integrity?.verdict ?? null]);
const SOUND = FORMATS.map(() => ['ok', null, 'sound']);

describe('every format arrives', () => {
  it('by a link to the file (A), in one request', async () => {
    const host = await start();
    const runs = await download(every(host.file_link));
    expect(verdicts(runs)).toEqual(SOUND);
    expect(host.asked.map(({ step, method }) => [step, method])).toEqual(
      FORMATS.map(() => ['exportDzfpwjEwm', 'GET']),
    );
    expect(host.asked.map(({ path }) => /Wjgs=(\w+)/.exec(path)?.[1])).toEqual([
      'PDF',
      'OFD',
      'XML',
    ]);
  });

  it('by a link to the file with its format in lower case', async () => {
    const host = await start();
    const runs = await download(every(host.file_link.replace('Wjgs=PDF', 'Wjgs=pdf')));
    expect(verdicts(runs)).toEqual(SOUND);
    expect(host.asked.map(({ path }) => /Wjgs=(\w+)/.exec(path)?.[1])).toEqual([
      'pdf',
      'ofd',
      'xml',
    ]);
  });

  it('by the page of a link (B), step by step', async () => {
    const host = await start();
    const [run] = await download([{ link: host.page_link, format: 'ofd' }]);
    expect(run).toMatchObject({ outcome: 'ok', integrity: { verdict: 'sound' } });
    expect(host.asked.map(({ step }) => step)).toEqual([
      'link',
      'qrcode',
      'queryFpjcxxb',
      'queryFpmxNum',
      'saveDzfpxzjlxx',
      'exportDzfpwjEwm',
    ]);
    const [, , , counted, noted, file] = host.asked;
    expect(JSON.parse(counted?.body ?? '')).toEqual({ Fphm: NUMBER, Kprq: ISSUED });
    expect(JSON.parse(noted?.body ?? '')).toEqual({
      Fphm: NUMBER,
      Kprq: ISSUED,
      Wjgs: 'OFD',
      Jym: 'Ab3Z',
      Czsj: expect.stringMatching(/^\d{13}$/),
    });
    const query = new URL(file?.path ?? '', host.origin).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      Wjgs: 'OFD',
      Jym: 'Ab3Z',
      Fphm: NUMBER,
      Kprq: ISSUED,
      Czsj: expect.stringMatching(/^\d{13}$/),
      fileName: `dzfp_${NUMBER}`,
      timeStampId: expect.stringMatching(/^\d+$/),
    });
  });

  const QUIRKS: [string, Partial<HostParts>][] = [
    ['a tail of nine characters', { tail: '123ab4cd5' }],
    ['parameters of the page', { needs_page_parameters: true }],
    ['redirects before the page', { hops: 3 }],
    ['other ways to write code and time', { plain_answers: true }],
    [
      'a page in GBK',
      {
        page: Buffer.concat([
          Buffer.from('<html><head><meta charset="gbk"><title>'),
          // 发票下载
          Buffer.from('b7a2c6b1cfc2d4d8', 'hex'),
          Buffer.from('</title></head><body><div id=app></div></body></html>'),
        ]),
      },
    ],
    ['cookies and the Referer', { needs_session: true }],
    [
      'everything at once',
      { needs_session: true, needs_page_parameters: true, hops: 2, tail: '12345678Z' },
    ],
  ];

  it.each(QUIRKS)('by the page of a link (B) with %s', async (_, quirks) => {
    const host = await start(quirks);
    expect(verdicts(await download(every(host.page_link)))).toEqual(SOUND);
  });

  it('by the address to which the link redirects, as browsers show it', async () => {
    const host = await start();
    const ticket = host.page_link.split('/v/')[1];
    const link = `${host.origin}/qrcode?cs=${ticket}&jrxt=EWMJF`;
    expect(verdicts(await download(every(link)))).toEqual(SOUND);
  });
});

describe('by the link of a provider', () => {
  /** A provider's host: a short link that leads to the file, at another host if there is one. */
  async function startProvider(bytes: Uint8Array, moves = 1): Promise<string> {
    const server = createServer(({ url = '' }, response) => {
      const hop = Number(/^\/s\/(\d)$/.exec(url)?.[1] ?? moves);
      if (hop < moves) {
        // Raw Chinese in the address, as some send it.
        const location = hop + 1 < moves ? `/s/${hop + 1}` : `http://localhost:${port}/发票?a=b`;
        const raw = Buffer.from(location).toString('latin1');
        return response.writeHead(302, { location: raw }).end();
      }
      response.writeHead(200, { 'content-type': 'text/html' }).end(bytes);
    });
    await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    return `http://localhost:${port}/s/0`;
  }

  it.each(FORMATS)('%s arrives, directly and after redirects', async (format) => {
    const askings = [];
    for (const moves of [0, 1, 3]) {
      const url = await startProvider(FILES[format], moves);
      askings.push({ link: { url, format, number: NUMBER }, format });
    }
    expect(verdicts(await download(askings))).toEqual(askings.map(() => ['ok', null, 'sound']));
  });

  it('a file of another format is our setting, no outage', async () => {
    const url = await startProvider(FILES.ofd);
    const [run] = await download([{ link: { url, format: 'pdf' }, format: 'pdf' }]);
    expect([run?.outcome, run?.detail]).toEqual(['user_data', 'the link delivers a ZIP archive']);
  });

  it('a file whose number nobody knows is sound, and so is that of the number', async () => {
    const url = await startProvider(FILES.pdf);
    const [run] = await download([{ link: url, format: 'pdf' }]);
    expect(run).toMatchObject({ outcome: 'ok', integrity: { verdict: 'sound' } });
    const number = '26009999999999999999';
    const [other] = await download([{ link: { url, number }, format: 'pdf' }]);
    expect([other?.outcome, other?.reason]).toEqual(['mismatch', 'number_mismatch']);
  });
});

/** The whole result of a refused download, as it is judged. */
async function refusedAt(at: Step, reply: Reply) {
  const host = await start({ instead: { at, reply } });
  const link = at === 'exportDzfpwjEwm' ? host.file_link : host.page_link;
  const [run] = await download([{ link, format: 'pdf' }]);
  if (run === undefined) throw new Error('no run');
  const result: Result = {
    ...run,
    check: 'x',
    slot_at: run.started_at,
    confirming: false,
    simulated: false,
    proof: null,
  };
  return {
    run,
    grade: grade(result, { policy: DEFAULT_POLICY, in_window: false }),
    steps: host.asked.map(({ step }) => step),
  };
}

/** Where a refusal may come; the first and the last of them stand for the others. */
const AT: Step[] = ['exportDzfpwjEwm', 'link', 'qrcode', 'queryFpjcxxb', 'queryFpmxNum'];

describe.each(matrix(AT, 2))('at %s', (at) => {
  it.each(Object.entries(REFUSALS))(
    '%s is a refusal, no outage, and ends the run',
    async (_, reply) => {
      const { run, grade, steps } = await refusedAt(at, reply);
      expect([run.outcome, grade]).toEqual(['throttled', 'unjudged']);
      const after = steps.slice(steps.indexOf(at) + 1);
      expect(after.filter((step) => step !== 'other')).toEqual([]);
    },
  );

  it.each(Object.entries(DEAD_LINKS))('%s is our dead link, no outage', async (_, reply) => {
    const { run, grade } = await refusedAt(at, reply);
    expect([run.outcome, run.reason, grade]).toEqual(['user_data', 'link_refused', 'unjudged']);
  });
});

it.each(Object.entries(NO_FILES))('%s in place of the file is no outage', async (_, reply) => {
  const { run, grade } = await refusedAt('exportDzfpwjEwm', reply);
  expect([run.outcome, run.reason, grade]).toEqual(['user_data', 'link_refused', 'unjudged']);
});

describe('what a person would have met too is an outage', () => {
  const HTML = { 'content-type': 'text/html' };
  const html = (status: number, title: string, body = ''): Reply => ({
    status,
    headers: HTML,
    body: `<html><head><title>${title}</title></head><body>${body}</body></html>`,
  });

  it.each<[string, Reply, Step, string, string]>([
    ['500', html(500, 'Internal Server Error'), 'link', 'system', 'http_status'],
    ['502 at a step', html(502, 'Bad Gateway'), 'queryFpmxNum', 'system', 'http_status'],
    ['an error page', html(200, '系统错误'), 'qrcode', 'system', 'error_page'],
    ['one for the file', html(200, '系统错误'), 'exportDzfpwjEwm', 'corrupt', 'not_a_file'],
    ['503 of maintenance', html(503, '系统维护中'), 'link', 'maintenance', 'says_maintenance'],
    [
      'a redirect to maintenance',
      { status: 302, headers: { location: '/weihu.html' }, body: '' },
      'link',
      'maintenance',
      'says_maintenance',
    ],
    ['maintenance with 200', html(200, '系统维护中'), 'qrcode', 'maintenance', 'says_maintenance'],
    [
      'a step that fails',
      { status: 200, body: '{"code":"-1","error":null}' },
      'queryFpmxNum',
      'system',
      'error_code',
    ],
    ['no JSON at a step', { status: 200, body: '' }, 'queryFpmxNum', 'system', 'unexpected_answer'],
    [
      'the page of something else',
      html(200, 'Welcome to nginx!', '<p>If you see this page, the web server works.</p>'),
      'exportDzfpwjEwm',
      'corrupt',
      'not_a_file',
    ],
  ])('%s', async (_, reply, at, outcome, reason) => {
    const { run, grade } = await refusedAt(at, reply);
    expect([run.outcome, run.reason, grade]).toEqual([outcome, reason, 'bad']);
  });
});

it('the file of another invoice is a mismatch', async () => {
  const other = specimenInvoice('26001111111111111111', ISSUED);
  const host = await start({ files: { xml: specimenFile('xml', other) } });
  const [run] = await download([{ link: host.file_link, format: 'xml' }]);
  expect(run).toMatchObject({ outcome: 'mismatch', reason: 'number_mismatch' });
});

it('an invoice is no notice, whatever goods it is about', async () => {
  const text = Buffer.from(FILES.xml)
    .toString()
    .replace(/<ItemName>[^<]*/g, '<ItemName>验证码已失效');
  const host = await start({ files: { xml: Buffer.from(text) } });
  const [run] = await download([{ link: host.file_link, format: 'xml' }]);
  expect(run).toMatchObject({ outcome: 'ok', integrity: { verdict: 'sound' } });
});

it('no detail of a result tells a link or a number', async () => {
  const replies = [...Object.values(REFUSALS), ...Object.values(DEAD_LINKS)];
  for (const reply of replies.slice(0, 4)) {
    const { run } = await refusedAt('queryFpjcxxb', reply);
    expect(run.detail).not.toMatch(/\d{14}|127\.0\.0\.1/);
  }
});

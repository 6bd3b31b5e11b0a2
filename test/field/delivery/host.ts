import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { FileFormat } from '../../../model/vocabulary.ts';
import type { Reply } from './replies.ts';

/** The steps behind a delivery link, in their order. */
export const STEPS = [
  'link',
  'qrcode',
  'queryFpjcxxb',
  'queryFpmxNum',
  'saveDzfpxzjlxx',
  'exportDzfpwjEwm',
] as const;
export type Step = (typeof STEPS)[number];

/** How hosts of provinces differ, as far as public code tells. */
export interface HostParts {
  number: string;
  /** yyyyMMddHHmmss. */
  issued: string;
  files: Partial<Record<FileFormat, Uint8Array>>;
  tls?: TlsOptions;
  /** Characters behind the time in the ticket. */
  tail?: string;
  /** Steps need the cookie that the page set, and the page as Referer. */
  needs_session?: boolean;
  /** The file needs `fileName` and `timeStampId`, as in the page's own flow. */
  needs_page_parameters?: boolean;
  /** Redirects before the page. */
  hops?: number;
  /** The page as sent; default: a script application in UTF-8. */
  page?: Buffer;
  /** `kprq` as 14 digits, `code` as a number. */
  plain_answers?: boolean;
  /** Answers to one step instead of what it should be. */
  instead?: { at: Asked['step']; reply: Reply };
}

export interface Asked {
  step: Step | 'other';
  method: string;
  path: string;
  cookie: string;
  referer: string;
  body: string;
}

export interface DeliveryHost {
  origin: string;
  /** The link of the QR code (B). */
  page_link: string;
  /** The link to a file in the mail (A). */
  file_link: string;
  asked: Asked[];
  close(): Promise<void>;
}

const PREFIX = '/kpfw/fpjfzz/v1/';
const CODE = 'Ab3Z';
const SPA =
  '<!doctype html><html><head><meta charset="utf-8"><title>发票下载</title></head>' +
  '<body><div id="app"></div><script src="/static/app.js"></script></body></html>';

const HOME: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>电子税务局</title></head><body><h1>欢迎</h1><p>办税服务</p></body></html>',
};

/**
 * A host that serves the public delivery of e-invoices and nothing else: the redirecting link, its
 * page, the steps of the page, and the file.
 */
export async function startDeliveryHost(parts: HostParts): Promise<DeliveryHost> {
  const { number, issued, tail = '123ab4cd', hops = 0, instead, tls } = parts;
  const ticket = `2_${number}_${issued}${tail}`;
  const session = createHash('sha256').update(ticket).digest('hex').slice(0, 16);
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  let origin = '';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const body = await textOf(request);
    const { cookie = '', referer = '' } = request.headers;
    const step = stepOf(url);
    const { method = '' } = request;
    asked.push({ step, method, path: `${url.pathname}${url.search}`, cookie, referer, body });
    if (instead?.at === step) return send(response, instead.reply);
    if (step === 'link') return send(response, redirect(hops > 0 ? '/hop/1' : pagePath()));
    if (/^\/hop\/\d+$/.test(url.pathname)) {
      const hop = Number(url.pathname.slice('/hop/'.length));
      return send(response, redirect(hop < hops ? `/hop/${hop + 1}` : pagePath()));
    }
    if (step === 'qrcode') return send(response, page());
    if (url.pathname === '/') return send(response, HOME);
    if (step === 'other') return send(response, { status: 404, body: 'no such page' });
    const is_page_flow = step !== 'exportDzfpwjEwm' || url.searchParams.has('timeStampId');
    if (parts.needs_session && is_page_flow && !hasSession(cookie, referer)) {
      return send(response, redirect('https://tpass.example.gov.cn/login'));
    }
    return step === 'exportDzfpwjEwm'
      ? send(response, file(url.searchParams))
      : send(response, json(told(step, method, fieldsIn(body))));
  }

  function stepOf({ pathname, searchParams }: URL): Asked['step'] {
    if (pathname === `/v/${ticket}`) return 'link';
    if (pathname === '/qrcode') return searchParams.get('cs') === ticket ? 'qrcode' : 'other';
    return STEPS.find((name) => pathname === `${PREFIX}${name}`) ?? 'other';
  }

  const pagePath = () => `/qrcode?cs=${ticket}&jrxt=EWMJF`;

  function page(): Reply {
    const set_cookie = `SESSION=${session}; Path=/; HttpOnly`;
    const headers = { 'set-cookie': set_cookie, 'content-type': 'text/html' };
    return { status: 200, headers, body: parts.page ?? SPA };
  }

  function hasSession(cookie: string, referer: string): boolean {
    return cookie.includes(`SESSION=${session}`) && referer.endsWith(pagePath());
  }

  function told(step: Step, method: string, given: Record<string, unknown>): object {
    const code = (good: boolean) =>
      parts.plain_answers ? { code: good ? 1 : 0 } : { code: good ? '1' : '0' };
    if (method !== 'POST') return code(false);
    if (step === 'queryFpjcxxb') {
      if (given.Cs !== ticket) return code(false);
      const kprq = parts.plain_answers ? issued : spaced(issued);
      return { ...code(true), fphm: number, kprq, jym: CODE };
    }
    const is_invoice = given.Fphm === number && given.Kprq === issued;
    if (step === 'queryFpmxNum') return { ...code(is_invoice), fileName: `dzfp_${number}` };
    const is_log = given.Jym === CODE && /^(PDF|OFD|XML)$/.test(String(given.Wjgs));
    return code(is_invoice && is_log && /^\d{13}$/.test(String(given.Czsj)));
  }

  function file(query: URLSearchParams): Reply {
    const needed = ['Jym', 'Fphm', 'Kprq', 'Czsj'];
    const page_needs = parts.needs_page_parameters ? ['fileName', 'timeStampId'] : [];
    const is_complete = [...needed, ...page_needs].every((name) => query.has(name));
    const is_right = query.get('Jym') === CODE && query.get('Fphm') === number;
    const format = (query.get('Wjgs') ?? '').toLowerCase() as FileFormat;
    const bytes = parts.files[format];
    if (!is_complete || !is_right || bytes === undefined) {
      return json({ Response: { Result: 'FAIL', Error: { Message: '参数错误' } } });
    }
    // Neither type nor name says what it is.
    const headers = {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="download.do"',
    };
    return { status: 200, headers, body: Buffer.from(bytes) };
  }

  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void answer(request, response);
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.on('tlsClientError', () => {});
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  origin = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    origin,
    page_link: `${origin}/v/${ticket}`,
    file_link:
      `${origin}${PREFIX}exportDzfpwjEwm?Wjgs=PDF&Jym=${CODE}&Fphm=${number}&Kprq=${issued}` +
      '&Czsj=1790000000000',
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function redirect(location: string): Reply {
  return { status: 302, headers: { location }, body: '' };
}

function json(value: object): Reply {
  const headers = { 'content-type': 'application/json;charset=UTF-8' };
  return { status: 200, headers, body: JSON.stringify(value) };
}

function send(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  response.writeHead(status, headers);
  response.end(body);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function fieldsIn(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** 20260925120000 as 2026-09-25 12:00:00. */
function spaced(digits: string): string {
  return digits.replace(/^(.{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6');
}

import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { isLoopbackHost, pathOf } from '../http/front-door.ts';
import { SECURITY_HEADERS } from '../http/headers.ts';
import { allowHeader, isAllowed } from '../http/methods.ts';
import { prefersOpenMetrics } from '../http/negotiation.ts';
import { createServer } from '../http/node-http.ts';
import { type Problem, problemParts } from '../http/problem.ts';
import { REQUEST_LIMITS } from '../http/request-limits.ts';
import { type Binding, closeServer, type Listener, listen } from './listener.ts';

export interface PrivateParts {
  binding: Binding;
  metrics: ServedMetrics;
  /** Why the process is not ready, in one line; null when it is ready. */
  notReady(): string | null;
}

/** The same metrics in both texts of Prometheus. */
interface ServedMetrics {
  text(): Promise<string>;
  content_type: string;
  openText(): Promise<string>;
  open_content_type: string;
}

interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

/**
 * Opens the private listener of a process: `/metrics`, `/-/healthy` (200 while the process
 * responds) and `/-/ready` (200, or 503 with the reason). Of Node alone, because every process has
 * one and most serve nothing else.
 * @throws {UnrecoverableError} when the port cannot be opened
 */
export async function startPrivateListener(parts: PrivateParts): Promise<Listener> {
  const pages = pagesOf(parts);
  const server = createServer(REQUEST_LIMITS, async (request, response) => {
    const { status, headers, body } = await answer(pages, request);
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? '' : body);
  });
  const port = await listen(server, parts.binding);
  return { port, close: () => closeServer(server) };
}

const ELSEWHERE: Problem = {
  status: 421,
  title: 'This is another host',
  detail: 'Expected localhost or 127.0.0.1 as Host.',
};

type Pages = ReadonlyMap<string, (accept?: string) => Answer | Promise<Answer>>;

function pagesOf({ metrics, notReady }: PrivateParts): Pages {
  return new Map<string, (accept?: string) => Answer | Promise<Answer>>([
    [
      '/metrics',
      async (accept) =>
        prefersOpenMetrics(accept)
          ? metricsPage(metrics.open_content_type, await metrics.openText())
          : metricsPage(metrics.content_type, await metrics.text()),
    ],
    ['/-/healthy', () => page('healthy\n')],
    [
      '/-/ready',
      () => {
        const reason = notReady();
        return reason === null ? page('ready\n') : page(`${reason}\n`, 503);
      },
    ],
  ]);
}

async function answer(pages: Pages, request: IncomingMessage): Promise<Answer> {
  const { method = '', url = '', headers } = request;
  // A name that somebody points at this machine leads a browser here, and its scripts with it.
  if (!isLoopbackHost(headers.host)) return problemParts(ELSEWHERE);
  const found = pages.get(pathOf(url));
  if (!found) return problemParts({ status: 404, title: 'Not found' });
  if (!isAllowed(method, ['GET'])) {
    const allow = { allow: allowHeader(['GET']) };
    return problemParts({ status: 405, title: 'Method not allowed', headers: allow });
  }
  try {
    return await found(headers.accept);
  } catch {
    return problemParts({ status: 500, title: 'Internal error' });
  }
}

function metricsPage(type: string, text: string): Answer {
  const found = page(text, 200, type);
  return { ...found, headers: { ...found.headers, vary: 'accept' } };
}

function page(body: string, status = 200, type = 'text/plain; charset=UTF-8'): Answer {
  return { status, headers: { ...SECURITY_HEADERS, 'content-type': type }, body };
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bearerToken } from '../../http/bearer.ts';
import { limitBody } from '../../http/body.ts';
import { isHangUp } from '../../http/hang-up.ts';
import { createInFlight } from '../../http/in-flight.ts';
import { methodNotAllowed } from '../../http/methods.ts';
import { problem } from '../../http/problem.ts';
import type { IngestToken } from '../../model/configuration.ts';
import { EVENT_LIMITS, type InvoiceEvent } from '../../model/event.ts';
import type { Clock, Log, Telemetry } from '../../model/ports.ts';
import type { Site } from '../state/site.ts';
import { type LineContext, type LineProblem, readLine, systemNamed } from './lines.ts';
import { reportingSystems } from './systems.ts';

/** The ingest API for a company's own traffic. */
export interface Ingest {
  fetch(request: Request): Response | Promise<Response>;
  /** Accepts no more events; resolves when accepted ones are recorded. */
  stop(): Promise<void>;
}

/** Limit of queued lines of all senders. */
const QUEUE_LINES = 10_000;
/**
 * Bodies that are read and recorded at once: a mebibyte and some 100 ms of computing each. Slow
 * senders with a few tokens leave room for the others.
 */
const POSTS = { all: 32, per_client: 4 };
/** Events per transaction: a few ms, so that results are not delayed. */
const SLICE = 100;

/** Result of a line: a duplicate is ignored. */
type LineAnswer =
  | { line: number; status: 'accepted' | 'duplicate' }
  | { line: number; status: 'refused'; errors: LineProblem[] };

export interface IngestParts {
  tokens: readonly IngestToken[];
  site: Site;
  installation: string;
  /** Records events in one transaction; resolves to whether each is new. */
  recordEvents: (events: readonly InvoiceEvent[]) => Promise<boolean[]>;
  telemetry: Telemetry;
  clock: Clock;
  log: Log;
  queue_lines?: number;
}

/** `POST /ingest/events`: an NDJSON body, one event per line, each with its own result. */
export function createIngest(parts: IngestParts): Ingest {
  const { tokens, site, installation, telemetry, clock, log, queue_lines = QUEUE_LINES } = parts;
  const systems = reportingSystems(site);
  const posts = createInFlight(POSTS);
  const under_way = new Set<Promise<Response>>();
  let waiting = 0;
  let stopping = false;

  const app = new Hono<{ Variables: { token: IngestToken } }>();
  app.use('/ingest/events', async (c, next) => {
    if (c.req.method !== 'POST') return methodNotAllowed(['POST']);
    if (stopping) return full();
    const token = tokenOf(c, tokens);
    if (token === null)
      return problem({
        status: 401,
        title: 'A token is required',
        detail: 'Send Authorization: Bearer with a token of ingest.tokens.',
        headers: { 'www-authenticate': 'Bearer realm="ingest"' },
      });
    c.set('token', token);
    if (!/^application\/(x-ndjson|jsonl)\b/i.test(c.req.header('content-type') ?? ''))
      return problem({
        status: 415,
        title: 'The body must be application/x-ndjson',
        headers: { accept: 'application/x-ndjson' },
      });
    const leave = posts.enter(token.id);
    if (leave === null) return full();
    try {
      return await next();
    } finally {
      leave();
    }
  });
  app.post('/ingest/events', limitBody(EVENT_LIMITS.bytes, tooLarge), async (c) =>
    take(await c.req.text(), c.get('token')),
  );
  app.notFound(() => problem({ status: 404, title: 'Not found' }));
  app.onError((err) => {
    if (isHangUp(err)) return invalidBody('The body has no end');
    log.error({ err }, 'events not recorded');
    return problem({
      status: 503,
      title: 'The events could not be recorded',
      detail: 'Post them again: what was recorded already will not count twice.',
      headers: { 'retry-after': '10' },
    });
  });

  return {
    fetch(request) {
      const answer = Promise.resolve(app.fetch(request));
      under_way.add(answer);
      return answer.finally(() => under_way.delete(answer));
    },
    async stop() {
      stopping = true;
      await Promise.allSettled(under_way);
    },
  };

  async function take(body: string, token: IngestToken): Promise<Response> {
    const lines = body.split('\n').map((text, index) => ({ text: text.trim(), line: index + 1 }));
    const filled = lines.filter(({ text }) => text !== '');
    if (filled.length === 0) return invalidBody('There is no event in the body');
    if (filled.length > EVENT_LIMITS.lines) return tooLarge();
    const foreign = filled.find(({ text }) => !mayPostFor(token, systemNamed(text)));
    if (foreign)
      return problem({
        status: 403,
        title: 'This token may not post for this system',
        detail: `Line ${foreign.line} names another system; nothing was recorded.`,
      });
    if (waiting + filled.length > queue_lines) return full();
    waiting += filled.length;
    try {
      return answered(await record(filled), token);
    } finally {
      waiting -= filled.length;
    }
  }

  async function record(lines: { text: string; line: number }[]): Promise<LineAnswer[]> {
    const context: LineContext = { installation, systems, now: clock.now() };
    const answers: LineAnswer[] = [];
    const sound: { line: number; event: InvoiceEvent }[] = [];
    for (const { text, line } of lines) {
      const read = readLine(text, context);
      if ('event' in read) sound.push({ line, event: read.event });
      else answers.push({ line, status: 'refused', errors: read.problems });
    }
    for (let from = 0; from < sound.length; from += SLICE) {
      const slice = sound.slice(from, from + SLICE);
      const fresh = await parts.recordEvents(slice.map(({ event }) => event));
      for (const [index, { line }] of slice.entries())
        answers.push({ line, status: fresh[index] ? 'accepted' : 'duplicate' });
    }
    return answers.sort((a, b) => a.line - b.line);
  }

  function answered(lines: LineAnswer[], { id }: IngestToken): Response {
    const counts = { accepted: 0, duplicate: 0, refused: 0 };
    for (const { status } of lines) counts[status] += 1;
    for (const [result, n] of Object.entries(counts))
      if (n > 0) telemetry.count('fapiao_ingest_events_total', { token: id, result }, n);
    if (counts.refused === lines.length)
      return invalidBody('No line of the body is an event', { lines });
    return Response.json({ ...counts, lines }, { status: counts.refused > 0 ? 207 : 200 });
  }
}

/** The token of the request. Compares the hashes of all tokens, in constant time. */
function tokenOf(c: Context, tokens: readonly IngestToken[]): IngestToken | null {
  const sent = bearerToken(c.req.header('authorization'));
  if (sent === null) return null;
  const hash = createHash('sha256').update(sent).digest();
  const matches = tokens.filter((it) => timingSafeEqual(hash, Buffer.from(it.sha256, 'hex')));
  return matches[0] ?? null;
}

/** Lines without a system are refused later. */
function mayPostFor({ systems }: IngestToken, system: string | null): boolean {
  return system === null || systems === null || systems.includes(system);
}

function invalidBody(title: string, extensions: Record<string, unknown> = {}): Response {
  return problem({ status: 400, title, extensions });
}

function tooLarge(): Response {
  return problem({
    status: 413,
    title: 'The body is too large',
    detail: `At most ${EVENT_LIMITS.lines} lines and ${EVENT_LIMITS.bytes} bytes; split it.`,
  });
}

function full(): Response {
  return problem({
    status: 429,
    title: 'Too many events are waiting',
    detail: 'Post them again later; nothing of this body was recorded.',
    headers: { 'retry-after': '10' },
  });
}

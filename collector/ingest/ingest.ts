import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bearerToken } from '../../http/bearer.ts';
import { limitBody } from '../../http/body.ts';
import { isHangUp } from '../../http/hang-up.ts';
import { methodNotAllowed } from '../../http/methods.ts';
import { problem } from '../../http/problem.ts';
import type { IngestCallback, IngestToken } from '../../model/configuration.ts';
import { EVENT_LIMITS, type InvoiceEvent } from '../../model/event.ts';
import type { Clock, Log, Telemetry } from '../../model/ports.ts';
import type { CallbackCondition } from '../judging/own-trouble.ts';
import type { Site } from '../state/site.ts';
import { answerFull, answerNothingThere } from './answers.ts';
import { createCallbacks, type OfClient } from './callbacks.ts';
import { createIntake, type LineAnswer } from './intake.ts';
import { systemNamed } from './lines.ts';
import { createPlaces } from './places.ts';
import { reportingSystems } from './systems.ts';

/** The ingest API for a company's own traffic. */
export interface Ingest {
  /** `client`: the address that the request came from, where it is known. */
  fetch(request: Request, client?: string | null): Response | Promise<Response>;
  /** Accepts no more events; resolves when accepted ones are recorded. */
  stop(): Promise<void>;
}

/** Limit of queued lines of all senders. */
const QUEUE_LINES = 10_000;

export interface IngestParts {
  tokens: readonly IngestToken[];
  callbacks?: readonly IngestCallback[];
  site: Site;
  installation: string;
  /** Records events in one transaction; resolves to whether each is new. */
  recordEvents: (events: readonly InvoiceEvent[]) => Promise<boolean[]>;
  /** Which of these ids of events were recorded before. */
  knownEvents: (ids: readonly string[]) => Promise<string[]>;
  /** Tells operators whether what a callback tells can be used. */
  tellCallback?: (condition: CallbackCondition) => Promise<void>;
  /** Ids of the callbacks of which operators were told before this start that it cannot. */
  failing_callbacks?: readonly string[];
  telemetry: Telemetry;
  clock: Clock;
  log: Log;
  queue_lines?: number;
}

/**
 * `POST /ingest/events`: an NDJSON body, one event per line, each with its own result; and the
 * callbacks of providers.
 */
export function createIngest(parts: IngestParts): Ingest {
  const { tokens, site, telemetry, log, queue_lines = QUEUE_LINES } = parts;
  const { callbacks = [], tellCallback = async () => {}, failing_callbacks = [] } = parts;
  const intake = createIntake({ ...parts, systems: reportingSystems(site), queue_lines });
  const places = createPlaces();
  const under_way = new Set<Promise<Response>>();
  let stopping = false;

  const app = new Hono<OfClient & { Variables: { token: IngestToken } }>();
  app.use(async (_, next) => (stopping ? answerFull() : await next()));
  app.route(
    '/ingest/callbacks',
    createCallbacks({ ...parts, callbacks, tellCallback, failing_callbacks, intake, places }),
  );
  app.use('/ingest/events', async (c, next) => {
    if (c.req.method !== 'POST') return methodNotAllowed(['POST']);
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
    const leave = places.take(token.id);
    if (leave === null) return answerFull();
    try {
      return await next();
    } finally {
      leave();
    }
  });
  app.post('/ingest/events', limitBody(EVENT_LIMITS.bytes, tooLarge), async (c) =>
    take(await c.req.text(), c.get('token')),
  );
  app.notFound(answerNothingThere);
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
    fetch(request, client = null) {
      const answer = Promise.resolve(app.fetch(request, { client }));
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
    const answers = await intake.take(filled);
    return answers === null ? answerFull() : answered(answers, token);
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

import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { limitBody } from '../../http/body.ts';
import type { InFlight } from '../../http/in-flight.ts';
import { methodNotAllowed } from '../../http/methods.ts';
import { createIsIn } from '../../http/networks.ts';
import { problem } from '../../http/problem.ts';
import type { IngestCallback } from '../../model/configuration.ts';
import { EVENT_LIMITS } from '../../model/event.ts';
import { type OwnDetail, ownDetail } from '../../model/own-detail.ts';
import type { Clock, Log, Telemetry } from '../../model/ports.ts';
import { MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { TookTooLong, withinTime } from '../../probes/systems/http/engine/within-time.ts';
import type { CallbackCondition } from '../judging/own-trouble.ts';
import { answerFull, answerNothingThere } from './answers.ts';
import type { Intake } from './intake.ts';
import { type MappedCallback, mapCallback } from './mapping/map-callback.ts';
import type { CallbackMapping } from './mapping/schema.ts';

/** What a request is served with: the address it came from, where it is known. */
export interface OfClient {
  Bindings: { client: string | null };
}

export interface CallbacksParts {
  callbacks: readonly IngestCallback[];
  intake: Intake;
  posts: InFlight;
  /** Tells operators whether what a callback tells can be used. */
  tellCallback: (condition: CallbackCondition) => Promise<void>;
  telemetry: Telemetry;
  clock: Clock;
  log: Log;
}

/** An alert ends no earlier than this after the last that could not be used. */
const USABLE_FOR_MS = 10 * MINUTE;

/** A body may have a thousand events that are wrong in the same way. */
const MOST_TOLD = 20;

/** What becomes of a body, or of an event in one. */
type CallbackResult = 'accepted' | 'duplicate' | 'ignored' | 'refused' | 'unmapped' | 'forbidden';

/** What an operator has to know of a body that says nothing. */
interface FieldProblem {
  pointer: string;
  detail: string;
}

interface Callback extends IngestCallback {
  mapping: CallbackMapping;
  mayBeFrom: (address: string) => boolean;
}

interface Served extends OfClient {
  Variables: { callback: Callback };
}

/**
 * `POST /ingest/callbacks/<id>/<secret>`: what providers tell of each invoice, in words of their
 * own. They get the answer that they expect once all of it is on disk, and any other until then.
 */
export function createCallbacks(parts: CallbacksParts) {
  const { intake, posts, tellCallback, telemetry, clock, log } = parts;
  /** What operators were told last, and when something could not be used. */
  const told = new Map<string, boolean>();
  const failed_at = new Map<string, EpochMs>();
  const callbacks = new Map(parts.callbacks.map((it) => [it.id, readyCallback(it)]));

  const app = new Hono<Served>();
  app.use('/:callback/:secret', async (c, next) => {
    const callback = callbackOf(c.req.param('callback'), c.req.param('secret'));
    if (callback === null) return answerNothingThere();
    if (c.req.method !== 'POST') return methodNotAllowed(['POST']);
    const { client } = c.env;
    if (!callback.mayBeFrom(client ?? '')) return await forbidden(callback, client);
    const leave = posts.enter(`callback ${callback.id}`);
    if (leave === null) return answerFull();
    c.set('callback', callback);
    try {
      return await next();
    } finally {
      leave();
    }
  });
  app.post(
    '/:callback/:secret',
    limitBody<Served>(EVENT_LIMITS.bytes, (c) => tooLarge(c.get('callback'))),
    async (c) => await take(await c.req.text(), c.get('callback')),
  );
  return app;

  /** By its secret, compared in constant time; null as well where there is no such name. */
  function callbackOf(id: string, secret: string): Callback | null {
    const callback = callbacks.get(id) ?? null;
    const hash = createHash('sha256').update(secret).digest();
    const expected = Buffer.from(callback?.sha256 ?? '00'.repeat(hash.length), 'hex');
    return timingSafeEqual(hash, expected) ? callback : null;
  }

  async function take(body: string, callback: Callback): Promise<Response> {
    const mapped = mappedWithinTime(body, callback);
    if ('problems' in mapped) return await unmapped(callback, mapped.problems);
    const { lines } = mapped;
    if (lines.length === 0) {
      count(callback, 'ignored');
      return expectedAnswer(callback);
    }
    const answers = await intake.take(lines.map((text, index) => ({ text, line: index + 1 })));
    if (answers === null) return answerFull();
    for (const { status } of answers) count(callback, status);
    const refusals = answers.flatMap((it) => (it.status === 'refused' ? it.errors : []));
    const errors = refusals.slice(0, MOST_TOLD);
    if (errors.length > 0) return await refused(callback, errors);
    await tell(callback, false);
    return expectedAnswer(callback);
  }

  function mappedWithinTime(body: string, { mapping, system }: Callback): MappedCallback {
    const received_at = clock.now();
    try {
      return withinTime(() => mapCallback(body, { mapping, system, received_at }));
    } catch (error) {
      const detail = error instanceof TookTooLong ? error.message : 'could not be read';
      return { problems: [{ pointer: '', detail }] };
    }
  }

  async function unmapped(callback: Callback, errors: readonly FieldProblem[]): Promise<Response> {
    count(callback, 'unmapped');
    await tell(callback, true, { code: 'callback_unmapped', place: placeOf(errors) });
    log.warn({ callback: callback.id, errors }, 'the body of a callback cannot be mapped');
    return problem({
      status: 422,
      title: 'The body cannot be mapped',
      detail: 'Nothing was recorded. The pointers are into the mapping of this callback.',
      errors,
    });
  }

  async function refused(callback: Callback, errors: readonly FieldProblem[]): Promise<Response> {
    await tell(callback, true, { code: 'callback_refused', place: placeOf(errors) });
    log.warn({ callback: callback.id, errors }, 'what a callback tells is refused');
    return problem({
      status: 422,
      title: 'What the body tells is refused',
      detail: 'The pointers are into the events that it was mapped to.',
      errors,
    });
  }

  async function tooLarge(callback: Callback): Promise<Response> {
    const { bytes } = EVENT_LIMITS;
    count(callback, 'unmapped');
    await tell(callback, true, { code: 'callback_too_large' });
    log.warn({ callback: callback.id, bytes }, 'the body of a callback is too large');
    const detail = `At most ${bytes} bytes are taken.`;
    return problem({ status: 413, title: 'The body is too large', detail });
  }

  /** It knows the secret, so operators are told which address to allow, or to suspect. */
  async function forbidden(callback: Callback, client: string | null): Promise<Response> {
    count(callback, 'forbidden');
    await tell(callback, true, { code: 'callback_foreign', address: client ?? '?' });
    log.warn({ callback: callback.id, client }, 'a callback comes from an address not allowed');
    return problem({
      status: 403,
      title: 'Not allowed from this address',
      detail: 'It is in none of the networks of this callback; nothing was recorded.',
    });
  }

  /** Once when it changes. What cannot be recorded now is told with the next one. */
  async function tell({ id }: Callback, is_failing: boolean, why?: OwnDetail): Promise<void> {
    const at = clock.now();
    if (is_failing) failed_at.set(id, at);
    else if (at - (failed_at.get(id) ?? 0) < USABLE_FOR_MS) return;
    if (told.get(id) === is_failing) return;
    try {
      await tellCallback({ callback: id, is_failing, at, detail: why ? ownDetail(why) : '' });
      told.set(id, is_failing);
    } catch (err) {
      log.warn({ callback: id, err }, 'operators are told of a callback later');
    }
  }

  function count({ id }: Callback, result: CallbackResult): void {
    telemetry.count('fapiao_ingest_callbacks_total', { callback: id, result });
  }
}

/** Of several problems the first says where to look. */
function placeOf([first]: readonly FieldProblem[]): string {
  return first?.pointer || '/';
}

function readyCallback(callback: IngestCallback): Callback {
  const { networks } = callback;
  return {
    ...callback,
    // Parsed by its schema, as the configuration was read.
    mapping: callback.mapping as CallbackMapping,
    mayBeFrom: networks === null ? () => true : createIsIn(networks),
  };
}

function expectedAnswer({ mapping: { answer } }: Callback): Response {
  const { status, json, text } = answer;
  if (text === undefined) return Response.json(json, { status });
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

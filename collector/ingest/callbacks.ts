import { Hono } from 'hono';
import { limitBody } from '../../http/body.ts';
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
import { createCallbackFinder } from './callback-address.ts';
import type { Intake, LineAnswer } from './intake.ts';
import { textOfBody } from './mapping/charset.ts';
import { type MappedCallback, type MappedLine, mapCallback } from './mapping/map-callback.ts';
import type { CallbackMapping } from './mapping/schema.ts';
import type { Leave, Places } from './places.ts';

/** What a request is served with: the address it came from, where it is known. */
export interface OfClient {
  Bindings: { client: string | null };
}

export interface CallbacksParts {
  callbacks: readonly IngestCallback[];
  intake: Intake;
  places: Places;
  /** Tells operators whether what a callback tells can be used. */
  tellCallback: (condition: CallbackCondition) => Promise<void>;
  /** Ids of those of which operators were told before this start that it cannot. */
  failing_callbacks: readonly string[];
  telemetry: Telemetry;
  clock: Clock;
  log: Log;
}

/** An alert ends no earlier than this after the last that could not be used. */
const USABLE_FOR_MS = 10 * MINUTE;

/** A body may have a thousand events that are wrong in the same way. */
const MOST_TOLD = 20;

/** One invoice, with all that providers tell of it: such a body waits for a place. */
const SMALL_BYTES = 64 * 1024;

/** What becomes of a body, of an event in one, or of a field of an event. */
type CallbackResult =
  | 'accepted'
  | 'duplicate'
  | 'refused'
  | 'unmapped'
  | 'ignored'
  | 'forbidden'
  | 'busy'
  | 'left_out';

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
  const { intake, places, tellCallback, failing_callbacks, telemetry, clock, log } = parts;
  /** What operators were told last, and when something could not be used, or we started. */
  const told = new Map(failing_callbacks.map((id) => [id, true]));
  const failed_at = new Map<string, EpochMs>(failing_callbacks.map((id) => [id, clock.now()]));
  /** What they are still to be told, because it could not be recorded. */
  const untold = new Map<string, CallbackCondition>();
  const callbackOf = createCallbackFinder(parts.callbacks.map(readyCallback));

  const app = new Hono<Served>();
  app.use('/:callback/:secret', async (c, next) => {
    const callback = callbackOf(c.req.param('callback'), c.req.param('secret'));
    if (callback === null) return answerNothingThere();
    if (c.req.method !== 'POST') return methodNotAllowed(['POST']);
    const { client } = c.env;
    if (!callback.mayBeFrom(client ?? '')) return await forbidden(callback, client);
    const leave = await placeFor(callback, Number(c.req.header('content-length')));
    if (leave === null) {
      wasBusy(callback);
      return answerFull();
    }
    c.set('callback', callback);
    try {
      await next();
    } finally {
      leave();
    }
    if (c.res.status === 429 || c.res.status === 503) wasBusy(callback);
    return c.res;
  });
  app.post(
    '/:callback/:secret',
    limitBody<Served>(EVENT_LIMITS.bytes, (c) => tooLarge(c.get('callback'))),
    async (c) => {
      const callback = c.get('callback');
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const type = c.req.header('content-type');
      return await take(() => textOfBody(bytes, type, callback.mapping), callback);
    },
  );
  return app;

  /** Those of one invoice come many at once, and some providers send each once. */
  async function placeFor({ id }: Callback, bytes: number): Promise<Leave | null> {
    const client = `callback ${id}`;
    return bytes <= SMALL_BYTES ? await places.takeSoon(client) : places.take(client);
  }

  async function take(body: () => string, callback: Callback): Promise<Response> {
    const { lines, problems } = mappedWithinTime(body, callback);
    const answers = await intake.take(lines.map(({ text }, index) => ({ text, line: index + 1 })));
    if (answers === null) return answerFull();
    for (const { status } of answers) count(callback, status);
    leftOut(callback, lines, answers);
    if (problems.length > 0) return await unmapped(callback, problems, answers.length > 0);
    const refusals = answers.flatMap((it) => (it.status === 'refused' ? it.errors : []));
    if (refusals.length > 0) return await refused(callback, refusals.slice(0, MOST_TOLD));
    if (lines.length === 0) count(callback, 'ignored');
    else await tell(callback, false);
    return expectedAnswer(callback);
  }

  function mappedWithinTime(body: () => string, callback: Callback): MappedCallback {
    const { id, mapping, system } = callback;
    const received_at = clock.now();
    try {
      return withinTime(() => mapCallback(body(), { mapping, callback: id, system, received_at }));
    } catch (error) {
      const detail = error instanceof TookTooLong ? error.message : 'could not be read';
      return { lines: [], problems: [{ pointer: '', detail }] };
    }
  }

  /** The events count without them, so nobody is woken; who looks finds where. */
  function leftOut(
    callback: Callback,
    lines: readonly MappedLine[],
    answers: readonly LineAnswer[],
  ): void {
    const taken = answers.filter(({ status }) => status === 'accepted');
    const fields = taken.flatMap(({ line }) => lines[line - 1]?.left_out ?? []);
    if (fields.length === 0) return;
    count(callback, 'left_out', fields.length);
    const pointers = [...new Set(fields)];
    log.warn({ callback: callback.id, pointers }, 'fields of a callback cannot be read');
  }

  async function unmapped(
    callback: Callback,
    problems: readonly FieldProblem[],
    is_part: boolean,
  ): Promise<Response> {
    count(callback, 'unmapped', problems.length);
    const errors = problems.slice(0, MOST_TOLD);
    await tell(callback, true, { code: 'callback_unmapped', place: placeOf(errors) });
    log.warn({ callback: callback.id, errors }, 'the body of a callback cannot be mapped');
    const recorded = is_part ? 'What else it tells was taken.' : 'Nothing was recorded.';
    return problem({
      status: 422,
      title: 'The body cannot be mapped',
      detail: `${recorded} The pointers are into the mapping of this callback.`,
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

  /** Nobody waits for what is told of it: the way to the operators is as busy. */
  function wasBusy(callback: Callback): void {
    count(callback, 'busy');
    void tell(callback, true, { code: 'callback_busy' });
    log.warn({ callback: callback.id }, 'a callback could not be taken: too much waits');
  }

  /** Once when it changes. What cannot be recorded now is told with the next one. */
  async function tell({ id }: Callback, is_failing: boolean, why?: OwnDetail): Promise<void> {
    const at = clock.now();
    if (is_failing) failed_at.set(id, at);
    const is_known = is_failing || at - (failed_at.get(id) ?? 0) >= USABLE_FOR_MS;
    const now = { callback: id, is_failing, at, detail: why ? ownDetail(why) : '' };
    const condition = untold.get(id) ?? (is_known ? now : null);
    const before = told.get(id) ?? false;
    if (condition === null || before === condition.is_failing) return;
    told.set(id, condition.is_failing);
    untold.delete(id);
    try {
      await tellCallback(condition);
    } catch (err) {
      told.set(id, before);
      if (condition.is_failing) untold.set(id, condition);
      log.warn({ callback: id, err }, 'operators are told of a callback later');
    }
  }

  function count({ id }: Callback, result: CallbackResult, n = 1): void {
    telemetry.count('fapiao_ingest_callbacks_total', { callback: id, result }, n);
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
  if (json !== undefined) return Response.json(json, { status });
  if (text === undefined) return new Response(null, { status });
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

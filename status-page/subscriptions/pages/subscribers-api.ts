import { z } from '@hono/zod-openapi';
import { isSameOrigin } from '../../../http/origin.ts';
import { type FieldError, problem } from '../../../http/problem.ts';
import { iso } from '../../../model/time.ts';
import { type DescribedOperation, HEADERS, instant, problems } from '../../kit/described.ts';
import { limitFormBody, readFormBody } from '../../kit/form-body.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { type SignUpInput, validateSignUp } from '../input.ts';
import type { SubscriptionsWing } from './wing.ts';

/** The address of a subscriber in the Statuspage API: a mailbox, or a webhook's endpoint. */
const asked = z.object({
  email: z.string().max(320).nullish().openapi({ example: 'li@example.com' }),
  endpoint: z.string().max(2_048).nullish().openapi({
    description: 'Of a webhook; with it, `email` is not read.',
    example: 'https://hooks.example.com/status',
  }),
});
const askedFor = z.object({ subscriber: asked }).openapi('V2SubscriberRequest');

const answered = z
  .object({
    subscriber: z.object({
      mode: z.enum(['email', 'webhook']),
      email: z.string().nullable(),
      endpoint: z.string().nullable(),
      created_at: instant,
    }),
  })
  .openapi('V2SubscriberDocument');

/** Signing up as by the form: nobody is told anything before the address has confirmed. */
export const SUBSCRIBER_OPERATION: DescribedOperation = {
  method: 'post',
  operationId: 'createSubscriber',
  path: '/api/v2/subscribers.json',
  tags: ['subscriptions'],
  summary: 'Subscribe a mailbox or a webhook to everything, in the language of Accept-Language',
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: askedFor },
        'application/x-www-form-urlencoded': {
          schema: z.object({
            'subscriber[email]': asked.shape.email,
            'subscriber[endpoint]': asked.shape.endpoint,
          }),
        },
      },
    },
  },
  responses: {
    201: {
      description:
        'A message was sent to the address, whether it was known or not; it must confirm.',
      headers: HEADERS.cache,
      content: { 'application/json': { schema: answered } },
    },
    ...problems(400, 403, 413, 415, 422, 429, 503),
  },
};

/** `POST /api/v2/subscribers.json`, as programs for Statuspage send it. */
export function subscriberApiHandlers({
  subscriptions,
  options,
  clock,
}: SubscriptionsWing): Handlers {
  return {
    POST: [
      limitFormBody,
      async (c: PageContext) => {
        if (isOfAnotherSite(c)) return fromAnotherSite();
        const read = await readAsked(c);
        if (read instanceof Response) return read;
        // Some programs send all fields.
        const mode = read.endpoint ? 'webhook' : 'email';
        const address = read.endpoint || read.email || '';
        const { words, client } = c.var;
        const input: SignUpInput = {
          channel: mode,
          addresses: { [mode]: address },
          scope: 'all',
          systems: [],
          kinds: ['incident', 'maintenance'],
          locale: words.locale,
        };
        const validated = validateSignUp(input, options);
        if ('problems' in validated) {
          const pointer = `#/subscriber/${mode === 'email' ? 'email' : 'endpoint'}`;
          const details = validated.problems.map((it) => it.text(words));
          return invalid(details.map((detail) => ({ pointer, detail })));
        }
        const wait_ms = await subscriptions.signUp(validated.value, client);
        if (wait_ms > 0) return tooMany(wait_ms);
        const taken = validated.value.address;
        const told = {
          mode,
          email: mode === 'email' ? taken : null,
          endpoint: mode === 'webhook' ? taken : null,
          created_at: iso(clock.now()),
        };
        return c.json({ subscriber: told }, 201, { 'cache-control': 'no-store' });
      },
    ],
  };
}

/** Programs name none; a browser names it. */
function isOfAnotherSite(c: PageContext): boolean {
  const { req } = c;
  const is_browser = (req.header('sec-fetch-site') ?? req.header('origin')) !== undefined;
  return is_browser && !isSameOrigin(c, c.var.page.public_url);
}

function fromAnotherSite(): Response {
  return problem({
    status: 403,
    title: 'Only programs and this page may do that',
    detail: 'The request comes from the page of another site.',
  });
}

const TYPES = 'application/json, application/x-www-form-urlencoded';

async function readAsked(c: PageContext): Promise<z.infer<typeof asked> | Response> {
  const form = await readFormBody(c);
  if (form !== null) {
    const of = (name: string) => form.get(`subscriber[${name}]`) ?? undefined;
    return readSubscriber({ subscriber: { email: of('email'), endpoint: of('endpoint') } });
  }
  const [type] = (c.req.header('content-type') ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/json') {
    return problem({
      status: 415,
      title: 'Neither JSON nor a form',
      detail: `Expected ${TYPES}.`,
      headers: { accept: TYPES },
    });
  }
  const text = await c.req.text();
  try {
    return readSubscriber(JSON.parse(text));
  } catch {
    return problem({ status: 400, title: 'The body is no JSON' });
  }
}

function readSubscriber(value: unknown): z.infer<typeof asked> | Response {
  const read = askedFor.safeParse(value);
  if (read.success) return read.data.subscriber;
  const errors = read.error.issues.map(({ path, message }) => ({
    pointer: `#/${path.join('/')}`,
    detail: message,
  }));
  return invalid(errors);
}

function invalid(errors: readonly FieldError[]): Response {
  return problem({
    status: 422,
    title: 'The subscriber is not valid',
    detail: 'Nothing was sent.',
    errors,
  });
}

function tooMany(wait_ms: number): Response {
  return problem({
    status: 429,
    title: 'Too many sign-ups',
    detail: 'Nothing was sent; ask again later.',
    headers: { 'retry-after': String(Math.ceil(wait_ms / 1_000)) },
  });
}

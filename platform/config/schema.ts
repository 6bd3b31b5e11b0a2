import { z } from 'zod';
import { isNetwork, NETWORK_EXPECTED } from '../../http/networks.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import {
  ENVIRONMENTS,
  FUNCTIONS,
  type InvoiceFunction,
  LOCALES,
  REQUIRED_LOCALES,
} from '../../model/vocabulary.ts';
import { hint } from './issues.ts';
import { remembered } from './remembered.ts';
import {
  address,
  duration,
  frameAncestor,
  localized,
  pageAddress,
  secureAddress,
  zone,
} from './scalars.ts';
import { scheduleProblem } from './slots.ts';

/** The schema of a configuration file */

const YEAR = 365 * DAY;

/** Ids that an entry may refer to. */
export interface KnownIds {
  /** null when drivers are not loaded; any name is accepted. */
  drivers: readonly string[] | null;
  systems: readonly string[];
  lines: readonly string[];
}

const reference = (what: string, ids: readonly string[]) =>
  z.string(`expected the id of a ${what}`).refine((id) => ids.includes(id), {
    error: ({ input }) => `there is no ${what} "${input}"${hint(String(input), ids)}`,
  });

const component = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*\.[a-z]+$/,
    'expected a component, system.function, such as beijing.query',
  );
const count = (max: number) => z.int(`expected a whole number from 1 to ${max}`).min(1).max(max);

const language = z.enum(LOCALES);

const networks = z.array(z.string().refine(isNetwork, NETWORK_EXPECTED)).min(1).max(100);
const trustedProxies = z.union(
  [z.int().min(1).max(10), networks],
  'expected how many, from 1 to 10, or a list of addresses and networks such as 10.0.0.0/8',
);

export const pageSchema = z.strictObject({
  operator: localized,
  title: localized,
  public_url: pageAddress.optional(),
  zone: zone.default('Asia/Shanghai'),
  languages: z
    .tuple([language], language, 'expected a list of languages')
    .refine((it) => new Set(it).size === it.length, 'expected each language once')
    .default([...REQUIRED_LOCALES]),
  frame_ancestors: z.array(frameAncestor, 'expected a list of origins').max(20).exactOptional(),
  contact: z
    .string()
    .regex(/^[\x21-\x7e]{3,200}$/, 'expected a mailbox or an address without spaces'),
  trusted_proxies: trustedProxies.exactOptional(),
});

const REFERENCE = 'expected a text, {env: NAME} or {file: PATH}';

/** A text, or where it comes from; resolved and checked by readVantage and readSystem. */
const referable = z.union(
  [z.string(), z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })],
  REFERENCE,
);

const hostName = z
  .string()
  .regex(
    /^(?=.{3,253}$)[a-z0-9_]([a-z0-9_-]{0,62}\.)+[a-z][a-z0-9-]{1,62}$/i,
    'expected the name of a host with a dot, in ASCII, such as www.example.com',
  );

export const lineSchema = z.strictObject({
  name: localized,
  proxy: referable.optional(),
  control_name: hostName.optional(),
});

export const systemSchema = ({ drivers }: KnownIds) =>
  z.strictObject({
    name: localized,
    driver: drivers ? reference('driver', drivers) : z.string(),
    environment: z.enum(ENVIRONMENTS),
    // A path is relative to the simulators; readSystem checks that the environment allows it.
    url: z.union([address, z.string().regex(/^(\/[a-z0-9-]+)+$/)], {
      error:
        'expected an http or https address without user, query, fragment or trailing slash ' +
        '(or, for a simulator, a path)',
    }),
    settings: z.record(z.string(), z.unknown()).default({}),
    ca: referable.optional(),
    neutral: z.boolean().default(false),
    runbook: z
      .union([secureAddress, z.partialRecord(z.enum(FUNCTIONS), secureAddress)], {
        error: 'expected an https address, or one for each of some functions',
      })
      .optional(),
  });

const checkCommon = ({ systems, lines }: KnownIds) => ({
  system: reference('system', systems),
  line: reference('line', lines).optional(),
  deadline: duration({ min_ms: 100, max_ms: 10 * MINUTE }),
});

type ScheduledFunction = Exclude<InvoiceFunction, 'sync'>;
const scheduledFunctions = FUNCTIONS.filter((fn): fn is ScheduledFunction => fn !== 'sync');

const scheduleSchema = () => {
  const problem = remembered((text) => scheduleProblem(text) ?? '');
  return z.string().refine((text) => problem(text) === '', {
    error: ({ input }) => problem(String(input)),
  });
};

export const scheduledCheckSchema = (known: KnownIds) =>
  z.strictObject({
    ...checkCommon(known),
    function: z.enum(scheduledFunctions, {
      error: `expected one of ${FUNCTIONS.join(', ')}`,
    }),
    schedule: scheduleSchema(),
    zone: zone.optional(),
    options: z.record(z.string(), z.unknown()).default({}),
  });

export const followingCheckSchema = (known: KnownIds) =>
  z.strictObject({
    ...checkCommon(known),
    function: z.literal('sync'),
    follows: reference('system', known.systems),
    looks_at: reference('system', known.systems).optional(),
    looks_per_minute: count(6_000).default(60),
  });

const SPAN_EXPECTED = 'expected a day or a span of days, such as 01-01 or 02-05/02-12';
const spansOfDays = z
  .array(z.string(SPAN_EXPECTED).regex(/^\d\d-\d\d(\/\d\d-\d\d)?$/, SPAN_EXPECTED))
  .max(100, 'expected at most 100');

/** Days of a year in China that are off, and weekend days that are worked instead. */
export const workingDaysSchema = z.strictObject({
  off: spansOfDays,
  worked: spansOfDays.default([]),
});

/** The address of the entry of a domain, in which `{domain}` is its name. */
export const domainSchema = z.strictObject({ rdap: secureAddress });
export const ownTrafficCheckSchema = ({ systems }: KnownIds) =>
  z.strictObject({
    system: reference('system', systems),
    function: z.enum(scheduledFunctions, {
      error: `expected one of ${scheduledFunctions.join(', ')}`,
    }),
    source: z.literal('own_traffic', 'expected own_traffic'),
  });

const components = z
  .array(component)
  .min(1, 'expected at least one component')
  .max(1_000, 'expected at most 1000 components');

export const taskSchema = z.strictObject({
  name: localized,
  components,
});

export const dependenciesSchema = components;

const CONFIRMATIONS_EXPECTED = 'expected auto or a whole number from 1 to 100';

/** Judging parameters, all optional; model/policy.ts has the defaults. */
export const policySchema = z.strictObject({
  slow: duration({ max_ms: 10 * MINUTE }).optional(),
  confirmations: z.union([z.literal('auto'), count(100)], CONFIRMATIONS_EXPECTED).optional(),
  confirm_distance: duration({ min_ms: SECOND, max_ms: HOUR }).optional(),
  proof_wait: duration({ min_ms: SECOND, max_ms: MINUTE }).optional(),
  fail_after: z.never('is called confirmations now').optional(),
  well_after: count(100).optional(),
  slow_after: count(100).optional(),
  slow_window: count(100).optional(),
  quorum: z
    .number('expected a share above 0 and up to 1')
    .gt(0, 'expected a share above 0 and up to 1')
    .max(1, 'expected a share above 0 and up to 1')
    .optional(),
  slow_wait: duration({ max_ms: 30 * DAY }).optional(),
  slow_over: duration({ min_ms: MINUTE, max_ms: HOUR }).optional(),
  slow_for: duration({ min_ms: SECOND, max_ms: HOUR }).optional(),
  overdue_after: duration({ min_ms: SECOND, max_ms: 30 * DAY }).optional(),
  stalled_after: duration({ min_ms: SECOND, max_ms: 30 * DAY }).optional(),
  stalled_waiting: count(10_000).optional(),
  visible_within: duration({ min_ms: SECOND, max_ms: 30 * DAY }).optional(),
  lost_after: duration({ min_ms: SECOND, max_ms: 90 * DAY }).optional(),
  settle: duration({ min_ms: SECOND, max_ms: DAY }).optional(),
  resolve_after: duration({ min_ms: SECOND, max_ms: DAY }).optional(),
  degraded_opens_after: duration({ min_ms: SECOND, max_ms: DAY }).optional(),
  reopen_within: duration({ min_ms: SECOND, max_ms: DAY }).optional(),
});

export const retentionSchema = z.strictObject({
  results: duration({ min_ms: HOUR, max_ms: YEAR }).optional(),
  evidence: duration({ min_ms: HOUR, max_ms: 5 * YEAR }).optional(),
  hourly: duration({ min_ms: 28 * DAY, max_ms: 5 * YEAR }).optional(),
  daily: duration({ min_ms: 90 * DAY, max_ms: 20 * YEAR }).optional(),
});

interface KnownSystems {
  systems: readonly string[];
}

export const senderSchema = ({ systems }: KnownSystems) =>
  z.strictObject({
    token: z
      .string('expected {env: NAME} or {file: PATH}')
      .regex(/^[\x21-\x7e]{16,500}$/, 'expected a token of 16 to 500 printable characters'),
    systems: z
      .array(reference('system', systems))
      .min(1, 'expected at least one system')
      .nullable()
      .default(null),
  });

export const callbackSchema = ({ systems }: KnownSystems) =>
  z.strictObject({
    system: reference('system', systems),
    secret: z
      .string('expected {env: NAME} or {file: PATH}')
      .regex(/^[\w-]{16,200}$/, 'expected a secret of 16 to 200 letters, digits, "_" and "-"'),
    networks: networks.nullable().default(null),
    /** Checked by the schema of what maps it. */
    mapping: z.unknown(),
  });

export const ingestSchema = (known: KnownSystems) =>
  z.strictObject({
    tokens: z.record(z.string(), senderSchema(known)).default({}),
    callbacks: z.record(z.string(), callbackSchema(known)).default({}),
    trusted_proxies: trustedProxies.exactOptional(),
  });

export const SECTION_NAMES: readonly string[] = [
  'page',
  'lines',
  'systems',
  'checks',
  'domains',
  'working_days',
  'tasks',
  'depends_on',
  'policies',
  'retention',
  'notify',
  'ingest',
];

export type PageEntry = z.infer<typeof pageSchema>;
export type LineEntry = z.infer<typeof lineSchema>;
export type SystemEntry = z.infer<ReturnType<typeof systemSchema>>;
export type ScheduledCheckEntry = z.infer<ReturnType<typeof scheduledCheckSchema>>;
export type FollowingCheckEntry = z.infer<ReturnType<typeof followingCheckSchema>>;
export type WorkingDaysEntry = z.infer<typeof workingDaysSchema>;
export type DomainEntry = z.infer<typeof domainSchema>;
export type OwnTrafficCheckEntry = z.infer<ReturnType<typeof ownTrafficCheckSchema>>;
export type CheckEntry = ScheduledCheckEntry | FollowingCheckEntry | OwnTrafficCheckEntry;
export type TaskEntry = z.infer<typeof taskSchema>;
export type PolicyEntry = z.infer<typeof policySchema>;
export type RetentionEntry = z.infer<typeof retentionSchema>;

import { z } from 'zod';
import { DEFAULT_NOTIFY, type NotifySettings, type Operator } from '../../model/notify-settings.ts';
import { DAY, MINUTE } from '../../model/time.ts';
import { LOCALES, type Locale } from '../../model/vocabulary.ts';
import type { ChannelSchemas } from './channels.ts';
import type { Variables } from './environment.ts';
import { type Report, validate } from './report.ts';
import { duration } from './scalars.ts';
import { isGroup, resolveSecrets } from './secrets.ts';

interface Context {
  /** null in processes that do not use channels. */
  channels: ChannelSchemas | null;
  /** Whether this is the notifier; only then are secrets read. */
  notifier: boolean;
  env: Variables;
  /** Folder of the configuration file. */
  folder: string;
  demo: boolean;
}

const PATH = ['notify'];
const OPERATORS = [...PATH, 'operators'];

/** The notification settings; reports invalid entries. */
export function readNotify(value: unknown, context: Context, report: Report): NotifySettings {
  const { channels, notifier, env, folder } = context;
  if (channels === null) return DEFAULT_NOTIFY;
  const given = value ?? {};
  if (!isGroup(given)) {
    report.problem(PATH, 'expected object');
    return DEFAULT_NOTIFY;
  }
  const sources = { env, folder, allow_literal: false };
  const section = notifier ? resolveSecrets(given, PATH, sources, report) : given;
  reportUnknownKeys(section, channels, report);
  const settings = Object.entries(channels).map(([id, channel]) => {
    const schema = channel.settings({ secrets: notifier });
    return [id, validate({ schema, value: section, path: PATH, echo: 'secret' }, report)] as const;
  });
  const sound = Object.fromEntries(settings.filter(([, it]) => it !== null));
  const known = { ...context, channels };
  return {
    channels: sound,
    operators: readOperators(section.operators, OPERATORS, sound, known, report),
    ...readReminders(section, sound, known, report),
  };
}

function reportUnknownKeys(section: object, channels: ChannelSchemas, report: Report): void {
  const of_channels = Object.values(channels).flatMap(({ settings }) =>
    Object.keys(settings({ secrets: false }).shape),
  );
  const known = [...of_channels, 'operators', ...Object.keys(remindersSchema.shape)];
  for (const key of Object.keys(section)) {
    if (!known.includes(key)) report.unknownKey([...PATH, key], known);
  }
}

/** Keys of the section that concern alerts which nobody acknowledges. */
export const remindersSchema = z.object({
  repeat_after: z
    .union([z.literal('never'), duration({ min_ms: MINUTE, max_ms: DAY })], {
      error: 'expected a duration from 1m to 1d, or never',
    })
    .default(30 * MINUTE),
  escalation: z
    .strictObject({
      after: duration({ min_ms: MINUTE, max_ms: DAY }),
      operators: z.unknown().optional(),
    })
    .optional(),
});

/** When an alert that nobody acknowledges is told again, and to whom else. */
function readReminders(
  { repeat_after, escalation }: Record<string, unknown>,
  settings: NotifySettings['channels'],
  context: Context & { channels: ChannelSchemas },
  report: Report,
): Pick<NotifySettings, 'repeat_after_ms' | 'escalation'> {
  const value = { repeat_after, escalation };
  const read = validate({ schema: remindersSchema, value, path: PATH, echo: 'secret' }, report);
  if (read === null) return { repeat_after_ms: null, escalation: null };
  const path = [...PATH, 'escalation', 'operators'];
  const told = read.escalation;
  const operators = told ? readOperators(told.operators, path, settings, context, report) : [];
  if (told && operators.length === 0) report.problem(path, 'expected at least one operator');
  return {
    repeat_after_ms: read.repeat_after === 'never' ? null : read.repeat_after,
    escalation: told ? { after_ms: told.after, operators } : null,
  };
}

/** Recipients of alerts; omits entries whose channel has invalid settings. */
function readOperators(
  value: unknown,
  path: readonly string[],
  settings: NotifySettings['channels'],
  { channels, notifier, demo }: Context & { channels: ChannelSchemas },
  report: Report,
): Operator[] {
  const schema = operatorsSchema(channels, notifier);
  const entries = validate({ schema, value, path: [...path], echo: 'secret' }, report) ?? [];
  return entries.flatMap((entry, index) => {
    const { channel, locale, secret = null } = entry;
    const known = channels[channel];
    if (!known?.operator || !(channel in settings)) return [];
    const place = [...path, index];
    const missing = known.missing(settings[channel], { demo });
    if (missing !== null) report.problem(place, missing);
    const address = String(entry[known.operator.address]);
    const problem = known.operator.problem?.(address, settings[channel]) ?? null;
    if (problem !== null) report.problem([...place, known.operator.address], problem);
    return [{ channel, address, locale, secret }];
  });
}

/** Common keys of an entry of `notify.operators`. */
interface OperatorEntry extends Record<string, unknown> {
  channel: string;
  locale: Locale;
  secret?: string | null;
}

function operatorsSchema(channels: ChannelSchemas, secrets: boolean) {
  const schemas = Object.entries(channels).flatMap(([id, { operator }]) =>
    operator ? [operatorSchema(id, operator.keys({ secrets }))] : [],
  );
  const ids = schemas.map(({ shape }) => `channel: ${shape.channel.value}`);
  const entry = z.discriminatedUnion('channel', schemas as [(typeof schemas)[number]], {
    error: `expected ${ids.join(' or ')}`,
  });
  return z
    .array(entry as z.ZodType<OperatorEntry>)
    .max(20, 'expected at most 20 operators')
    .default([]);
}

/** Schema of an operator entry; `keys` are those of the channel. */
export function operatorSchema(channel: string, keys: Record<string, z.ZodType>) {
  const locale = z.enum(LOCALES).default(LOCALES[0]);
  return z.strictObject({ ...keys, channel: z.literal(channel), locale });
}

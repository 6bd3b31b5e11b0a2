import { z } from 'zod';
import { DEFAULT_NOTIFY, type NotifySettings, type Operator } from '../../model/notify-settings.ts';
import { LOCALES, type Locale } from '../../model/vocabulary.ts';
import type { ChannelSchemas } from './channels.ts';
import type { Variables } from './environment.ts';
import { type Report, validate } from './report.ts';
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
  return { channels: sound, operators: readOperators(section.operators, sound, known, report) };
}

function reportUnknownKeys(section: object, channels: ChannelSchemas, report: Report): void {
  const of_channels = Object.values(channels).flatMap(({ settings }) =>
    Object.keys(settings({ secrets: false }).shape),
  );
  const known = [...of_channels, 'operators'];
  for (const key of Object.keys(section)) {
    if (!known.includes(key)) report.unknownKey([...PATH, key], known);
  }
}

/** Recipients of alerts; omits entries whose channel has invalid settings. */
function readOperators(
  value: unknown,
  settings: NotifySettings['channels'],
  { channels, notifier, demo }: Context & { channels: ChannelSchemas },
  report: Report,
): Operator[] {
  const schema = operatorsSchema(channels, notifier);
  const entries = validate({ schema, value, path: OPERATORS, echo: 'secret' }, report) ?? [];
  return entries.flatMap((entry, index) => {
    const { channel, locale, secret = null } = entry;
    const known = channels[channel];
    if (!known?.operator || !(channel in settings)) return [];
    const place = [...OPERATORS, index];
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

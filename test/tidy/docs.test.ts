import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { mailbox, smtpSettings } from '../../channels/email/settings.ts';
import { CHANNELS } from '../../channels/index.ts';
import { webhookOperator } from '../../channels/webhook/settings.ts';
import { callbackMapping } from '../../collector/ingest/mapping/schema.ts';
import {
  INCIDENT_EVENTS,
  INCIDENT_LIFE_CYCLE,
  INCIDENT_NOTICES,
} from '../../model/incident/life-cycle.ts';
import { INCIDENT_STATUSES } from '../../model/incident.ts';
import {
  MAINTENANCE_COMMANDS,
  MAINTENANCE_EVENTS,
  MAINTENANCE_GUARDS,
  MAINTENANCE_LIFE_CYCLE,
  MAINTENANCE_NOTICES,
} from '../../model/maintenance/life-cycle.ts';
import { MAINTENANCE_STATUSES, MAINTENANCE_UPDATE_CODES } from '../../model/maintenance.ts';
import { VARIABLE_NAMES } from '../../platform/config/environment.ts';
import { operatorSchema, remindersSchema } from '../../platform/config/notify.ts';
import * as schema from '../../platform/config/schema.ts';
import { INSTRUMENTS, MEASURED_PROCESSES } from '../../platform/telemetry/instruments.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { DOCUMENTS, FILES, quoted, ROOT, read, tableRows } from './repository.ts';

const SOURCES = FILES.filter((path) => /\.(ts|mjs)$/.test(path) && !path.startsWith('test/'));

/** First cells of a table, without their backticks. */
function firstWords(document: string, heading: string): string[] {
  return tableRows(document, heading).flatMap(([cell]) => quoted(cell));
}

function keysOf(object: unknown): string[] {
  const { def, shape } = object as { def?: { innerType?: z.ZodType }; shape?: object };
  return def?.innerType ? keysOf(def.innerType) : Object.keys(shape ?? {});
}

const SECRETS = { secrets: true };

describe('docs/configuration.md', () => {
  const nothing = { drivers: null, systems: [], lines: [] };

  it.each([
    ['page', schema.pageSchema],
    ['lines', schema.lineSchema],
    ['systems', schema.systemSchema(nothing)],
    ['checks', schema.scheduledCheckSchema(nothing)],
    ['A check that follows invoices', schema.followingCheckSchema(nothing)],
    ['domains', schema.domainSchema],
    ['working_days', schema.workingDaysSchema],
    ['tasks', schema.taskSchema],
    ['policies', schema.policySchema],
    ['retention', schema.retentionSchema],
    ['ingest', schema.ingestSchema(nothing)],
    ['A sender of events', schema.senderSchema(nothing)],
    ['A callback', schema.callbackSchema(nothing)],
    ['Mail server', smtpSettings(SECRETS)],
    ['Operators by e-mail', operatorSchema('email', { address: mailbox })],
    ['Operators by webhook', operatorSchema('webhook', webhookOperator(SECRETS))],
  ])('has every key of "%s", and no other', (heading, section) => {
    const documented = firstWords('docs/configuration.md', heading);
    expect(documented.toSorted()).toEqual(keysOf(section).toSorted());
  });

  it('ingest.md has every key of the mapping of a callback, and no other', () => {
    const documented = firstWords('docs/ingest.md', 'The mapping of a callback');
    expect(documented).toEqual(keysOf(callbackMapping));
  });

  it('has every key of "notify": those of the channels, and the operators', () => {
    const documented = firstWords('docs/configuration.md', 'notify');
    const keys = Object.values(CHANNELS).flatMap(({ settings }) => keysOf(settings(SECRETS)));
    const common = ['operators', ...keysOf(remindersSchema)];
    expect(documented.toSorted()).toEqual([...keys, ...common].toSorted());
  });

  it('has every section', () => {
    const headings = read('docs/configuration.md').match(/^## \w+$/gm);
    expect(headings).toEqual(schema.SECTION_NAMES.map((name) => `## ${name}`));
  });

  it('has every setting of every driver, and every option of every function', () => {
    const pairs = (heading: string) =>
      tableRows('docs/configuration.md', heading).map(
        ([holder, key]) => `${quoted(holder)[0]}.${quoted(key)[0]}`,
      );
    const settings = Object.entries(SYSTEMS).flatMap(([driver, { settings }]) =>
      keysOf(settings ?? {}).map((key) => `${driver}.${key}`),
    );
    expect(pairs('Settings by driver')).toEqual(settings);
    const options = Object.values(SYSTEMS).flatMap(({ options }) =>
      Object.entries(options ?? {}).flatMap(([fn, it]) => keysOf(it).map((key) => `${fn}.${key}`)),
    );
    expect(pairs('Options by function').toSorted()).toEqual([...new Set(options)].toSorted());
  });
});

it('docs/metrics.md has every metric of every process with its type, labels and meaning', () => {
  for (const process_name of MEASURED_PROCESSES) {
    const documented = tableRows('docs/metrics.md', process_name).map(
      ([name, type, labels, help]) => ({
        name: quoted(name)[0],
        type,
        labels: quoted(labels),
        help,
      }),
    );
    const instruments = INSTRUMENTS[process_name].map(({ name, type, labels, help }) => ({
      name,
      type,
      labels: [...labels],
      help,
    }));
    expect(documented).toEqual(instruments);
  }
});

it('docs/operations.md has every environment variable, and no other', () => {
  const read_directly = SOURCES.flatMap((path) =>
    [...read(path).matchAll(/\benv\.([A-Z][A-Z_]+)\b/g)].map(([, name]) => name ?? ''),
  );
  // PATH is the machine's.
  const used = new Set([...VARIABLE_NAMES, ...read_directly].filter((name) => name !== 'PATH'));
  const documented = firstWords('docs/operations.md', 'Environment variables');
  expect(documented.toSorted()).toEqual([...used].toSorted());
});

describe('docs/maintenance.md has the life cycle:', () => {
  const DOCUMENT = 'docs/maintenance.md';
  const rows = (heading: string) => tableRows(DOCUMENT, heading);
  const cells = Object.entries(MAINTENANCE_LIFE_CYCLE).flatMap(([status, row]) =>
    Object.entries(row).map(([trigger, cell]) => ({ status, trigger, ...cell })),
  );
  const triggersOf = (key: 'update' | 'guard', value: string) =>
    new Set(cells.flatMap((cell) => (cell[key] === value ? cell.trigger : [])));

  it('every state', () => {
    expect(firstWords(DOCUMENT, 'States')).toEqual([...MAINTENANCE_STATUSES]);
  });

  it('what each command does in each state', () => {
    const documented = rows('Commands').filter((cells) => cells.length === 9);
    const expected = (['none', ...MAINTENANCE_STATUSES] as const).map((status) => [
      status === 'none' ? '' : `\`${status}\``,
      ...MAINTENANCE_COMMANDS.map((command) => {
        const cell = MAINTENANCE_LIFE_CYCLE[status][command];
        if (cell?.next) return `\`${cell.next}\``;
        return cell?.done_if === 'always' ? 'done' : '';
      }),
    ]);
    expect(documented).toEqual(expected);
  });

  it('what a command must satisfy', () => {
    const guards = rows('Commands').filter((cells) => cells.length === 3);
    const documented = guards.map(([guard, of]) => [quoted(guard)[0], new Set(quoted(of))]);
    expect(documented).toEqual(
      MAINTENANCE_GUARDS.map((guard) => [guard, triggersOf('guard', guard)]),
    );
  });

  it('what happens by itself', () => {
    const documented = rows('Events').map(([event, , from, to]) =>
      [event, from, to].flatMap(quoted),
    );
    const events = cells.filter(({ trigger }) => MAINTENANCE_EVENTS.some((it) => it === trigger));
    expect(documented).toEqual(events.map(({ status, trigger, next }) => [trigger, status, next]));
  });

  it('every update, by what it is told, and its notice', () => {
    const documented = rows('Updates and notices').map(([update, by, notice]) => [
      quoted(update)[0],
      new Set(quoted(by)),
      quoted(notice)[0] ?? null,
    ]);
    expect(documented).toEqual(
      MAINTENANCE_UPDATE_CODES.map((code) => [
        code,
        triggersOf('update', code),
        MAINTENANCE_NOTICES[code],
      ]),
    );
  });
});

describe('docs/judging.md has the life cycle of incidents:', () => {
  const rows = tableRows('docs/judging.md', 'Incidents');

  it('the status after each event', () => {
    const documented = rows.filter((cells) => cells.length === INCIDENT_EVENTS.length + 1);
    const inQuotes = (word: string | undefined) => (word ? `\`${word}\`` : '');
    const expected = (['none', ...INCIDENT_STATUSES] as const).map((status) => [
      status === 'none' ? '' : inQuotes(status),
      ...INCIDENT_EVENTS.map((event) => inQuotes(INCIDENT_LIFE_CYCLE[status][event])),
    ]);
    expect(documented).toEqual(expected);
  });

  it('every event with its notice', () => {
    const documented = rows.filter((cells) => cells.length === 3);
    expect(documented.map(([event, , notice]) => [event, notice].flatMap(quoted))).toEqual(
      INCIDENT_EVENTS.map((event) => [event, INCIDENT_NOTICES[event]]),
    );
  });
});

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document);

  it('links to nothing that is not there', () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? '');
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    const missing = local.filter(
      (target) => !existsSync(posix.join(ROOT, posix.dirname(document), target)),
    );
    expect(missing).toEqual([]);
  });

  it('names no metric that does not exist', () => {
    const known = Object.values(INSTRUMENTS).flatMap((them) => them.map(({ name }) => name));
    const named = text.match(/\b(fapiao_\w+|probe_\w+(?=[`{]))/g) ?? [];
    const unknown = named.filter(
      (name) => name !== 'fapiao_' && !known.includes(name.replace(/_(bucket|sum|count)$/, '')),
    );
    expect(unknown).toEqual([]);
  });

  it('names no route that no source knows', () => {
    const routes = [...text.matchAll(/`(?:(?:GET|POST|DELETE) )?(\/[^`\s]*)`/g)];
    const literals = routes.map(([, route = '']) =>
      // The path that examples of a page below a path have.
      route.replace(/^\/status(?=\/|$)/, '').replace(/[{<:*].*$/, ''),
    );
    const source = SOURCES.map(read).join('\n');
    expect(literals.filter((route) => !source.includes(route))).toEqual([]);
  });
});

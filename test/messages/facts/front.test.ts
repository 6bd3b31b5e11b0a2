import { test } from 'vitest';
import type { Note } from '../../../model/component.ts';
import type {
  ComponentHistory,
  ComponentOverview,
  ComponentView,
  Headline,
  MaintenanceView,
} from '../../../model/overview.ts';
import { DAY, HOUR } from '../../../model/time.ts';
import { verdict } from '../../../model/verdict.ts';
import { recentIncidents } from '../../../status-page/public/views/incidents.ts';
import type { Lists } from '../../../status-page/serve/lists-version.ts';
import { headline } from '../../../status-page/web/views/headline.ts';
import { AT, zh } from '../words.ts';
import { expectSaid } from './said.ts';

const NOT_JUDGED: Note = { code: 'not_judged', outcome: 'throttled', reason: null, ended_at: AT };

const view = (it: Partial<ComponentView>): ComponentView => ({
  id: 'beijing.download',
  system: 'beijing',
  system_name: { 'zh-CN': '北京', en: 'Beijing' },
  function: 'download',
  state: 'operational',
  since: AT,
  notes: [],
  measured_at: AT,
  valid_until: AT + HOUR,
  recent: null,
  sync: null,
  stages: null,
  last: null,
  names: { checks: {}, lines: {} },
  maintenance: null,
  is_tax_entry: false,
  recovered: null,
  ...it,
});

test('the headline says when what it says was measured, and until when that holds', () => {
  const recovered = {
    since: AT,
    ailment: 'outage' as const,
    bad_time: {
      from: AT - HOUR,
      to: AT,
      bad_ms: HOUR,
      ailments: ['outage' as const],
      worst: 'major_outage' as const,
      parts: 1,
      end: 'seen' as const,
    },
    incident: 'inc000000001',
  };
  const none = { window_ms: HOUR, n: 0, bad: 0, median_ms: null, p95_ms: null };
  const components = [
    view({}),
    view({ recent: { ...none, told: { ...none, n: 9, measured: 9 } } }),
    view({ recovered }),
    view({ state: 'unknown', notes: [NOT_JUDGED] }),
    view({ state: 'unknown', notes: [{ code: 'never_measured' }] }),
  ];
  const pages = components.flatMap((component) =>
    [null, AT].flatMap((measured_at) =>
      [null, AT + HOUR].flatMap((valid_until) =>
        [null, { 'zh-CN': '电信', en: 'Telecom' }].map((line) => ({
          component,
          line,
          told: {
            verdict: verdict([component.state]),
            indicator: 'none',
            tasks: [],
            measured_at,
            valid_until,
            recent: null,
          } satisfies Headline,
        })),
      ),
    ),
  );
  type It = (typeof pages)[number];
  const hasResult = ({ component }: It) => component.notes.some((it) => it.code === 'not_judged');
  const isTold = ({ component }: It) => component.recent?.told !== undefined;
  expectSaid(
    pages,
    ({ component, line, told }) =>
      headline(
        told,
        { components: [component], lines: line === null ? [] : [line], own_troubles: [] },
        zh,
      ),
    {
      families: ['measured.', 'recovered.', 'told.'],
      allowed: {
        'measured.at': (it) => it.told.measured_at !== null && !isTold(it),
        'measured.told_at': (it) => it.told.measured_at !== null && isTold(it),
        'told.at': ({ told }) => told.measured_at !== null,
        'measured.until': ({ told }) => told.valid_until !== null,
        'measured.never': (it) => it.told.measured_at === null && !hasResult(it),
        'measured.never_judged': (it) => it.told.measured_at === null && hasResult(it),
        'measured.lines': (it) => it.line !== null && !isTold(it),
        'recovered.title': ({ component }) => component.recovered !== null,
        'recovered.since': ({ component }) => component.recovered !== null,
      },
    },
  );
});

test('that there was no incident is said of the time in which we measured', () => {
  const from = AT - 90 * DAY;
  const sites = [null, from, AT - DAY].flatMap((known_from) =>
    [true, false].flatMap((is_under_way) =>
      [1, 0].map((count) => ({ known_from: count === 0 ? null : known_from, is_under_way, count })),
    ),
  );
  type It = (typeof sites)[number];
  const isQuiet = ({ is_under_way }: It) => !is_under_way;
  const listsOf = ({ is_under_way }: It): Lists => ({
    open_incidents: [],
    recent_incidents: [],
    recent_maintenances: [],
    recent_own_troubles: [],
    own_troubles: [],
    gaps: [],
    near_maintenances: is_under_way ? [{ status: 'in_progress' } as MaintenanceView] : [],
  });
  const componentsOf = ({ known_from, count }: It): ComponentOverview[] =>
    Array.from({ length: count }, () => ({
      ...view({}),
      history: { from, known_from, days: Array(90).fill({}) } as unknown as ComponentHistory,
    }));
  expectSaid(sites, (it) => recentIncidents(listsOf(it), componentsOf(it), zh), {
    families: ['incidents.none'],
    allowed: {
      'incidents.none': (it) => isQuiet(it) && it.known_from === from,
      'incidents.none_since': (it) => isQuiet(it) && it.known_from === AT - DAY,
      'incidents.none_ended': ({ is_under_way }) => is_under_way,
      'incidents.none_measured': (it) => isQuiet(it) && it.known_from === null,
    },
  });
});

import { test } from 'vitest';
import { correctionText, incidentTitle, updateBody, updateTitle } from '../../../messages/index.ts';
import { AILMENTS, type Ailment } from '../../../model/ailment.ts';
import { INCIDENT_EVENTS } from '../../../model/incident/life-cycle.ts';
import {
  type AffectedComponent,
  type AffectedFunction,
  INCIDENT_STATUSES,
  type Incident,
  type IncidentStatus,
  type IncidentUpdate,
} from '../../../model/incident.ts';
import type { BadTime } from '../../../model/ledger.ts';
import { AT, zh } from '../words.ts';
import { type Allowed, expectSaid } from './said.ts';

interface Told {
  status: IncidentStatus;
  title: Incident['title'];
  maybe_our_line: boolean;
  affected: AffectedFunction[];
  bad_time: BadTime | null;
  corrected_at: number | null;
  line_name: { 'zh-CN': string; en: string } | null;
}

const badTime = (it: Partial<BadTime>): BadTime => ({
  from: AT,
  to: AT + 96_000,
  bad_ms: 96_000,
  ailments: ['outage'],
  worst: 'major_outage',
  parts: 1,
  end: 'seen',
  ...it,
});

const BAD_TIMES: (BadTime | null)[] = [
  null,
  ...AILMENTS.map((it) => badTime({ ailments: [it] })),
  badTime({ ailments: ['outage', 'slow'] }),
  badTime({ parts: 2 }),
  badTime({ end: 'not_seen' }),
  badTime({ end: 'lasting', to: null }),
];

const TITLES: readonly Incident['title'][] = ['outage', 'partial_outage', 'degraded'];

const ONE: Told[] = INCIDENT_STATUSES.flatMap((status) =>
  [...AILMENTS, 'unknown' as const, null].flatMap((now) =>
    BAD_TIMES.flatMap((bad_time) =>
      TITLES.flatMap((title) =>
        [null, AT].map((corrected_at) => ({
          status,
          title,
          maybe_our_line: corrected_at === null && title === 'outage',
          affected: [{ component: 'beijing.download', now, bad_time }],
          bad_time,
          corrected_at,
          line_name: title === 'outage' ? { 'zh-CN': '电信', en: 'Telecom' } : null,
        })),
      ),
    ),
  ),
);
const TWO: Told[] = ONE.flatMap((it) =>
  (['slow', 'unknown', null] as const).map((now) => ({
    ...it,
    affected: [
      ...it.affected,
      { component: 'beijing.query', now, bad_time: badTime({ ailments: ['slow'] }) },
    ],
  })),
);

const isClosed = ({ status }: Told) => status === 'resolved' || status === 'postmortem';
const isNow = (ailment: Ailment) => (it: Told) => it.affected.some(({ now }) => now === ailment);
/** Of the title where the ledger does not know. */
const WORST = { outage: 'outage', partial_outage: 'partial_outage', degraded: 'slow' } as const;
const was = (ailment: Ailment) => (it: Told) =>
  it.affected.some(
    ({ now, bad_time }) =>
      (now === null || now === 'unknown' || isClosed(it)) &&
      (bad_time?.ailments[0] ?? WORST[it.title]) === ailment,
  );
const isWithdrawn = (it: Told) => it.bad_time === null && it.corrected_at !== null;

function ofAilments(group: string, of: (ailment: Ailment) => (it: Told) => boolean): Allowed<Told> {
  return Object.fromEntries(
    AILMENTS.map((it) => [`${group}.${it}`, (told: Told) => !isWithdrawn(told) && of(it)(told)]),
  );
}

test('the title of an incident says what its functions are, or were', () => {
  const names = (it: Told) => ({
    system_name: { 'zh-CN': '北京', en: 'Beijing' },
    line_name: it.line_name,
  });
  expectSaid([...ONE, ...TWO], (it) => incidentTitle(it, names(it), zh), {
    families: ['incident.now.', 'incident.was.', 'claim.'],
    allowed: {
      ...ofAilments('incident.now', isNow),
      ...ofAilments('incident.was', was),
      'incident.was_for': ({ affected }) =>
        affected.some(
          ({ bad_time }) =>
            bad_time?.end === 'seen' && bad_time.parts === 1 && bad_time.ailments.length === 1,
        ),
      'incident.unclear': (it) => !isClosed(it) && it.affected.some(({ now }) => now === 'unknown'),
      'incident.withdrawn': isWithdrawn,
      'incidents.lasted_parts': ({ affected }) =>
        affected.some(({ bad_time }) => (bad_time?.parts ?? 1) > 1),
      'incidents.end_not_seen': ({ affected }) =>
        affected.some(({ bad_time }) => bad_time?.end === 'not_seen'),
      'claim.maybe_our_line': (it) => it.maybe_our_line,
      'claim.seen_from': (it) => it.line_name !== null,
    },
  });
});

interface Updated {
  update: IncidentUpdate;
  maybe_our_line: boolean;
  bad_time: BadTime | null;
  updates: IncidentUpdate[];
}

const CHANGES: Omit<AffectedComponent, 'component'>[] = [
  { from: 'operational', to: 'major_outage' },
  { from: 'major_outage', to: 'partial_outage' },
  {
    from: 'partial_outage',
    to: 'partial_outage',
    ailments: { from: 'some_users', to: 'part_lost' },
  },
  { from: 'major_outage', to: 'operational' },
  { from: 'major_outage', to: 'unknown' },
  { from: 'major_outage', to: 'under_maintenance' },
  { from: 'unknown', to: 'major_outage' },
  { from: 'major_outage', to: 'operational', by_then: 'unknown' },
  { from: 'operational', to: 'major_outage', by_then: 'under_maintenance' },
];

const update = (it: Partial<IncidentUpdate>): IncidentUpdate => ({
  id: 'upd000000001',
  incident: 'inc000000001',
  status: 'investigating',
  code: 'opened',
  text: null,
  affected: [],
  told: true,
  created_at: AT,
  ...it,
});
/** Two reopenings that nobody was told of. */
const HELD_BACK = [
  update({ id: 'upd000000002', code: 'resolved' }),
  ...['3', '4'].map((it) => update({ id: `upd00000000${it}`, code: 'reopened', told: false })),
];

const UPDATED: Updated[] = INCIDENT_EVENTS.flatMap((code) =>
  [null, ...CHANGES].flatMap((change) =>
    BAD_TIMES.flatMap((bad_time) =>
      [true, false].map((maybe_our_line) => {
        const affected = change === null ? [] : [{ component: 'beijing.download', ...change }];
        const it = update({ code, affected });
        return { update: it, maybe_our_line, bad_time, updates: [...HELD_BACK, it] };
      }),
    ),
  ),
);

const isThen = ({ update: { affected } }: Updated, state?: AffectedComponent['by_then']) =>
  affected.some(({ by_then }) => (state === undefined ? by_then !== undefined : by_then === state));

const DISTURBED = ['major_outage', 'partial_outage', 'degraded_performance'];
const changed = (of: (it: AffectedComponent) => boolean) => (it: Updated) =>
  ['worse', 'better', 'joined'].includes(it.update.code) && it.update.affected.some(of);

test('an update says what its code is of, and how components changed with it', () => {
  const codes = Object.fromEntries(
    INCIDENT_EVENTS.map((code) => [`update.${code}`, (it: Updated) => it.update.code === code]),
  );
  expectSaid(UPDATED, (it) => updateBody(it.update, it, zh), {
    families: ['update.'],
    allowed: {
      ...codes,
      'update.recovered': (it) => it.update.code === 'recovered' && !isThen(it),
      'update.recovered_before': (it) => it.update.code === 'recovered' && isThen(it),
      'update.then.unknown': (it) => isThen(it, 'unknown'),
      'update.then.under_maintenance': (it) => isThen(it, 'under_maintenance'),
      'update.affected': (it) => it.update.affected.length > 0,
      'update.not_recorded': (it) => it.update.affected.length === 0,
      'update.held_back': (it) => it.update.code === 'still',
      'update.maybe_our_line': (it) =>
        it.maybe_our_line && ['opened', 'joined', 'worse', 'reopened'].includes(it.update.code),
      'update.length': (it) =>
        it.update.code === 'resolved' && it.bad_time !== null && it.bad_time.end !== 'lasting',
    },
  });
  const affected = [{ component: 'beijing.download', now: 'outage' as const, bad_time: null }];
  const incident = { title: 'outage' as const, status: 'investigating' as const, affected };
  const names = { system_name: { 'zh-CN': '北京', en: 'Beijing' }, line_name: null };
  expectSaid(UPDATED, (it) => updateTitle(it.update, { ...incident, ...it }, names, zh), {
    families: ['incident.changed', 'incident.well', 'incident.maintained', 'incident.unknown'],
    allowed: {
      'incident.changed': changed(
        ({ from, to, by_then }) => DISTURBED.includes(from) && DISTURBED.includes(to) && !by_then,
      ),
      'incident.well': changed(({ to, by_then }) => to === 'operational' && !by_then),
      'incident.maintained': changed(({ to, by_then }) => (by_then ?? to) === 'under_maintenance'),
      'incident.unknown': changed(({ to, by_then }) => (by_then ?? to) === 'unknown'),
    },
  });
  expectSaid([AT, null], (at) => correctionText(at, zh), {
    families: ['incident.corrected'],
    allowed: { 'incident.corrected': (at) => at !== null },
  });
});

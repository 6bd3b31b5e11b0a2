import { describe, expect, it } from 'vitest';
import {
  incidentAfter,
  incidentNotice,
  type JudgedComponent,
  type KnownIncident,
} from '../../../model/incident/change.ts';
import {
  INCIDENT_EVENTS,
  type IncidentEvent,
  OPEN_INCIDENT_STATUSES,
} from '../../../model/incident/life-cycle.ts';
import { INCIDENT_STATUSES, type IncidentStatus } from '../../../model/incident.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { Reason, State } from '../../../model/vocabulary.ts';
import { createRandom } from '../../random.ts';
import { incident, T0 } from '../builders.ts';
import { Story } from './story.ts';

/** The status after each event, written by hand from docs/judging.md; others do not happen. */
const CELLS: Record<'none' | IncidentStatus, Partial<Record<IncidentEvent, IncidentStatus>>> = {
  none: { opened: 'investigating', recovered: 'monitoring' },
  investigating: {
    joined: 'investigating',
    worse: 'investigating',
    better: 'investigating',
    known: 'investigating',
    unclear: 'unclear',
    unclear_in_part: 'investigating',
    dropped: 'investigating',
    recovered: 'monitoring',
    closed: 'resolved',
    still: 'investigating',
  },
  identified: {
    joined: 'identified',
    worse: 'identified',
    better: 'identified',
    known: 'identified',
    unclear: 'unclear',
    unclear_in_part: 'identified',
    dropped: 'identified',
    recovered: 'monitoring',
    closed: 'resolved',
    still: 'identified',
  },
  unclear: {
    joined: 'investigating',
    worse: 'investigating',
    better: 'unclear',
    unclear: 'unclear',
    known: 'investigating',
    dropped: 'unclear',
    recovered: 'monitoring',
    closed: 'resolved',
    still: 'unclear',
  },
  monitoring: {
    joined: 'investigating',
    worse: 'investigating',
    better: 'monitoring',
    unclear: 'unclear',
    dropped: 'monitoring',
    recovered: 'monitoring',
    resolved: 'resolved',
    closed: 'resolved',
    still: 'monitoring',
  },
  resolved: { reopened: 'investigating' },
  postmortem: { reopened: 'investigating' },
};

const NOTICES: Partial<Record<IncidentEvent, string>> = {
  opened: 'incident_opened',
  resolved: 'incident_resolved',
};

const changed: JudgedComponent[] = [
  {
    component: 'beijing.query',
    function: 'query',
    state: 'major_outage',
    was: 'operational',
    simulated: false,
    now: 'major_outage',
    uncovered_since: null,
    past: [],
    last_over: null,
    since: T0,
    ails_since: T0,
    notes: [],
  },
];

function known(status: IncidentStatus, taken_over = false) {
  const is_told_over = !['investigating', 'identified', 'unclear'].includes(status);
  const watched = is_told_over ? T0 + MINUTE : null;
  const over = status === 'resolved' || status === 'postmortem' ? T0 + 2 * MINUTE : null;
  return {
    incident: incident({ status, monitoring_at: watched, resolved_at: over, taken_over }),
    updates: [],
  };
}

describe('the table', () => {
  const cells = (['none', ...INCIDENT_STATUSES] as const).flatMap((status) =>
    INCIDENT_EVENTS.map((event) => ({ status, event, expected: CELLS[status][event] ?? null })),
  );
  const now = T0 + 3 * MINUTE;
  const happens = (event: IncidentEvent, before: ReturnType<typeof known> | null) =>
    incidentAfter({
      event,
      before,
      system: 'beijing',
      changed,
      only_line: null,
      now,
      newId: () => 'new',
    });

  it.each(cells)('$status × $event: $expected', ({ status, event, expected }) => {
    const change = happens(event, status === 'none' ? null : known(status));
    if (expected === null || change === null)
      return expect([change, expected]).toEqual([null, null]);
    expect(change.incident).toMatchObject({ status: expected, updated_at: now });
    expect(change.update).toMatchObject({ code: event, status: expected, created_at: now });
    const notice = incidentNotice({ ...change.update, told: true }, 'n');
    expect(notice?.kind).toBe(NOTICES[event] ?? 'incident_updated');
    expect(incidentNotice({ ...change.update, told: false }, 'n')).toBeNull();
  });

  it('says when it is watched and when it was over', () => {
    const times = (event: IncidentEvent, status: IncidentStatus) => {
      const { monitoring_at, resolved_at } = happens(event, known(status))?.incident ?? {};
      return [monitoring_at, resolved_at];
    };
    expect(times('recovered', 'investigating')).toEqual([now, null]);
    expect(times('better', 'monitoring')).toEqual([T0 + MINUTE, null]);
    expect(times('worse', 'monitoring')).toEqual([null, null]);
    expect(times('joined', 'monitoring')).toEqual([null, null]);
    expect(times('resolved', 'monitoring')).toEqual([T0 + MINUTE, now]);
    expect(times('reopened', 'resolved')).toEqual([null, null]);
  });

  const happening = cells.filter(({ expected, status }) => expected !== null && status !== 'none');
  it.each(happening)('$status stays when a person took it over: $event', ({ status, event }) => {
    if (status === 'none') throw new Error('nobody takes over what is not there');
    const before = known(status, true);
    const { monitoring_at, resolved_at } = before.incident;
    expect(happens(event, before)).toMatchObject({
      incident: { status, monitoring_at, resolved_at, impact: 'critical' },
      update: { code: event, status },
    });
  });

  it('knows what is not over', () => {
    const open = ['investigating', 'identified', 'unclear', 'monitoring'];
    expect(OPEN_INCIDENT_STATUSES).toEqual(open);
  });
});

it('no sequence of states does what the table does not say, nor says it twice', () => {
  const STATES: State[] = [
    'operational',
    'operational',
    'major_outage',
    'partial_outage',
    'degraded_performance',
    'unknown',
    'under_maintenance',
  ];
  const seen = new Set<string>();
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = createRandom(seed);
    const oneOf = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
    const story = new Story();
    let now = T0;
    for (let step = 0; step < 40; step += 1) {
      now += oneOf([SECOND, MINUTE, 6 * MINUTE]);
      let events = story.at(now, { [oneOf(['query', 'download', 'sync'])]: oneOf(STATES) });
      // What one incident tells may be news for another, or be told for itself.
      for (let look = 1; events !== null; look += 1) {
        for (const { before, event, after } of story.happened) {
          const cell = CELLS[before as IncidentStatus][event as IncidentEvent];
          expect([seed, before, event, after]).toEqual([seed, before, event, cell]);
          seen.add(`${before} × ${event}`);
        }
        expect(look).toBeLessThan(5);
        events = story.at(now);
      }
      if (random() < 0.02) story.identify();
    }
  }
  expect([...seen].toSorted()).toEqual([
    'identified × better',
    'identified × joined',
    'identified × known',
    'identified × recovered',
    'identified × still',
    'identified × unclear',
    'identified × unclear_in_part',
    'identified × worse',
    'investigating × better',
    'investigating × joined',
    'investigating × known',
    'investigating × recovered',
    'investigating × still',
    'investigating × unclear',
    'investigating × unclear_in_part',
    'investigating × worse',
    'monitoring × resolved',
    'monitoring × still',
    'monitoring × unclear',
    'monitoring × worse',
    'none × opened',
    'resolved × reopened',
    'unclear × better',
    'unclear × joined',
    'unclear × known',
    'unclear × recovered',
    'unclear × still',
    'unclear × unclear',
    'unclear × worse',
  ]);
});

describe('what limits the claim', () => {
  const failing = (reason: Reason, maybe_our_line = false): JudgedComponent => ({
    component: 'beijing.query',
    function: 'query',
    state: 'major_outage',
    was: 'unknown',
    simulated: false,
    now: 'major_outage',
    uncovered_since: null,
    past: [],
    last_over: null,
    since: T0,
    ails_since: T0,
    notes: [
      { code: 'checks_failing', checks: ['q'], reason, detail: null },
      ...(maybe_our_line ? [{ code: 'maybe_our_line' as const, line: 'telecom' }] : []),
    ],
  });
  const opened = (component: JudgedComponent, only_line: string | null) =>
    incidentAfter({
      event: 'opened',
      before: null,
      system: 'beijing',
      changed: [component],
      only_line,
      now: T0,
      newId: () => 'new',
    });
  const next = (before: KnownIncident, event: IncidentEvent, component: JudgedComponent) =>
    incidentAfter({
      event,
      before,
      system: 'beijing',
      changed: [component],
      only_line: 'telecom',
      now: T0,
      newId: () => 'new',
    });

  it.each([
    ['timeout_connect', 'telecom', 'telecom'],
    ['name_not_resolved', 'telecom', 'telecom'],
    ['certificate_invalid', 'telecom', 'telecom'],
    ['connection_refused', null, null],
    ['http_status', 'telecom', null],
    ['not_recognised', 'telecom', null],
  ] as const)('B3: %s, only line %s: seen from %s', (reason, only_line, seen_from) => {
    expect(opened(failing(reason), only_line)?.incident.seen_from).toBe(seen_from);
  });

  it('B3: ends with the first failure above HTTP or with proof, and never comes back', () => {
    const first = opened(failing('timeout_connect', true), 'telecom');
    expect(first?.incident).toMatchObject({ seen_from: 'telecom', maybe_our_line: true });
    if (!first) throw new Error('unreachable');
    const known = { incident: first.incident, updates: [first.update] };
    const proven = next(known, 'worse', failing('http_status'));
    expect(proven?.incident).toMatchObject({ seen_from: null, maybe_our_line: false });
    if (!proven) throw new Error('unreachable');
    const again = { incident: proven.incident, updates: [] };
    expect(next(again, 'worse', failing('timeout_connect', true))?.incident).toMatchObject({
      seen_from: null,
      maybe_our_line: false,
    });
    const well = { ...failing('timeout_connect'), state: 'operational' as const, notes: [] };
    expect(next(known, 'recovered', well)?.incident.seen_from).toBe('telecom');
  });

  it('W2: what was unknown did not go down from normal', () => {
    expect(opened(failing('http_status'), null)?.update.affected).toEqual([
      {
        component: 'beijing.query',
        from: 'unknown',
        to: 'major_outage',
        ailments: { from: null, to: 'outage' },
      },
    ]);
  });
});

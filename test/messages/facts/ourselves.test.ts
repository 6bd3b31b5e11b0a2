import { test } from 'vitest';
import { alertText } from '../../../messages/alerts.ts';
import { ownTroubleText } from '../../../messages/index.ts';
import { ownDetailText } from '../../../messages/own-detail.ts';
import { ALERT_KINDS, type Alert, openedAlert } from '../../../model/alert.ts';
import type { Note } from '../../../model/component.ts';
import { OWN_DETAILS, type OwnDetailCode } from '../../../model/own-detail.ts';
import { OWN_TROUBLES } from '../../../model/own-trouble.ts';
import { STATES, type State } from '../../../model/vocabulary.ts';
import { AT, zh } from '../words.ts';
import { type Allowed, expectSaid } from './said.ts';

test('a trouble of our own is named by its kind', () => {
  const troubles = OWN_TROUBLES.flatMap((kind) =>
    [null, { 'zh-CN': '电信', en: 'Telecom' }].map((line_name) => ({ kind, line_name })),
  );
  type It = (typeof troubles)[number];
  const ofKinds = (suffix: string) =>
    OWN_TROUBLES.map((kind) => [`own.${kind}${suffix}`, (it: It) => it.kind === kind] as const);
  expectSaid(troubles, (it) => ownTroubleText(it, zh), {
    families: ['own.told'],
    allowed: {
      ...Object.fromEntries([...ofKinds(''), ...ofKinds('_effect')]),
      'own.line': (it) => it.kind === 'line' && it.line_name === null,
      'own.line_named': (it) => it.kind === 'line' && it.line_name !== null,
      'own.told': () => true,
    },
  });
});

test('its evidence is worded by its code', () => {
  const VALUES: Record<string, string | number> = {
    n: 3,
    host: 'example.org',
    percent: 4,
    component: 'beijing.download',
    recorded: 'operational',
    derived: 'unknown',
    from_at: AT,
    to_at: AT + 60_000,
    delay_ms: 2_000,
    span_ms: 10_000,
    ahead_ms: -90_000,
    by_ms: 90_000,
    set: 'notify.smtp.host',
    ends_at: AT + 3_600_000,
    until_at: AT + 7_200_000,
    measured_at: AT,
    days: 1,
    passed: 1,
    check: 'beijing-reach',
    place: '/type',
    address: '192.0.2.7',
  };
  const codes = Object.keys(OWN_DETAILS) as OwnDetailCode[];
  const stored = codes.map((code) => ({
    code,
    text: [code, ...OWN_DETAILS[code].map((key) => `${key}=${VALUES[key]}`)].join(' '),
  }));
  const allowed: Allowed<(typeof stored)[number]> = Object.fromEntries(
    codes.map((code) => [`own_detail.${code}`, (it: (typeof stored)[number]) => it.code === code]),
  );
  expectSaid(stored, (it) => ownDetailText(it.text, zh), { families: ['own_detail.'], allowed });
});

const SUBJECTS: Record<Alert['kind'], string> = {
  state: 'beijing.download',
  stale: 'beijing.download',
  channel: 'email',
  own: 'disk',
  neutral: 'example',
  certificate: 'example.org',
  domain: 'example.com',
  callback: 'nuonuo',
};
/** Of a certificate when it ends, and of the one after it. */
const CERTIFICATE = [
  `certificate_replaced ends_at=${AT + 3_600_000} days=1 passed=1 until_at=${AT + 7_200_000}`,
  `measured_at=${AT} check=beijing-reach`,
].join(' ');
const DOMAIN = `domain_ends ends_at=${AT + 3_600_000} days=1 passed=1 measured_at=${AT}`;
const NOTES: Note[][] = [
  [],
  [{ code: 'not_judged', outcome: 'throttled', reason: null, ended_at: AT }],
  [{ code: 'gap', from: AT, cause: 'restart' }],
  [{ code: 'expired', last_slot_at: AT }],
  [{ code: 'checks_failing', checks: [], reason: 'timeout_connect', detail: null }],
];
const ENDS = [
  { resolved_at: null, resolved_since: null },
  { resolved_at: AT + 60_000, resolved_since: AT + 60_000 },
  // Nobody saw it.
  { resolved_at: AT + 60_000, resolved_since: null },
];
const ALERTS: Alert[] = ALERT_KINDS.flatMap((kind) =>
  ENDS.flatMap((end) =>
    (kind === 'state' || kind === 'stale' ? [...STATES] : [null]).flatMap((state: State | null) =>
      NOTES.map((notes) => ({
        ...openedAlert({
          id: 'alr000000001',
          kind,
          subject: SUBJECTS[kind],
          error: kind === 'certificate' ? CERTIFICATE : kind === 'domain' ? DOMAIN : null,
          since: AT,
          opened_at: AT,
        }),
        state,
        notes,
        ...end,
      })),
    ),
  ),
);

/** Nobody was there to renew it. */
const EXPIRED = ALERTS.filter(({ kind }) => kind === 'domain').map((it) => ({
  ...it,
  error: DOMAIN.replace('days=1', 'days=0'),
}));
const hasEnded = ({ error }: Alert) => error?.includes('days=0') ?? false;

const isOpen = (kind: Alert['kind']) => (it: Alert) => it.kind === kind && it.resolved_at === null;
const isOver = (kind: Alert['kind']) => (it: Alert) => it.kind === kind && it.resolved_at !== null;
const isSeen = ({ resolved_since }: Alert) => resolved_since !== null;
const isUnjudged = ({ notes }: Alert) => notes.some(({ code }) => code === 'not_judged');
const isSilent = ({ kind, state }: Alert) =>
  kind === 'stale' && state !== null && state !== 'unknown';
const isDisturbed = ({ state }: Alert) =>
  state === 'major_outage' || state === 'partial_outage' || state === 'degraded_performance';

test('an open alert of what is not measured by then says that it was', () => {
  const configuration = { systems: [], lines: [] };
  const ailing = ALERTS.filter((it) => isOpen('state')(it) && isDisturbed(it));
  const all = (['unknown', 'under_maintenance'] as const).flatMap((state) =>
    ailing.map((alert) => ({ alert, state })),
  );
  const said = ({ alert, state }: (typeof all)[number]) =>
    alertText(alert, { words: zh, configuration, states: new Map([[SUBJECTS.state, state]]) });
  expectSaid(all, said, {
    families: ['alert.then_', 'incident.unclear'],
    allowed: {
      'alert.then_body': () => true,
      'incident.unclear': ({ state }) => state === 'unknown',
      'alert.then_maintained': ({ state }) => state === 'under_maintenance',
    },
  });
});

test('an alert says what it is about, and whether it is over', () => {
  const configuration = { systems: [], lines: [] };
  expectSaid([...ALERTS, ...EXPIRED], (it) => alertText(it, { words: zh, configuration }), {
    families: [
      ...['alert.unjudged', 'alert.stale', 'alert.channel', 'alert.own', 'alert.neutral'],
      ...[
        'alert.certificate',
        'alert.domain',
        'alert.callback',
        'alert.state_',
        'alert.ended_',
        'alert.unmeasured_',
      ],
    ],
    allowed: {
      'alert.state_body': isOpen('state'),
      'alert.ended_body': (it) => isOver('state')(it) && isSeen(it),
      'alert.unmeasured_end_body': (it) => isOver('state')(it) && !isSeen(it),
      'alert.own_silent_title': isSilent,
      'alert.own_silent_body': (it) => isSilent(it) && isOpen('stale')(it),
      'alert.own_silent_ended_body': (it) => isSilent(it) && isOver('stale')(it),
      'alert.unjudged_title': (it) => isOpen('stale')(it) && isUnjudged(it) && !isSilent(it),
      'alert.unjudged_body': (it) => isOpen('stale')(it) && isUnjudged(it) && !isSilent(it),
      'alert.stale_title': (it) =>
        (isOver('stale')(it) || (it.kind === 'stale' && !isUnjudged(it))) && !isSilent(it),
      'alert.stale_body': (it) => isOpen('stale')(it) && !isUnjudged(it) && !isSilent(it),
      'alert.stale_ended_body': (it) => isOver('stale')(it) && !isSilent(it),
      'alert.channel_title': ({ kind }) => kind === 'channel',
      'alert.channel_body': isOpen('channel'),
      'alert.channel_ended_body': (it) => isOver('channel')(it) && isSeen(it),
      'alert.channel_removed_body': (it) => isOver('channel')(it) && !isSeen(it),
      'alert.own_unseen': (it) => isOver('own')(it) && !isSeen(it),
      'alert.unseen_end_body': (it) => (isOver('own')(it) || isOver('neutral')(it)) && !isSeen(it),
      'alert.own_ended': (it) => isOver('own')(it) && isSeen(it),
      'alert.own_ended_body': (it) => isOver('own')(it) && isSeen(it),
      'alert.neutral_title': ({ kind }) => kind === 'neutral',
      'alert.neutral_body': isOpen('neutral'),
      'alert.neutral_ended_body': (it) => isOver('neutral')(it) && isSeen(it),
      'alert.callback_title': ({ kind }) => kind === 'callback',
      'alert.callback_body': isOpen('callback'),
      'alert.callback_ended_body': (it) => isOver('callback')(it) && isSeen(it),
      'alert.callback_gone_body': (it) => isOver('callback')(it) && !isSeen(it),
      'alert.certificate_title': isOpen('certificate'),
      'alert.certificate_body': isOpen('certificate'),
      'alert.certificate_replaced': (it) => isOver('certificate')(it) && isSeen(it),
      'alert.certificate_replaced_body': (it) => isOver('certificate')(it) && isSeen(it),
      'alert.certificate_gone': (it) => isOver('certificate')(it) && !isSeen(it),
      'alert.certificate_gone_body': (it) => isOver('certificate')(it) && !isSeen(it),
      'alert.domain_title': (it) => isOpen('domain')(it) && !hasEnded(it),
      'alert.domain_expired': (it) => isOpen('domain')(it) && hasEnded(it),
      'alert.domain_body': isOpen('domain'),
      'alert.domain_renewed': (it) => isOver('domain')(it) && isSeen(it),
      'alert.domain_renewed_body': (it) => isOver('domain')(it) && isSeen(it),
      'alert.domain_gone': (it) => isOver('domain')(it) && !isSeen(it),
      'alert.domain_gone_body': (it) => isOver('domain')(it) && !isSeen(it),
      'title.in_state': (it) => it.kind === 'state' && !isDisturbed(it),
      'incident.now.outage': (it) => isOpen('state')(it) && it.state === 'major_outage',
      'incident.was.outage': (it) => isOver('state')(it) && it.state === 'major_outage',
    },
  });
});

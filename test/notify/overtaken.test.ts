import { describe, expect, it, test } from 'vitest';
import type { Message } from '../../channels/kit/message.ts';
import type { IncidentStatus, UpdateCode } from '../../model/incident.ts';
import type { MaintenanceStatus, MaintenanceUpdateCode } from '../../model/maintenance.ts';
import type { Notice, NoticeKind } from '../../model/notice.ts';
import { kindAsTold, saidWith, type Telling, toldOf } from '../../model/overtaken.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { incidentUpdate, maintenance, maintenanceUpdate } from '../model/builders.ts';
import { createRandom } from '../random.ts';
import { anAlert, aSubscriber, INCIDENT, START } from './samples.ts';
import { startNotifier } from './site.ts';

type Step = readonly [kind: NoticeKind, code: UpdateCode | MaintenanceUpdateCode | null];

/** By their last words: `opened`, `reminder`, `text`. */
const STEPS: Record<string, Step> = {
  opened: ['incident_opened', 'opened'],
  worse: ['incident_updated', 'worse'],
  unclear: ['incident_updated', 'unclear'],
  text: ['incident_updated', 'text'],
  resolved: ['incident_resolved', 'resolved'],
  reopened: ['incident_updated', 'reopened'],
  announced: ['maintenance_announced', 'announced'],
  revised: ['maintenance_updated', 'revised'],
  reminder: ['maintenance_reminder', 'reminder'],
  started: ['maintenance_started', 'started'],
  extended: ['maintenance_updated', 'extended'],
  comment: ['maintenance_updated', 'text'],
  ended: ['maintenance_ended', 'completed'],
  cancelled: ['maintenance_cancelled', 'cancelled'],
  alert: ['alert_opened', null],
  changed: ['alert_changed', null],
  well: ['alert_resolved', null],
};

function tellings(names: string): Telling[] {
  return names.split(' ').map((name) => {
    const [kind, code] = STEPS[name] ?? ['incident_updated', 'text'];
    return { kind, code, has_words: code === 'text' };
  });
}

describe('of notices that wait, the one that is told', () => {
  it.each([
    ['opened', 0],
    ['opened worse', 1],
    ['opened resolved', 1],
    ['opened text', 0],
    ['opened text worse', 2],
    ['text text', 1],
    ['opened worse resolved reopened', 3],
    ['resolved text', 0],
    ['announced revised', 1],
    ['announced revised reminder started', 3],
    ['reminder revised', 1],
    ['started extended ended', 2],
    ['announced cancelled', 1],
    ['alert changed well', 2],
  ])('of %s is number %i', (names, told) => {
    expect(toldOf(tellings(names))).toBe(told);
  });

  // What is left out is contained in what is told; what a person wrote never is.
  it.each<[string, string, string, string]>([
    ['opened worse', '', '', 'the function as it is now'],
    ['opened text', 'text', 'text', 'words, beside what they are about'],
    ['text worse', 'text', 'text', 'words are older than what is told'],
    ['opened text resolved', '', '', 'words on what is over'],
    ['resolved text', 'text', 'text', 'words after the end'],
    ['revised reminder', 'revised', '', 'a postponement, to whom heard of the first time'],
    ['revised started', 'revised', '', 'that it begins at another time'],
    ['revised revised', '', '', 'one plan, and then another'],
    ['revised cancelled', '', '', 'a plan for nothing'],
    ['reminder started', '', '', 'that something begins soon, once it has begun'],
    ['reminder comment started', 'comment', 'comment', 'a comment, but no reminder'],
    ['extended ended', '', '', 'that it lasts longer, once it is over'],
    ['alert changed well', '', '', 'all of an alert, which has one row'],
  ])('%s: also says "%s", to whom heard nothing before "%s": %s', (names, heard, unheard) => {
    const all = tellings(names);
    const told = all[toldOf(all)] as Telling;
    const namesOf = (said: readonly Telling[]) =>
      said.map((it) => names.split(' ')[all.indexOf(it)]).join(' ');
    expect([namesOf(saidWith(all, told, false)), namesOf(saidWith(all, told, true))]).toEqual([
      heard,
      unheard,
    ]);
  });

  it.each<[NoticeKind, NoticeKind]>([
    ['incident_updated', 'incident_opened'],
    ['incident_resolved', 'incident_resolved'],
    ['maintenance_updated', 'maintenance_announced'],
    ['maintenance_reminder', 'maintenance_reminder'],
    ['maintenance_started', 'maintenance_started'],
    ['alert_changed', 'alert_opened'],
    ['alert_resolved', 'alert_resolved'],
  ])('%s is told as %s to whom heard nothing before', (kind, told) => {
    expect(kindAsTold(kind, true)).toBe(told);
    expect(kindAsTold(kind, false)).toBe(kind);
  });
});

const LIVES = [
  'opened text worse unclear resolved reopened text resolved',
  'opened worse resolved text',
  'announced revised reminder started extended comment ended',
  'announced comment revised revised cancelled',
  'alert changed changed well',
];
const ENDS = ['resolved', 'ended', 'cancelled', 'well'];
const ALWAYS_BEGIN = ['opened', 'announced', 'reminder', 'started', 'alert', ...ENDS];

/** A matter that is told of step by step, with what is recorded for each. */
function matterOfLife(life: string, index: number) {
  const names = life.split(' ');
  const ref = `matter${String(index).padStart(6, '0')}`;
  const at = (n: number) => START + n * SECOND;
  return names.map((name, n) => {
    const [kind, code] = STEPS[name] as Step;
    const id = `${index}-${n}-${name}`;
    const update = code === null ? null : `update-${id}`;
    const notice: Notice = { id, kind, ref, update, created_at: at(n) };
    const text = code === 'text' ? `words ${id}` : null;
    if (kind.startsWith('alert'))
      return { name, notice, recording: { alerts: [anAlert({ id: ref })], notices: [notice] } };
    if (kind.startsWith('maintenance')) {
      const status: MaintenanceStatus = name === 'ended' ? 'completed' : 'scheduled';
      const localized = text === null ? null : { 'zh-CN': text, en: text };
      const own = { id: update ?? '', maintenance: ref, code: code as MaintenanceUpdateCode };
      const first = { maintenance: { ...maintenance(), id: ref }, expected_updated_at: null };
      return {
        name,
        notice,
        recording: {
          maintenances: n === 0 ? [first] : [],
          maintenance_updates: [{ ...maintenanceUpdate(), ...own, status, text: localized }],
          notices: [notice],
        },
      };
    }
    const status: IncidentStatus =
      names.slice(0, n + 1).findLast((it) => it !== 'text') === 'resolved'
        ? 'resolved'
        : 'investigating';
    const own = { id: update ?? '', incident: ref, code: code as UpdateCode, status, text };
    return {
      name,
      notice,
      recording: {
        incidents: n === 0 ? [{ ...INCIDENT, id: ref }] : [],
        updates: [{ ...incidentUpdate(), ...own, created_at: at(n) }],
        notices: [notice],
      },
    };
  });
}

const WHO = ['wang', 'li', 'zhang'].map((id) =>
  aSubscriber({ id: id.padEnd(12, '0'), address: `${id}@example.com` }),
);
const OPERATOR = {
  channel: 'email',
  address: 'ops@example.org',
  locale: 'en',
  secret: null,
} as const;

/** Five matters, told to all while their mail server takes four of ten mails. */
async function lived(seed: number) {
  const random = createRandom(seed);
  const heard: Message[] = [];
  const world = { works: false };
  const { dispatch, store, time } = await startNotifier({
    senders: () => ({
      log: { shared: true, send: async () => ({ result: 'sent' }) },
      email: {
        shared: true,
        async send(message) {
          if (!world.works && random() < 0.6) return { result: 'retry', error: '451 at RCPT TO' };
          heard.push(message);
          return { result: 'sent' };
        },
      },
    }),
    operators: [OPERATOR],
    subscribers: WHO,
    notices: [],
  });
  const told = LIVES.map(matterOfLife);
  const left = told.map((steps) => [...steps]);
  while (left.some((steps) => steps.length > 0)) {
    for (const steps of left)
      if (random() < 0.4) await store.record(steps.shift()?.recording ?? {});
    await dispatch();
    time.now += Math.floor(random() * MINUTE);
  }
  world.works = true;
  for (let n = 0; n < 3; n++) {
    time.now += HOUR;
    await dispatch();
  }
  return { told, heard, pending: await store.pendingDeliveries() };
}

const SEEDS = [1, 2, 3, 4, 5, 6];

test.each(SEEDS)(
  'T1: whatever fails, everyone hears each matter from its beginning (%i)',
  async (seed) => {
    const { told, heard, pending } = await lived(seed);
    expect(pending).toEqual([]);
    const addresses = [...WHO.map(({ address }) => address), OPERATOR.address];
    for (const [index, steps] of told.entries()) {
      const is_alert = steps[0]?.name === 'alert';
      for (const address of addresses) {
        const messages = heard.filter(
          ({ to, notice }) => to.address === address && notice.id.startsWith(`${index}-`),
        );
        if ((address === OPERATOR.address) !== is_alert) {
          expect(messages).toEqual([]);
          continue;
        }
        hearsAll(steps, messages);
      }
    }
  },
);

type Told = ReturnType<typeof matterOfLife>[number];

function hearsAll(steps: readonly Told[], messages: readonly Message[]): void {
  const places = messages.map(({ notice }) => steps.findIndex((it) => it.notice.id === notice.id));
  const names = places.map((n) => steps[n]?.name ?? '');
  const context = `${steps.map(({ name }) => name).join(' ')} heard as ${names.join(' ')}`;
  // In order, and none twice.
  expect(places, context).toEqual([...new Set(places)].toSorted((a, b) => a - b));
  // From a beginning: what only changed is told as one.
  const [first] = messages;
  expect(first, context).toBeDefined();
  const begins = ['incident_opened', 'maintenance_announced', 'alert_opened'];
  const is_whole = ALWAYS_BEGIN.includes(names[0] ?? '');
  expect(is_whole || begins.includes(first?.notice.kind ?? ''), context).toBe(true);
  // To the newest that says how it stands.
  const isSaying = ({ name }: Told) => name !== 'text' && name !== 'comment';
  expect(places.at(-1), context).toBeGreaterThanOrEqual(steps.findLastIndex(isSaying));
  // No words are lost that are not over.
  const last_end = steps.findLastIndex(({ name }) => ENDS.includes(name));
  const said = messages.flatMap(({ payload }) =>
    payload.subject === 'incident' || payload.subject === 'maintenance'
      ? payload.said.map(({ id }) => id)
      : [],
  );
  for (const { notice } of steps.slice(last_end + 1).filter((it) => !isSaying(it)))
    expect(said, context).toContain(notice.update);
  expect(new Set(said).size, context).toBe(said.length);
}

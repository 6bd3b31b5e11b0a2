import { expect, test } from 'vitest';
import { toldOnce } from '../../collector/recording/told-once.ts';
import type { UpdateCode } from '../../model/incident.ts';
import type { NoticeKind } from '../../model/notice.ts';
import { aNotice, anAlert, anIncidentUpdate } from '../store/contract/samples.ts';

const notice = (id: string, kind: NoticeKind, ref: string, update: string | null = null) =>
  aNotice({ id, kind, ref, update });

/** Which of these updates of one incident are told when they are recorded together. */
function toldOf(...codes: UpdateCode[]) {
  const updates = codes.map((code, i) => anIncidentUpdate({ id: `u${i}`, code }));
  const notices = codes.map((_, i) => notice(`n${i}`, 'incident_updated', 'incident', `u${i}`));
  const other = notice('other', 'incident_opened', 'another', 'u9');
  const told = toldOnce({ updates, notices: [other, ...notices] });
  // What was found stays in the story of the incident.
  expect(told.updates).toEqual(updates);
  return told.notices?.map(({ id, update }) => (id === 'other' ? id : codes[Number(update?.[1])]));
}

test('of an incident that is over with it only that is told', () => {
  expect(toldOf('opened', 'worse', 'recovered')).toEqual(['other', 'recovered']);
  expect(toldOf('better', 'resolved')).toEqual(['other', 'resolved']);
  expect(toldOf('recovered')).toEqual(['other', 'recovered']);
});

test('of one that goes on every step is told', () => {
  expect(toldOf('opened', 'joined')).toEqual(['other', 'opened', 'joined']);
  expect(toldOf('recovered', 'joined')).toEqual(['other', 'recovered', 'joined']);
});

test('nothing is left of an alert that is opened and resolved together', () => {
  const alerts = ['a', 'b', 'c', 'd'].map((id) => anAlert({ id }));
  const notices = [
    notice('1', 'alert_opened', 'a'),
    notice('2', 'alert_changed', 'a'),
    notice('3', 'alert_resolved', 'a'),
    notice('4', 'alert_opened', 'b'),
    notice('5', 'alert_resolved', 'c'),
    notice('6', 'alert_resolved', 'd'),
    notice('7', 'alert_opened', 'd'),
    notice('8', 'alert_opened', 'own'),
    notice('9', 'alert_resolved', 'own'),
  ];
  const own = anAlert({ id: 'own', kind: 'own' });
  const told = toldOnce({ alerts: [...alerts, own], notices });
  expect(told.alerts?.map(({ id }) => id)).toEqual(['b', 'c', 'd', 'own']);
  expect(told.notices?.map(({ id }) => id)).toEqual(['4', '5', '6', '7', '8', '9']);
});

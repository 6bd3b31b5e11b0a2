import { test } from 'vitest';
import {
  maintenanceFacts,
  maintenanceStatus,
  maintenanceTime,
  maintenanceUpdateBody,
} from '../../../messages/index.ts';
import { MAINTENANCE_STATUSES, MAINTENANCE_UPDATE_CODES } from '../../../model/maintenance.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { AT, en, zh } from '../words.ts';
import { expectSaid } from './said.ts';

const ANNOUNCED = { announced_from: AT, announced_until: AT + 2 * HOUR };
/** As announced to the minute, and otherwise. */
const BEGINS = [null, AT, AT + 59 * SECOND, AT - 20 * MINUTE];
const ENDS = [null, AT + 2 * HOUR, AT + HOUR, AT + 3 * HOUR];

const ALL = MAINTENANCE_STATUSES.flatMap((status) =>
  BEGINS.flatMap((actual_from) =>
    ENDS.filter((it) => it === null || actual_from !== null).map((actual_until) => ({
      status,
      ...ANNOUNCED,
      actual_from,
      actual_until,
      expected_recovery_at: AT + 2 * HOUR,
      texts: {
        title: { 'zh-CN': '升级', en: 'Upgrade' },
        description: { 'zh-CN': '升级', en: 'Upgrade' },
        stays_open: null,
        workaround: null,
      },
    })),
  ),
);
type It = (typeof ALL)[number];

const has = (status: It['status']) => (it: It) => it.status === status;
const isPast = ({ status }: It) => status === 'verifying' || status === 'completed';
const wasSeen = ({ actual_from }: It) => actual_from !== null;
const isOff = (a: number | null, b: number) => a !== null && Math.abs(a - b) >= MINUTE;
const beganOtherwise = (it: It) => isOff(it.actual_from, it.announced_from);
const ran = (it: It) => it.status !== 'cancelled' && it.actual_from !== null;

const isRecoveryPast = (it: It) =>
  has('completed')(it) || has('cancelled')(it) || it.expected_recovery_at <= AT;

test('a maintenance is told by its status, and what was seen of it', () => {
  expectSaid(ALL, (it) => [maintenanceStatus(it, zh), maintenanceStatus(it, en)], {
    families: ['maintenance_status.'],
    allowed: {
      'maintenance_status.draft': has('draft'),
      'maintenance_status.scheduled': has('scheduled'),
      'maintenance_status.in_progress': has('in_progress'),
      'maintenance_status.overrun': has('overrun'),
      'maintenance_status.verifying': (it) => has('verifying')(it) && wasSeen(it),
      'maintenance_status.completed': (it) => has('completed')(it) && wasSeen(it),
      'maintenance_status.passed': (it) => isPast(it) && !wasSeen(it),
      'maintenance_status.cancelled': has('cancelled'),
    },
  });
});

test('its time is the announced one until it begins, then as it is', () => {
  expectSaid(ALL, (it) => maintenanceTime(it, zh, { in_zone: true }), {
    families: ['maintenance_time.'],
    allowed: {
      'maintenance_time.planned': has('cancelled'),
      'maintenance_time.began': (it) =>
        ran(it) && it.actual_until === null && it.status !== 'overrun' && beganOtherwise(it),
      'maintenance_time.overrun': (it) =>
        has('overrun')(it) && wasSeen(it) && it.actual_until === null,
      'maintenance_time.otherwise': (it) =>
        ran(it) &&
        it.actual_until !== null &&
        (beganOtherwise(it) || isOff(it.actual_until, it.announced_until)),
    },
  });
  expectSaid(ALL, (it) => maintenanceFacts(it, [], zh), {
    families: ['maintenance.recovery'],
    allowed: {
      'maintenance.recovery': (it) => !isRecoveryPast(it),
      'maintenance.recovery_was': isRecoveryPast,
    },
  });
});

test('an update says what its code is of', () => {
  const codes = MAINTENANCE_UPDATE_CODES.filter((code) => code !== 'text');
  const allowed = Object.fromEntries(
    codes.map((code) => [
      `maintenance_update.${code}`,
      (it: { code: (typeof MAINTENANCE_UPDATE_CODES)[number] }) => it.code === code,
    ]),
  );
  expectSaid(
    MAINTENANCE_UPDATE_CODES.map((code) => ({ code })),
    ({ code }) => maintenanceUpdateBody({ code, text: null }, zh),
    { families: ['maintenance_update.'], allowed },
  );
});

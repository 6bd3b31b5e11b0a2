import type texts from '../../../../messages/zh-CN/page/maintenance.ts';
import { apart, type Facts, fact, label, lasting, time } from '../fact.ts';

const maintenance_status = (what: string) => fact(`toldStatus(maintenance): ${what}.`);

export default {
  'maintenance_status.draft': maintenance_status('draft'),
  'maintenance_status.scheduled': maintenance_status('scheduled'),
  'maintenance_status.in_progress': maintenance_status('in_progress'),
  'maintenance_status.overrun': maintenance_status('overrun'),
  'maintenance_status.verifying': maintenance_status('verifying, after it began'),
  'maintenance_status.completed': maintenance_status('completed, after it began'),
  'maintenance_status.passed': maintenance_status(
    'verifying or completed, and nobody saw it begin',
  ),
  'maintenance_status.cancelled': maintenance_status('cancelled'),

  'maintenance_time.planned': fact(
    'Cancelled: announced_from and announced_until.',
    time('period'),
  ),
  'maintenance_time.began': fact(
    'Under way, begun at another time than announced.',
    time('from', 'period'),
  ),
  'maintenance_time.overrun': fact(
    'overrun: actual_from, announced_until, nobody ended it.',
    time('from', 'until'),
  ),
  'maintenance_time.otherwise': fact(
    'Over, at another time than announced.',
    time('is', 'period'),
    apart('is', 'period'),
  ),

  'maintenance.scope': label,
  'maintenance.time': label,
  'maintenance.recovery': fact('expected_recovery_at, before an overrun or the end.'),
  'maintenance.recovery_was': fact(
    'expected_recovery_at, after an overrun or the end, or cancelled.',
  ),
  'maintenance.stays_open': label,
  'maintenance.workaround': label,
  'maintenance.progress': label,
  'maintenance.fact': label,
  'maintenance.scope_of': fact('Functions of a system in the scope of a maintenance.'),
  'maintenance.scope_separator': label,
  'maintenance.chat_title': label,
  'maintenance.tag': label,

  'maintenances.title': label,

  'maintenance.of_component': fact(
    'Maintenance of a component: under way, or the next one.',
    time('period'),
  ),
  'maintenance.actual': label,
  'maintenance.actual_from': fact('actual_from, and actual_until is null.', time('from')),
  'maintenance.announced_at': label,
  'maintenance.ahead': fact('Published before the start.', time('time'), lasting('duration')),
  'maintenance.behind': fact('Published at the start or later.', time('time')),
  'maintenance.revised_at': label,
  'maintenance.accounting': label,
  'maintenance.excluded': fact('MaintenanceView.excluded.', time('period')),
  'maintenance.excluded_in_part': fact(
    'MaintenanceView.accounting: excluded, of fewer functions than are in scope.',
    time('period'),
  ),
  'maintenance.announced_late': fact(
    'Nothing of it is excluded: no revision was published so long before its start.',
    lasting('notice'),
  ),
  'maintenance.revised_late': fact(
    'Nothing of it is excluded: what was published in time is not what is announced now.',
    lasting('notice'),
  ),
  'maintenance.ran_otherwise': fact(
    'Nothing of it is excluded: what ran lies outside what was announced in time.',
  ),
  'maintenance.counted_cancelled': fact('Status cancelled.'),
  'maintenance.timeline': label,
  'maintenance.chat': label,
  'maintenance.chat_about': label,
  'maintenance.copy': label,
  'maintenance.copied': fact('The browser has put the text on its clipboard.'),
  'maintenance.qr': label,
  'maintenance.calendar': label,
} satisfies Facts<keyof typeof texts>;

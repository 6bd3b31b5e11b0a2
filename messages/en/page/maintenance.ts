import type zhCN from '../../zh-CN/page/maintenance.ts';

export default {
  'maintenance_status.draft': 'Draft',
  'maintenance_status.scheduled': 'Planned maintenance',
  'maintenance_status.in_progress': 'Under maintenance',
  'maintenance_status.overrun': 'Past its announced end',
  'maintenance_status.verifying': 'Ended, being verified',
  'maintenance_status.completed': 'Completed',
  'maintenance_status.passed': 'Its announced time has passed',
  'maintenance_status.cancelled': 'Cancelled',

  'maintenance_time.planned': 'had been planned for {period}',
  'maintenance_time.began': 'began {from} (planned: {period})',
  'maintenance_time.overrun': 'began {from}, was to end {until}, not said to be over',
  'maintenance_time.otherwise': '{is} (planned: {period})',

  'maintenance.scope': 'Affected',
  'maintenance.time': 'Time',
  'maintenance.recovery': 'Expected to work again',
  'maintenance.recovery_was': 'Had been expected to work again',
  'maintenance.stays_open': 'Stays open',
  'maintenance.workaround': 'What to do instead',
  'maintenance.progress': 'Details and progress',
  'maintenance.fact': '{term}: {text}',
  'maintenance.scope_of': '{system}: {functions}',
  'maintenance.scope_separator': '; ',
  'maintenance.chat_title': '[{status}] {title}',
  'maintenance.tag': 'Maintenance',

  'maintenances.title': 'Maintenance',

  'maintenance.of_component': '{status}: {period}',
  'maintenance.actual': 'Actual time',
  'maintenance.actual_from': 'since {from}',
  'maintenance.announced_at': 'Announced',
  'maintenance.ahead': '{time} ({duration} ahead)',
  'maintenance.behind': '{time} (not ahead)',
  'maintenance.revised_at': 'Last revised',
  'maintenance.accounting': 'In availability',
  'maintenance.excluded':
    '{period} was announced in time: what is down in it does not count; any other time does.',
  'maintenance.excluded_in_part':
    '{period} was announced in time for these: {scope}. What of them is down in it does not ' +
    'count; anything else does.',
  'maintenance.announced_late': 'Not announced {notice} ahead, so what is down in it counts.',
  'maintenance.revised_late':
    'Last revised less than {notice} ahead, so what is down in it counts.',
  'maintenance.ran_otherwise':
    'It ran at another time than was announced in time, so what is down in it counts.',
  'maintenance.counted_cancelled': 'Cancelled; what is down then counts as ever.',
  'maintenance.timeline': 'Progress (newest first)',
  'maintenance.chat': 'Share in a chat',
  'maintenance.chat_about': 'Copy this text into a chat; it can be understood without this page.',
  'maintenance.copy': 'Copy text',
  'maintenance.copied': 'Copied',
  'maintenance.qr': 'Scan to open this page',
  'maintenance.calendar': 'Subscribe to the maintenance calendar (iCalendar)',
} satisfies Record<keyof typeof zhCN, string>;

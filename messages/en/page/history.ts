import type zhCN from '../../zh-CN/page/history.ts';

export default {
  'bars.label': '{system}, {function}: state of each of the last {days} {days|day|days}',
  'bars.start': '{days} {days|day|days} ago',
  'bars.end': 'today',
  'bars.table': 'List by day',
  'bars.table_caption':
    '{system}, {function}: days in {zone}; a day shows the worst state that lasted 5 minutes ' +
    'or more',
  'bars.day': 'Day',
  'bars.state': 'State',
  'bars.shorter': '{state} for {duration}',
  'bars.down': 'Down for',
  'bars.partial': 'Some affected',
  'bars.day_availability': 'Available',
  'bars.day_promise': 'In time',
  'bars.runs': 'Measurements',
  'bars.with_told': '{n}, of them {told} {told|event|events} of own traffic',
  'bars.good': 'Good',
  'bars.invoices': 'Invoices due',
  'bars.no_data': 'Not measured',
  'bars.little_data': 'Measured for less than 5 min',
  'bars.down_none': 'none',
  'bars.span': '{from} to {to}',
  'bars.day_gap': '{duration} not measured ({cause})',
  'bars.day_gap_unrecorded': '{duration} not recorded in time ({cause})',
} satisfies Record<keyof typeof zhCN, string>;

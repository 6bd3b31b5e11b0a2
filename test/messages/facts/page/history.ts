import type texts from '../../../../messages/zh-CN/page/history.ts';
import { apart, type Facts, fact, label, lasting, partOf, some, time } from '../fact.ts';

export default {
  'bars.label': fact('So many days have bars.', some('days')),
  'bars.start': fact('So many days have bars.', some('days')),
  'bars.end': label,
  'bars.table': label,
  'bars.table_caption': fact('Days are those of the zone of the page.'),
  'bars.day': label,
  'bars.state': label,
  'bars.shorter': fact(
    'DayView.shorter: an outage too short to be the state of the day.',
    lasting('duration'),
  ),
  'bars.down': label,
  'bars.partial': label,
  'bars.day_availability': label,
  'bars.day_promise': label,
  'bars.runs': label,
  'bars.with_told': fact(
    'DayView.told: of so many, events of own traffic.',
    some('told'),
    partOf('told', 'n'),
  ),
  'bars.good': label,
  'bars.invoices': label,
  'bars.no_data': fact('Nothing is known of the day: known_ms and n are 0.'),
  'bars.little_data': fact('DayView.state is null, and something is known of the day.'),
  'bars.down_none': fact('down_ms, or partial_ms, of the day is 0.'),
  'bars.span': fact('Days in a row that are alike.', apart('from', 'to'), time('from', 'to')),
  'bars.day_gap': fact(
    'DayView.gaps: not measured on that day, by a cause other than disk and lock.',
    lasting('duration'),
  ),
  'bars.day_gap_unrecorded': fact(
    'DayView.gaps: not recorded in time on that day, because of the disk or a lock.',
    lasting('duration'),
  ),
} satisfies Facts<keyof typeof texts>;

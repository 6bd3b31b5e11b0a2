import type zhCN from '../zh-CN/articles.ts';

export default {
  'gaps.title': 'When we did not measure',
  'gaps.about':
    'Times that we did not measure, or could not record in time. What was not measured counts ' +
    'neither as working nor as down.',
  'gaps.time': 'Time',
  'gaps.duration': 'Length',
  'gaps.cause': 'Cause',
  'gaps.cut': 'Only the last {n} are listed.',
  'unavailable.title': 'Cannot be stored right now',
  'unavailable.about':
    'Our database is not available for the moment, and what you sent was not stored. Please try ' +
    'again in a little while.',
  'incident.waiting': 'Evidence: invoices that waited',
  'incident.waiting_about':
    'Invoices that waited when it began or when it ended, by the minute in which they were ' +
    'accepted. Digests are made of their numbers and do not reveal them.',
  'incident.waiting_about_open':
    'Invoices that waited when it began or wait now, by the minute in which they were ' +
    'accepted. Digests are made of their numbers and do not reveal them.',
  'incident.waiting_kept':
    'Invoices that do not wait any more are kept for {duration} after they were accepted: ' +
    'those accepted earlier may be missing here.',
  'incident.waiting_cut': 'Only the first {n} are listed.',
  'incident.evidence': 'Evidence: failed measurements by minute',
  'incident.evidence_about':
    'Measurements that failed in this time, grouped by minute. The time is the start of the ' +
    'measurement.',
  'incident.evidence_none': 'No measurement failed in this time.',
  'incident.evidence_gone':
    'Details are kept for {duration}: earlier failed measurements are not shown here.',
  'incident.evidence_own': 'Failures that own traffic told of are not listed here.',
  'incident.evidence_cut': 'Only the first {n} are listed.',
  'page.method': 'How we measure',
  'page.method_body':
    'We use these systems from outside like anyone else and record every result. A failure ' +
    'counts only if it is not of our own line or machine; so many in a row that chance is ' +
    'unlikely (2 to 8 as a rule) make an outage, two successes in a row end it; without a new ' +
    'measurement in time the state is unknown. Availability = 1 − down time ÷ (measured time − ' +
    'failures in maintenance announced in time), truncated to two decimals; partial outages ' +
    'are told beside it and are not down. What was measured as working is never down, whatever ' +
    'was announced. Time in which we did not measure does not count.',
} as const satisfies Record<keyof typeof zhCN, string>;

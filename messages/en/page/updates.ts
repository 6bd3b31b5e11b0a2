import type zhCN from '../../zh-CN/page/updates.ts';

export default {
  'incident_status.investigating': 'Ongoing',
  'incident_status.identified': 'Identified',
  'incident_status.monitoring': 'Recovered, monitoring',
  'incident_status.unclear': 'Not known at present',
  'incident_status.under_maintenance': 'Under maintenance',
  'incident_status.resolved': 'Resolved',
  'incident_status.postmortem': 'Postmortem',

  'impact.none': 'none',
  'impact.minor': 'minor',
  'impact.major': 'major',
  'impact.critical': 'critical',

  'update.opened': '{affected}. We go on measuring and will write here when something changes.',
  'update.joined': 'More is affected: {affected}.',
  'update.worse': 'It got worse: {affected}.',
  'update.better': 'It got better: {affected}.',
  'update.known': 'Measured again: {affected}.',
  'update.unclear': 'Not known at present: {affected}. We will write here once it is.',
  'update.unclear_in_part': 'A function is not known any more: {affected}.',
  'update.recovered': 'Measurements are normal again: {affected}. We watch it for a while.',
  'update.recovered_before': 'Measurements had become normal again: {affected}.',
  'update.resolved': 'Back to normal and steady; the incident is closed.',
  'update.dropped': 'Measured no longer, so how it went on is not known: {affected}.',
  'update.closed': 'Not measured any more; that it ended was not seen, and the incident is closed.',
  'update.still': 'At present: {affected}.',
  'update.held_back':
    'It had happened {n} more {n|time|times} before, which was not told each time.',
  'update.reopened': 'It happened again: {affected}. The incident is open again.',
  'update.affected': '{function}: {from} → {to}',
  'update.then.unknown': 'not known after that',
  'update.then.under_maintenance': 'under maintenance after that',
  'update.not_recorded': 'which functions was not recorded',
  'update.length': 'Time affected: {length}.',
  'update.maybe_our_line': 'Perhaps our own line, not the system.',

  'maintenance_update.announced': 'Maintenance is announced.',
  'maintenance_update.revised': 'The plan has changed; the times and scope announced now apply.',
  'maintenance_update.reminder': 'Maintenance is about to start; please plan ahead.',
  'maintenance_update.started': 'Maintenance has started.',
  'maintenance_update.extended': 'Maintenance takes longer; the end announced now applies.',
  'maintenance_update.overrun':
    'The announced end has passed, and nobody has said that maintenance is over.',
  'maintenance_update.ended': 'The work is done; we measure whether everything works again.',
  'maintenance_update.completed': 'Everything in scope works again; maintenance is completed.',
  'maintenance_update.passed':
    'The announced time has passed. We did not measure then and do not know whether maintenance ' +
    'took place; we are measuring whether everything works.',
  'maintenance_update.found_well': 'Everything in scope is measured as working.',
  'maintenance_update.cancelled': 'Maintenance is cancelled and will not take place.',
} satisfies Record<keyof typeof zhCN, string>;

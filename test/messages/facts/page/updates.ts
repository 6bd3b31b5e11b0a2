import type texts from '../../../../messages/zh-CN/page/updates.ts';
import { type Facts, fact, lasting, some } from '../fact.ts';

const update = (what: string) => fact(`IncidentUpdate.code: ${what}.`);
const incident_status = (what: string) => fact(`statusNow(incident), or of an update: ${what}.`);
const worst = (what: string) => fact(`Incident.impact, the worst that it was so far: ${what}.`);
const maintenance_update = (what: string) => fact(`MaintenanceUpdate.code: ${what}.`);

export default {
  'incident_status.investigating': incident_status('something is disturbed'),
  'incident_status.identified': incident_status('the same, and a person knows why'),
  'incident_status.under_maintenance': incident_status(
    'nothing fails or is unknown, and a maintenance covers what failed',
  ),
  'incident_status.monitoring': incident_status('all was measured to be well, and is watched'),
  'incident_status.unclear': incident_status('nothing is known to fail, something is unknown'),
  'incident_status.resolved': incident_status('closed'),
  'incident_status.postmortem': incident_status('closed, and a person wrote of it'),

  'impact.none': worst('no state that is disturbed'),
  'impact.minor': worst('degraded_performance'),
  'impact.major': worst('partial_outage'),
  'impact.critical': worst('major_outage'),

  'update.opened': update('opened; affected: what is disturbed'),
  'update.joined': update('joined; affected: what is disturbed besides'),
  'update.worse': update('worse; affected: what became worse'),
  'update.better': update('better; affected: what became better'),
  'update.known': update('known; affected: what is known again'),
  'update.unclear': update('unclear; affected: what is unknown, and nothing fails'),
  'update.unclear_in_part': update('unclear_in_part; affected: what is unknown, while others fail'),
  'update.recovered': update('recovered; affected: what was the last to be well'),
  'update.recovered_before': update(
    'recovered, and a component was unknown or under maintenance by the time that it was told',
  ),
  'update.resolved': update('resolved: well for as long as it is watched'),
  'update.dropped': update('dropped; affected: what is not measured any more'),
  'update.closed': update('closed: unknown for a day, or not measured any more'),
  'update.still': update('still; affected: what was published and not told'),
  'update.held_back': fact('Reopenings before an update still that were not told.', some('n')),
  'update.reopened': update('reopened; affected: what is disturbed again'),
  'update.affected': fact('A component of an update, and its state before and then.'),
  'update.then.unknown': fact('AffectedComponent.by_then: unknown by the time that it was told.'),
  'update.then.under_maintenance': fact(
    'AffectedComponent.by_then: under maintenance by the time that it was told.',
  ),
  'update.not_recorded': fact('An update without components.'),
  'update.length': fact('BadTime of a resolved incident, which does not last.', lasting('length')),
  'update.maybe_our_line': fact('Incident.maybe_our_line, and something is disturbed.'),

  'maintenance_update.announced': maintenance_update('announced'),
  'maintenance_update.revised': maintenance_update('revised'),
  'maintenance_update.reminder': maintenance_update('reminder'),
  'maintenance_update.started': maintenance_update('started'),
  'maintenance_update.extended': maintenance_update('extended'),
  'maintenance_update.overrun': maintenance_update('overrun'),
  'maintenance_update.ended': maintenance_update('ended'),
  'maintenance_update.completed': maintenance_update('completed'),
  'maintenance_update.passed': maintenance_update('passed'),
  'maintenance_update.found_well': maintenance_update('found_well'),
  'maintenance_update.cancelled': maintenance_update('cancelled'),
} satisfies Facts<keyof typeof texts>;

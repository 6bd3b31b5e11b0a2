import { INCIDENT_STATUSES, type IncidentStatus, type UpdateCode } from '../incident.ts';
import type { NoticeKind } from '../notice.ts';

/** Events found by the judge; each is published as the update of the same name. */
export const INCIDENT_EVENTS = [
  'opened',
  'joined',
  'worse',
  'better',
  'recovered',
  'resolved',
  'reopened',
] as const satisfies UpdateCode[];
export type IncidentEvent = (typeof INCIDENT_EVENTS)[number];

/**
 * The life cycle: the status after each event; events that are not listed do not apply. A failure
 * while monitoring returns to investigating; what a person identified stays identified. What is
 * known only once it has recovered begins with that.
 */
export const INCIDENT_LIFE_CYCLE: Record<
  'none' | IncidentStatus,
  Partial<Record<IncidentEvent, IncidentStatus>>
> = {
  none: { opened: 'investigating', recovered: 'monitoring' },
  investigating: {
    joined: 'investigating',
    worse: 'investigating',
    better: 'investigating',
    recovered: 'monitoring',
  },
  identified: {
    joined: 'identified',
    worse: 'identified',
    better: 'identified',
    recovered: 'monitoring',
  },
  monitoring: {
    joined: 'investigating',
    worse: 'investigating',
    better: 'monitoring',
    recovered: 'monitoring',
    resolved: 'resolved',
  },
  resolved: { reopened: 'investigating' },
  postmortem: { reopened: 'investigating' },
};

/** Statuses of incidents that are not resolved. */
export const OPEN_INCIDENT_STATUSES: readonly IncidentStatus[] = INCIDENT_STATUSES.filter(
  (status) => INCIDENT_LIFE_CYCLE[status].reopened === undefined,
);

/** The notice kind that announces each update. */
export const INCIDENT_NOTICES: Record<UpdateCode, NoticeKind> = {
  opened: 'incident_opened',
  joined: 'incident_updated',
  worse: 'incident_updated',
  better: 'incident_updated',
  recovered: 'incident_updated',
  resolved: 'incident_resolved',
  reopened: 'incident_updated',
  text: 'incident_updated',
};

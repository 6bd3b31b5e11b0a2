import { INCIDENT_STATUSES, type IncidentStatus, type UpdateCode } from '../incident.ts';
import type { NoticeKind } from '../notice.ts';

/** Events found by the judge; each is published as the update of the same name. */
export const INCIDENT_EVENTS = [
  'opened',
  'joined',
  'worse',
  'better',
  'known',
  'unclear',
  'unclear_in_part',
  'dropped',
  'recovered',
  'resolved',
  'closed',
  'reopened',
  'still',
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
    known: 'investigating',
    unclear: 'unclear',
    unclear_in_part: 'investigating',
    dropped: 'investigating',
    recovered: 'monitoring',
    closed: 'resolved',
    still: 'investigating',
  },
  identified: {
    joined: 'identified',
    worse: 'identified',
    better: 'identified',
    known: 'identified',
    unclear: 'unclear',
    unclear_in_part: 'identified',
    dropped: 'identified',
    recovered: 'monitoring',
    closed: 'resolved',
    still: 'identified',
  },
  unclear: {
    joined: 'investigating',
    worse: 'investigating',
    better: 'unclear',
    unclear: 'unclear',
    known: 'investigating',
    dropped: 'unclear',
    recovered: 'monitoring',
    closed: 'resolved',
    still: 'unclear',
  },
  monitoring: {
    joined: 'investigating',
    worse: 'investigating',
    better: 'monitoring',
    unclear: 'unclear',
    dropped: 'monitoring',
    recovered: 'monitoring',
    resolved: 'resolved',
    closed: 'resolved',
    still: 'monitoring',
  },
  resolved: { reopened: 'investigating' },
  postmortem: { reopened: 'investigating' },
};

/** Statuses of incidents that are not resolved. */
export const OPEN_INCIDENT_STATUSES: readonly IncidentStatus[] = INCIDENT_STATUSES.filter(
  (status) => INCIDENT_LIFE_CYCLE[status].reopened === undefined,
);

/** The notice kind that announces each update that is told. */
export const INCIDENT_NOTICES: Record<UpdateCode, NoticeKind> = {
  opened: 'incident_opened',
  joined: 'incident_updated',
  worse: 'incident_updated',
  better: 'incident_updated',
  known: 'incident_updated',
  unclear: 'incident_updated',
  unclear_in_part: 'incident_updated',
  dropped: 'incident_updated',
  recovered: 'incident_updated',
  resolved: 'incident_resolved',
  closed: 'incident_updated',
  reopened: 'incident_updated',
  still: 'incident_updated',
  text: 'incident_updated',
};

import { z } from '@hono/zod-openapi';
import { entityId, instant, orNull } from '../../kit/described.ts';

/** Schemas of the Statuspage v2 API, by what Atlassian's answers were recorded to be. */

/** Maximum length of lists, as Statuspage has it. */
export const MOST_RECENT = 50;

const pageId = z.string().regex(/^[0-9a-f]{12}$/);
const position = z.number().int().min(1);
/** Of a system, or a function of one. */
const componentId = z.string().min(1).max(127);
const state = z.enum([
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
]);

export const v2Page = z
  .object({
    id: pageId,
    name: z.string(),
    url: z.url(),
    time_zone: z.string().openapi({ example: 'Asia/Shanghai' }),
    updated_at: instant.openapi({ description: 'Of the last public change.' }),
  })
  .openapi('V2Page');

export const v2Component = z
  .object({
    id: componentId,
    name: z.string().openapi({ description: 'No two are equal.' }),
    status: state.openapi({ description: 'What is not known is degraded_performance.' }),
    description: orNull(z.string()).openapi({ description: 'Why it is not operational.' }),
    created_at: instant.openapi({ description: 'As updated_at.' }),
    updated_at: instant.openapi({ description: 'Of its last change.' }),
    position,
    group_id: orNull(componentId),
    page_id: pageId,
    showcase: z.literal(false),
    start_date: z.null(),
    group: z.boolean(),
    only_show_if_degraded: z.literal(false),
    components: z
      .array(componentId)
      .optional()
      .openapi({ description: 'Of a group: its members.' }),
  })
  .openapi('V2Component');

export type V2Component = z.output<typeof v2Component>;

const affectedComponent = z
  .object({ code: componentId, name: z.string(), old_status: state, new_status: state })
  .openapi('V2AffectedComponent');

const incidentStatus = z.enum([
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'postmortem',
]);
const maintenanceStatus = z.enum(['scheduled', 'in_progress', 'verifying', 'completed']);

function updatesWith<Status extends z.ZodType>(name: string, status: Status) {
  const update = z
    .object({
      id: entityId,
      status,
      body: z.string(),
      incident_id: entityId,
      created_at: instant,
      updated_at: instant,
      display_at: instant,
      affected_components: orNull(z.array(affectedComponent).min(1)),
      deliver_notifications: z.boolean(),
      custom_tweet: z.null(),
      tweet_id: z.null(),
    })
    .openapi(name);
  return z.array(update).openapi({ description: 'Newest first.' });
}

const common = {
  id: entityId,
  name: z.string(),
  created_at: instant,
  updated_at: instant,
  monitoring_at: orNull(instant),
  resolved_at: orNull(instant),
  shortlink: z.url(),
  started_at: instant,
  page_id: pageId,
  components: z.array(v2Component),
  reminder_intervals: z.null(),
};

const incident = z
  .object({
    ...common,
    status: incidentStatus,
    impact: z.enum(['none', 'minor', 'major', 'critical']),
    incident_updates: updatesWith('V2IncidentUpdate', incidentStatus),
  })
  .openapi('V2Incident');

const maintenance = z
  .object({
    ...common,
    status: maintenanceStatus,
    impact: z.literal('maintenance'),
    incident_updates: updatesWith('V2MaintenanceUpdate', maintenanceStatus),
    scheduled_for: instant,
    scheduled_until: instant,
  })
  .openapi('V2Maintenance');

export const v2Status = z
  .object({
    indicator: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']),
    description: z.enum([
      'All Systems Operational',
      'Partially Degraded Service',
      'Partial System Outage',
      'Major Service Outage',
      'Service Under Maintenance',
    ]),
  })
  .openapi('V2Status');

const statusOf = { status: v2Status };
const componentsOf = { components: z.array(v2Component) };
const incidents = z.array(incident);
const maintenances = z.array(maintenance);

/** What each document holds besides `page`, with its name and summary. */
export const V2_SCHEMAS = {
  'summary.json': {
    name: 'Summary',
    summary: 'State, components, open incidents, and maintenance that is not over',
    shape: {
      ...componentsOf,
      incidents,
      scheduled_maintenances: maintenances,
      ...statusOf,
    },
  },
  'status.json': { name: 'Status', summary: 'The state in one word', shape: statusOf },
  'components.json': {
    name: 'Components',
    summary: 'Systems as groups, and their functions',
    shape: componentsOf,
  },
  'incidents.json': {
    name: 'Incidents',
    summary: 'The latest incidents',
    shape: { incidents: incidents.max(MOST_RECENT) },
  },
  'incidents/unresolved.json': {
    name: 'UnresolvedIncidents',
    summary: 'Open incidents',
    shape: { incidents },
  },
  'scheduled-maintenances.json': {
    name: 'ScheduledMaintenances',
    summary: 'The latest maintenances',
    shape: { scheduled_maintenances: maintenances.max(MOST_RECENT) },
  },
  'scheduled-maintenances/active.json': {
    name: 'ActiveMaintenances',
    summary: 'Maintenance under way',
    shape: { scheduled_maintenances: maintenances },
  },
  'scheduled-maintenances/upcoming.json': {
    name: 'UpcomingMaintenances',
    summary: 'Announced maintenance that has not begun',
    shape: { scheduled_maintenances: maintenances },
  },
} as const;

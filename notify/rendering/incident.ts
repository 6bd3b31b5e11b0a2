import type { Announcement } from '../../channels/kit/announcement.ts';
import type { Payload } from '../../channels/kit/message.ts';
import { incidentTitle, scopeText, updateBody } from '../../messages/index.ts';
import { lineName, scopeOf, systemName } from '../../model/names.ts';
import { isSimulated, publicUrl, type RenderContext } from './context.ts';

/** An incident update, worded as on the page. */
export function incidentAnnouncement(
  { incident, update }: Extract<Payload, { subject: 'incident' }>,
  context: RenderContext,
): Announcement {
  const { configuration, words } = context;
  const { text } = words;
  const names = {
    system_name: systemName(incident.system, configuration),
    line_name: lineName(incident.seen_from, configuration),
  };
  const lasted_ms =
    incident.resolved_at === null ? null : incident.resolved_at - incident.started_at;
  return {
    title: words.text('title.tagged', {
      tag: text(`incident_status.${update.status}`),
      title: incidentTitle(incident, names, words),
    }),
    body: [updateBody(update, incident, words)],
    facts: [
      {
        term: words.text('incident.functions'),
        text: scopeText(scopeOf(incident.components, configuration), words),
      },
      { term: words.text('incident.since'), text: words.dateTime(incident.started_at) },
      ...(lasted_ms !== null && update.status === 'resolved'
        ? [{ term: words.text('incident.duration'), text: words.duration(lasted_ms) }]
        : []),
      { term: words.text('incident.impact_term'), text: text(`impact.${incident.impact}`) },
    ],
    actions: [
      { text: words.text('incident.action'), url: publicUrl(context, `incidents/${incident.id}`) },
    ],
    simulated: incident.simulated || isSimulated(incident.components, context),
  };
}

import type { Announcement } from '../../channels/kit/announcement.ts';
import type { Payload } from '../../channels/kit/message.ts';
import { incidentStatusTold } from '../../channels/kit/told-status.ts';
import {
  correctionText,
  incidentTitle,
  scopeText,
  updateBody,
  updateTitle,
} from '../../messages/index.ts';
import { lengthText } from '../../messages/lasted.ts';
import { statusNow } from '../../model/incident/told.ts';
import { lineName, scopeOf, systemName } from '../../model/names.ts';
import { isSimulated, publicUrl, type RenderContext } from './context.ts';

/** An incident update, worded as on the page. */
export function incidentAnnouncement(
  payload: Extract<Payload, { subject: 'incident' }>,
  context: RenderContext,
): Announcement {
  const { incident, update, said, is_first, affected, bad_time, corrected_at } = payload;
  const { configuration, words } = context;
  const { text } = words;
  const is_over = update.code === 'recovered' || update.code === 'resolved';
  const correction = is_over ? correctionText(corrected_at, words) : null;
  const status = incidentStatusTold(payload);
  const titled = { ...incident, status, affected, bad_time, corrected_at };
  const names = {
    system_name: systemName(incident.system, configuration),
    line_name: lineName(incident.seen_from, configuration),
  };
  return {
    title: words.text('title.tagged', {
      tag: text(`incident_status.${statusNow({ status, affected })}`),
      // What changed means nothing to whom has not heard how it was.
      title: is_first
        ? incidentTitle(titled, names, words)
        : updateTitle(update, titled, names, words),
    }),
    // Its length is a fact below.
    body: [
      ...said.map((it) => updateBody(it, { ...incident, bad_time: null }, words)),
      ...(correction === null ? [] : [correction]),
    ],
    facts: [
      {
        term: words.text('incident.functions'),
        text: scopeText(scopeOf(incident.components, configuration), words),
      },
      { term: words.text('incident.since'), text: words.dateTime(incident.started_at) },
      ...(bad_time !== null && bad_time.end !== 'lasting' && update.status === 'resolved'
        ? [{ term: words.text('incident.duration'), text: lengthText(bad_time, words) }]
        : []),
      { term: words.text('incident.impact_term'), text: text(`impact.${incident.impact}`) },
    ],
    actions: [
      { text: words.text('incident.action'), url: publicUrl(context, `incidents/${incident.id}`) },
    ],
    simulated: incident.simulated || isSimulated(incident.components, context),
  };
}

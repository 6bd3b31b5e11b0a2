import type { Announcement } from '../../channels/kit/announcement.ts';
import type { Payload } from '../../channels/kit/message.ts';
import {
  maintenanceFacts,
  maintenanceUpdateBody,
  maintenanceUpdateStatus,
} from '../../messages/index.ts';
import { scopeOf } from '../../model/names.ts';
import { isSimulated, publicUrl, type RenderContext } from './context.ts';

/** A maintenance update with all announced facts. */
export function maintenanceAnnouncement(
  { maintenance, update, said }: Extract<Payload, { subject: 'maintenance' }>,
  context: RenderContext,
): Announcement {
  const { configuration, words } = context;
  const { texts, components } = maintenance;
  return {
    title: words.text('title.tagged', {
      tag: maintenanceUpdateStatus(update, maintenance, words),
      title: words.name(texts.title),
    }),
    body: [...said.map((it) => maintenanceUpdateBody(it, words)), words.name(texts.description)],
    facts: maintenanceFacts(maintenance, scopeOf(components, configuration), words),
    actions: [
      {
        text: words.text('maintenance.action'),
        url: publicUrl(context, `maintenances/${maintenance.id}`),
      },
    ],
    simulated: isSimulated(components, context),
  };
}

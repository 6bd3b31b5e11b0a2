import type { Announcement, Telling } from '../../channels/announcement.ts';
import type { Message } from '../../channels/message.ts';
import { createWords } from '../../messages/index.ts';
import { createNoticeSay } from '../../messages/notices/index.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Signer } from '../../model/ports.ts';
import { alertAnnouncement } from './alert.ts';
import { incidentAnnouncement } from './incident.ts';
import { maintenanceAnnouncement } from './maintenance.ts';
import { subscriptionAnnouncement } from './subscription.ts';

/** A message in the words of its reader, and what they were made with. */
export type Render = (message: Message) => { announcement: Announcement; telling: Telling };

export function createRender({
  configuration,
  signer,
}: {
  configuration: Configuration;
  signer: Signer;
}): Render {
  return (message) => {
    const { locale } = message.to;
    const words = createWords({ locale, zone: configuration.page.zone });
    const telling = { message, configuration, signer, words, say: createNoticeSay(locale) };
    return { announcement: announce(telling), telling };
  };
}

function announce(telling: Telling): Announcement {
  const { matter } = telling.message;
  switch (matter.subject) {
    case 'incident':
      return incidentAnnouncement(matter, telling);
    case 'maintenance':
      return maintenanceAnnouncement(matter, telling);
    case 'subscription':
      return subscriptionAnnouncement(matter, telling);
    case 'alert':
      return alertAnnouncement(matter, telling);
  }
}

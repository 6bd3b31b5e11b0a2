import type { Handlers } from '../../kit/route.ts';
import { loadStatesById } from '../../overview/components.ts';
import type { AdminContext } from '../context.ts';
import { openAlertsPage } from '../views/alerts.ts';
import { answerAdmin } from './answer.ts';
import type { AdminWing } from './wing.ts';

/** Maximum length of the list. */
const MAX_LISTED = 200;

/** The list of open alerts. */
export function openAlertsHandlers(wing: AdminWing): Handlers {
  const { store, reader, configuration, signer, clock } = wing;
  return {
    GET: async (c: AdminContext) => {
      const alerts = await store.alerts({ open: true, limit: MAX_LISTED });
      const states = await loadStatesById(reader, clock.now());
      const { words } = c.var;
      return answerAdmin(c, openAlertsPage({ alerts, signer, words, configuration, states }));
    },
  };
}

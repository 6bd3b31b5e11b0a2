import type { Handlers } from '../../kit/route.ts';
import type { AdminContext } from '../context.ts';
import { listPage } from '../views/list.ts';
import { answerAdmin } from './answer.ts';
import type { AdminWing } from './wing.ts';

/** Maximum length of the list. */
const MAX_LISTED = 200;

/** The list of maintenance. */
export function listHandlers({ store, groups }: AdminWing): Handlers {
  return {
    GET: async (c: AdminContext) => {
      const listed = await store.maintenances({ limit: MAX_LISTED });
      return answerAdmin(c, listPage(c.var.words, { maintenances: listed, groups }));
    },
  };
}

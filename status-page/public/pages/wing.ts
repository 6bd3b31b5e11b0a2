import type { Wing } from '../../kit/wing.ts';
import type { Broadcast } from '../../serve/broadcast.ts';
import type { PagesOnDemand } from '../../serve/pages-on-demand.ts';

/** Context of the public pages. */
export interface PublicWing extends Wing {
  pages: PagesOnDemand;
  broadcast: Broadcast;
}

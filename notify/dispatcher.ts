import { CHANNELS } from '../channels/index.ts';
import { LANES } from '../model/audience.ts';
import { SECOND } from '../model/time.ts';
import type { DeliveryWrites } from '../store/ports/deliveries.ts';
import { createLane, type LaneParts } from './lane.ts';
import type { Round } from './poll.ts';

/** Subscribers fanned out in one transaction. */
const SUBSCRIBERS_AT_ONCE = 500;

/** The first alert goes at once; to people, all others of this time after it go in one message. */
const ALERTS_TOGETHER_MS = 30 * SECOND;

export interface DispatcherParts extends LaneParts {
  store: LaneParts['store'] & Pick<DeliveryWrites, 'fanOut'>;
}

/** Rounds side by side, so that neither a crowd nor a hanging receiver delays others. */
export interface Dispatcher {
  /** Makes deliveries of all notices that have none. */
  fanOut: Round<void>;
  /** Each sends what is due of a lane by a channel, and resolves to the number of attempts. */
  lanes: readonly Round<number>[];
}

/**
 * Fans notices out into deliveries and sends those that are due: of each recipient and matter one
 * at a time, in the order of notices, so that no recovery arrives before its outage.
 */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { store, clock, recipients, senders } = parts;
  const { operators } = recipients;
  const channels = Object.keys(senders).filter((it) => senders[it]?.digests);
  const digest = { channels, alerts_ms: ALERTS_TOGETHER_MS };
  return {
    async fanOut(stopping, progressed = () => {}) {
      for (;;) {
        const request = { now: clock.now(), limit: SUBSCRIBERS_AT_ONCE, operators, digest };
        if (stopping?.aborted || !(await store.fanOut(request))) return;
        progressed();
      }
    },
    lanes: LANES.flatMap((lane) =>
      Object.keys(CHANNELS).map((channel) => createLane(parts, lane, channel)),
    ),
  };
}

import { createHash } from 'node:crypto';
import type { StatusOverview } from '../../model/overview.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LiveBegin, LiveComponents, LiveHeadline } from '../web/wire.ts';
import { listsVersion } from './lists-version.ts';

/** Size limit of an event, for slow connections. */
const MAX_EVENT_BYTES = 2_048;
/** Field names and line ends around the data of an event. */
const FRAME_BYTES = 64;

/** State of the stream: the JSON of each component, their digest, and a key of the headline. */
export interface StreamState {
  components: ReadonlyMap<string, string>;
  version: string;
  state_key: string;
}

export const NOTHING_SENT: StreamState = { components: new Map(), version: '', state_key: '' };

/** State of the stream after sending `overview`. */
export function streamStateOf(overview: StatusOverview): StreamState {
  const components = overview.systems.flatMap((system) =>
    system.components.map(({ history: _, ...view }) => [view.id, JSON.stringify(view)] as const),
  );
  const states = overview.systems.flatMap((system) => system.components.map((it) => it.state));
  const digest = createHash('sha256');
  for (const [, json] of components) digest.update(json);
  return {
    components: new Map(components),
    version: digest.digest('base64url').slice(0, 22),
    state_key: JSON.stringify([
      overview.seq,
      overview.headline.verdict,
      states,
      overview.own_troubles,
    ]),
  };
}

/**
 * The events that update a client from `before` to `sent`: changed components, then the headline.
 */
export function eventsBetween(
  before: StreamState,
  sent: StreamState,
  { overview, now }: { overview: StatusOverview; now: EpochMs },
): string {
  const changed = [...sent.components]
    .filter(([id, json]) => before.components.get(id) !== json)
    .map(([, json]) => json);
  const events = chunks(changed).map((json) => event('components', json, overview.seq));
  return [...events, headlineEvent(overview, now)].join('');
}

/** The event that sums up the components. */
export function headlineEvent(overview: StatusOverview, now: EpochMs): string {
  const { verdict: _, ...headline } = overview.headline;
  const message: LiveHeadline = {
    headline,
    lines: overview.lines,
    own_troubles: overview.own_troubles,
    lists_version: listsVersion(overview),
    sent_at: now,
  };
  return event('headline', JSON.stringify(message), overview.seq);
}

/** The event in front of all others: from what on the others go. */
export function beginEvent(from: LiveBegin['from'], { seq }: StatusOverview): string {
  return event('begin', JSON.stringify({ from } satisfies LiveBegin), seq);
}

/** JSON arrays of as many views as fit into one event. */
function chunks(views: readonly string[]): string[] {
  const found: string[] = [];
  let open: string[] = [];
  let bytes = FRAME_BYTES;
  for (const view of views) {
    const length = Buffer.byteLength(view) + 1;
    if (open.length > 0 && bytes + length > MAX_EVENT_BYTES) {
      found.push(`[${open.join()}]`);
      open = [];
      bytes = FRAME_BYTES;
    }
    open.push(view);
    bytes += length;
  }
  if (open.length > 0) found.push(`[${open.join()}]`);
  return found;
}

type LiveEvents = { begin: LiveBegin; components: LiveComponents; headline: LiveHeadline };

function event(name: keyof LiveEvents, data: string, seq: number): string {
  return `event: ${name}\nid: ${seq}\ndata: ${data}\n\n`;
}

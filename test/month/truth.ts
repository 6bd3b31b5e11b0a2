import { createRandom } from '../random.ts';
import type { ComponentFacts, Stretch } from './oracle/facts.ts';
import { COMPONENTS_OF_MONTH, DAY_MS, HOUR_MS, MINUTE_MS, MONTH_BEGINS } from './site.ts';

/** What was so, whether or not anybody saw it. Instants are of a clock that is never set. */
export interface Truth {
  seed: number;
  from: number;
  to: number;
  ailments: Ailment[];
  blindness: Blindness[];
  windows: AnnouncedWindow[];
}

/** A function was down or slow, or failed now and then. */
export interface Ailment extends Stretch {
  component: string;
  /** null: all of them. */
  check: string | null;
  kind: 'down' | 'slow' | 'chance';
  /** Of single runs that fail. */
  share: number;
}

/**
 * Why we did not measure, or recorded late. `ours`: results that say nothing. `agent`: the second
 * line hands over all of it afterwards.
 */
export interface Blindness extends Stretch {
  kind: (typeof BLINDNESSES)[number];
  /** The clock is set by so much at the end. */
  by_ms: number;
}

const BLINDNESSES = ['kill', 'stop', 'sleep', 'disk', 'ours', 'agent', 'forth', 'back'] as const;

export interface AnnouncedWindow extends Stretch {
  components: string[];
  announced_at: number;
  /** Announced end; ended by a person at `to`. */
  until: number;
}

export interface TruthParts {
  seed: number;
  days: number;
  without?: readonly (Blindness['kind'] | Ailment['kind'])[];
}

/** Draws so many days, on each of which everything happens. */
export function drawTruth({ seed, days, without = [] }: TruthParts): Truth {
  const random = createRandom(seed);
  const between = (low: number, high: number) => Math.floor(low + random() * (high - low));
  const truth: Truth = {
    seed,
    from: MONTH_BEGINS,
    // The last day is still today at the end.
    to: MONTH_BEGINS + days * DAY_MS - MINUTE_MS,
    ailments: [],
    blindness: [],
    windows: [],
  };
  for (let day = 0; day < days; day += 1) {
    const begin = truth.from + day * DAY_MS;
    const hours = drawHours(random);
    // Set forth and back by the same, so that the clock is right again every day.
    const by_ms = between(5, 400) * 1_000;
    for (const kind of BLINDNESSES) {
      const at = begin + (hours.pop() ?? 0) * HOUR_MS + between(10, 20) * MINUTE_MS;
      const from = at + between(0, MINUTE_MS);
      const to = from + between(30_000, 12 * MINUTE_MS);
      if (!without.includes(kind)) truth.blindness.push({ kind, from, to, by_ms });
      truth.ailments.push(drawBeside(from, to));
    }
    truth.windows.push(drawWindow(begin + (hours.pop() ?? 0) * HOUR_MS));
    for (const facts of COMPONENTS_OF_MONTH) truth.ailments.push(...drawAilments(facts, begin));
  }
  const isClear = (it: Ailment) =>
    truth.windows.every(
      ({ components, from, to }) =>
        !components.includes(it.component) || it.to < from || it.from > to + HOUR_MS,
    );
  const ailments = truth.ailments.filter((it) => isClear(it) && !without.includes(it.kind));
  return { ...truth, ailments };

  function drawAilments({ component, checks }: ComponentFacts, begin: number): Ailment[] {
    const one = (kind: Ailment['kind'], at: number, length_ms: number, share = 1): Ailment => {
      const check = random() < 0.3 ? checks[between(0, checks.length)]?.check : null;
      return { component, check: check ?? null, kind, from: at, to: at + length_ms, share };
    };
    const at = () => begin + between(0, DAY_MS);
    const outages = Array.from({ length: between(1, 4) }, () =>
      one('down', at(), between(20_000, 40 * MINUTE_MS)),
    );
    const flapping = at();
    const flaps = Array.from({ length: between(3, 9) }, (_, i) =>
      one('down', flapping + i * 3 * MINUTE_MS, between(20_000, 170_000)),
    );
    return [
      ...outages,
      ...flaps,
      one('slow', at(), between(2, 60) * MINUTE_MS),
      one('chance', at(), between(30, 200) * MINUTE_MS, 0.05 + 0.15 * random()),
      { component, check: null, kind: 'chance', from: begin, to: begin + DAY_MS, share: 0.001 },
    ];
  }

  /** Down as we were blind: begun before or meanwhile, over meanwhile or after. */
  function drawBeside(from: number, to: number): Ailment {
    const { component = '', checks = [] } = COMPONENTS_OF_MONTH[between(0, 4)] ?? {};
    const check = random() < 0.3 ? checks[between(0, checks.length)]?.check : null;
    const begun = between(from - 5 * MINUTE_MS, to);
    const length_ms = between(20_000, 12 * MINUTE_MS);
    return {
      component,
      check: check ?? null,
      kind: 'down',
      from: begun,
      to: begun + length_ms,
      share: 1,
    };
  }

  function drawWindow(from: number): AnnouncedWindow {
    const until = from + between(10, 50) * MINUTE_MS;
    return {
      components: [COMPONENTS_OF_MONTH[between(0, COMPONENTS_OF_MONTH.length)]?.component ?? ''],
      announced_at: from - (random() < 0.5 ? 25 : 2) * HOUR_MS,
      from,
      until,
      to: random() < 0.5 ? until - 5 * MINUTE_MS : until + between(0, 10) * MINUTE_MS,
    };
  }
}

/** Hours of a day, far enough apart for what happens in each. */
function drawHours(random: () => number): number[] {
  const hours = Array.from({ length: 23 }, (_, hour) => hour + 1);
  return hours
    .map((hour) => ({ hour, drawn: random() }))
    .toSorted((a, b) => a.drawn - b.drawn)
    .map(({ hour }) => hour);
}

import type { Result } from '../../model/result.ts';
import { result } from '../model/builders.ts';
import { createRandom } from '../random.ts';
import type { Found } from './oracle/facts.ts';
import { SLOW_MS } from './site.ts';
import type { Ailment, Truth } from './truth.ts';

/** What a run at an instant finds, and how long it takes. */
export interface Answer {
  found: Found;
  duration_ms: number;
  /** How long it is held for its proof. */
  held_ms: number;
}

/** How the systems answer in truth; `ours`: our own side is at fault just then. */
export function createAnswers({ seed, ailments, blindness }: Truth) {
  const random = createRandom(seed + 1);
  const by_component = Map.groupBy(ailments, (it) => it.component);
  return (component: string, check: string, at: number): Answer => {
    const its = (by_component.get(component) ?? []).filter(
      (it) => it.from <= at && at < it.to && (it.check === null || it.check === check),
    );
    const is_ours = blindness.some((it) => it.kind === 'ours' && it.from <= at && at < it.to);
    if (is_ours) return { found: 'nothing', duration_ms: 300, held_ms: 0 };
    if (its.some((it) => fails(it))) return bad();
    const is_slow = its.some(({ kind }) => kind === 'slow');
    return is_slow
      ? { found: 'slow', duration_ms: SLOW_MS + 100 + Math.floor(1_000 * random()), held_ms: 0 }
      : { found: 'good', duration_ms: 100 + Math.floor(400 * random()), held_ms: 0 };
  };

  function fails({ kind, share }: Ailment): boolean {
    return kind === 'down' || (kind === 'chance' && random() < share);
  }

  function bad(): Answer {
    const is_held = random() < 0.3;
    return {
      found: 'bad',
      duration_ms: 100 + Math.floor(4_000 * random()),
      held_ms: is_held ? Math.floor(9_000 * random()) : 0,
    };
  }
}

/** The same as a line hands it over. */
export function resultOfAnswer(
  check: string,
  slot_at: number,
  { found, duration_ms }: Answer,
): Result {
  const given = { check, started_at: slot_at, duration_ms };
  if (found === 'bad')
    return result(slot_at, {
      ...given,
      outcome: 'system',
      reason: 'http_status',
      detail: 'HTTP 503',
      http_status: 503,
    });
  return result(slot_at, {
    ...given,
    ...(found === 'nothing' && { outcome: 'throttled', reason: 'error_code' }),
  });
}

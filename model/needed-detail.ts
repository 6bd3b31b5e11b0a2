import type { WaitsFor } from './component.ts';
import type { Result } from './result.ts';
import { type ComponentId, isComponentId } from './vocabulary.ts';

/** What a result says, in its detail, of the function that it waits for. */
export function neededDetail(
  id: ComponentId,
  { outcome, reason }: Pick<Result, 'outcome' | 'reason'>,
): string {
  return reason === null ? `${id}: ${outcome}` : `${id}: ${outcome}, ${reason}`;
}

/** The function that a result waits for, where another check told of it, not a step of its own. */
export function waitedForIn({ outcome, detail }: Pick<Result, 'outcome' | 'detail'>): WaitsFor {
  if (outcome !== 'prerequisite' || detail === null) return {};
  const [id = ''] = detail.split(': ', 1);
  return isComponentId(id) ? { waits_for: id } : {};
}

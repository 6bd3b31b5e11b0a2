import { type ComponentStatus, isAnsweredOnly, isQuiet } from './component.ts';
import type { InvoiceFunction } from './vocabulary.ts';

/**
 * What is known of what is well, the least first: that something answers; that a function worked
 * when somebody used it last; that the page of an entry is the right one; the same of a tax
 * bureau's site for filing; that a function works.
 */
export const WELLS = ['answered', 'quiet', 'reachable', 'tax_entry', 'normal'] as const;
export type Well = (typeof WELLS)[number];

interface KnownWell extends Pick<ComponentStatus, 'state' | 'notes'> {
  function: InvoiceFunction;
  is_tax_entry: boolean;
}

export function wellOf(component: KnownWell): Well {
  if (isAnsweredOnly(component)) return 'answered';
  if (isQuiet(component)) return 'quiet';
  if (component.function !== 'reach') return 'normal';
  return component.is_tax_entry ? 'tax_entry' : 'reachable';
}

/** Of several together: where nothing but entries is reached, no more than of any of them. */
export function wellOfAll(components: readonly KnownWell[]): Well {
  const known = components.map(wellOf);
  if (known.includes('normal')) return 'normal';
  return WELLS.find((well) => known.includes(well)) ?? 'normal';
}

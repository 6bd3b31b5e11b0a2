import type { Transition } from '../../model/component.ts';
import { spansOf } from '../../model/ledger.ts';
import { DEFAULT_NOTICE_MS } from '../../model/maintenance/plan.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';

/** A window of one component, as it was covered. */
export interface ReplayedWindow {
  component: ComponentId;
  from: EpochMs;
  to: EpochMs;
}

interface RecordedStates {
  transitions: readonly Transition[];
  components: readonly ComponentId[];
  from: EpochMs;
  to: EpochMs;
}

/**
 * The windows that the ledger knows: what a person announces, ends and changes is no matter of the
 * judge, so it is not derived again.
 */
export function windowsOf({ components, ...asked }: RecordedStates): ReplayedWindow[] {
  return components.flatMap((component) => {
    const windows: ReplayedWindow[] = [];
    for (const { state, from, to } of spansOf({ ...asked, component })) {
      if (state !== 'under_maintenance') continue;
      const last = windows.at(-1);
      // It was measured to be otherwise from there on.
      if (last?.to === from) last.to = to;
      else windows.push({ component, from, to });
    }
    return windows;
  });
}

/** A maintenance that covers the component from then on. */
export function coverOf({ component, from, to }: ReplayedWindow): Maintenance {
  const text = { 'zh-CN': '', en: '' };
  return {
    id: `${component}@${from}`,
    status: 'in_progress',
    components: [component],
    texts: { title: text, description: text, stays_open: null, workaround: null },
    announced_from: from,
    announced_until: to,
    expected_recovery_at: to,
    actual_from: from,
    actual_until: null,
    plans_before: [],
    notice_ms: DEFAULT_NOTICE_MS,
    published_at: from,
    revision: 1,
    reminded: [],
    created_at: from,
    updated_at: from,
  };
}

import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';

/** Caches the last value while the key is the same. Failures are not cached. */
export function memoizeLast<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  let last: { key: string; value: T } | null = null;
  return async (key, make) => {
    if (last?.key !== key) last = { key, value: await make() };
    return last.value;
  };
}

/** Caches a value per component while `until` is the same. */
export function memoizePerComponent<T>(): (
  component: ComponentId,
  until: EpochMs,
  make: () => T,
) => T {
  const cached = new Map<ComponentId, { until: EpochMs; value: T }>();
  return (component, until, make) => {
    const last = cached.get(component);
    if (last?.until === until) return last.value;
    const value = make();
    cached.set(component, { until, value });
    return value;
  };
}

import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';

/** Keeps the last value made, for as long as the key stays the same. A failure is not kept. */
export function remember<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  let last: { key: string; value: T } | null = null;
  return async (key, make) => {
    if (last?.key !== key) last = { key, value: await make() };
    return last.value;
  };
}

/** The same for each component: a value holds as long as it is known until the same instant. */
export function rememberEach<T>(): (component: ComponentId, until: EpochMs, make: () => T) => T {
  const kept = new Map<ComponentId, { until: EpochMs; value: T }>();
  return (component, until, make) => {
    const last = kept.get(component);
    if (last?.until === until) return last.value;
    const value = make();
    kept.set(component, { until, value });
    return value;
  };
}

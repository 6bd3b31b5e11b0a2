import type { ComponentId } from '../../model/vocabulary.ts';

/** Caches the last value while the key is the same. Failures are not cached. */
export function memoizeLast<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  let last: { key: string; value: T } | null = null;
  return async (key, make) => {
    if (last?.key !== key) last = { key, value: await make() };
    return last.value;
  };
}

/** Caches a value per component while the key is the same. */
export function memoizePerComponent<T>(): (
  component: ComponentId,
  key: string | number,
  make: () => T,
) => T {
  const cached = new Map<ComponentId, { key: string | number; value: T }>();
  return (component, key, make) => {
    const last = cached.get(component);
    if (last?.key === key) return last.value;
    const value = make();
    cached.set(component, { key, value });
    return value;
  };
}

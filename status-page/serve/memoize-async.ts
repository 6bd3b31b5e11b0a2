/** The cached value of the key, computed on first use. Failures are not cached. */
export function memoizeAsync<Key, Value>(
  cached: Map<Key, Promise<Value>>,
  key: Key,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = cached.get(key);
  if (known !== undefined) return known;
  const making = make();
  cached.set(key, making);
  making.catch(() => cached.delete(key));
  return making;
}

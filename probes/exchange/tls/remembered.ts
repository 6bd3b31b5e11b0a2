/** Values kept for a while to save work; what is wanted again is made anew once it has gone. */
export interface Remembered<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): T;
  delete(key: string): void;
}

/** Keeps so many values, those set last. */
export function remember<T>(most: number): Remembered<T> {
  const values = new Map<string, T>();
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      const [oldest] = values.keys();
      if (values.size > most && oldest !== undefined) values.delete(oldest);
      return value;
    },
    delete: (key) => void values.delete(key),
  };
}

import type { ComponentId } from './vocabulary.ts';

export type Dependencies = Readonly<Record<ComponentId, readonly ComponentId[]>>;

/** The components and all that they depend on, directly or not, each once. */
export function withDependencies(
  components: readonly ComponentId[],
  depends_on: Dependencies,
): ComponentId[] {
  const found = new Set(components);
  // A set goes on with what is added while it is read.
  for (const component of found)
    for (const needed of depends_on[component] ?? []) found.add(needed);
  return [...found];
}

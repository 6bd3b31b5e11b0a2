import type { Words } from '../../../messages/index.ts';
import type { StatusOverview } from '../../../model/overview.ts';

/**
 * The names of groups and components by id. No two are equal, because programs tell them apart
 * by their names: a component has that of its group before its own, and whatever is still called
 * alike has its id beside it.
 */
export function uniqueNames(
  { systems }: Pick<StatusOverview, 'systems'>,
  words: Words,
): ReadonlyMap<string, string> {
  const named = systems.flatMap((system): [id: string, name: string][] => {
    const group = words.name(system.name);
    const members = system.components.map((it): [string, string] => [
      it.id,
      `${group} · ${words.text(`function.${it.function}`)}`,
    ]);
    return [[system.id, group], ...members];
  });
  const alike = Map.groupBy(named, ([, name]) => name);
  return new Map(
    named.map(([id, text]) => {
      const is_unique = alike.get(text)?.length === 1;
      return [id, is_unique ? text : words.text('text.with_aside', { text, aside: id })];
    }),
  );
}

import type { TakenMessage } from './witness.ts';

/**
 * What is wrong with what a receiver was told of each alert, in order: an end is the last, a change
 * follows a beginning, and nothing is told twice but as the same message.
 */
export function brokenStories(messages: readonly TakenMessage[]): string[] {
  return [...Map.groupBy(messages, ({ alert }) => alert.id)].flatMap(([alert, all]) => {
    const told = all.filter(({ id }, i) => all.findIndex((it) => it.id === id) === i);
    const types = told.map(({ type }) => type);
    const ends = types.indexOf('alert.resolved');
    const beginnings = types.filter((type) => type === 'alert.opened');
    const is_broken =
      types[0] === 'alert.changed' ||
      beginnings.length > 1 ||
      types.lastIndexOf('alert.opened') > 0 ||
      (ends !== -1 && ends < types.length - 1);
    return is_broken ? [`alert ${alert}: ${types.join(', ')}`] : [];
  });
}

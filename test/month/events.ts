/** What is to happen, in the order of its instants. */
export interface Events {
  add(at: number, happen: () => Promise<void>): void;
  /** Removes and returns the next; null: there is none. */
  next(): { at: number; happen: () => Promise<void> } | null;
}

export function createEvents(): Events {
  const waiting: { at: number; happen: () => Promise<void> }[] = [];
  return {
    add(at, happen) {
      // Of the same instant the earlier added comes first: the list is kept backwards.
      const index = waiting.findLastIndex((it) => it.at > at);
      waiting.splice(index + 1, 0, { at, happen });
    },
    // The first is the last of the list, so that nothing is moved.
    next: () => waiting.pop() ?? null,
  };
}

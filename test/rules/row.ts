/** What one sentence of docs/judging.md means for one worked example. */
export interface Row {
  /** Of the sentence, e.g. `CHECK-1`. */
  id: string;
  says: string;
  /** Fails when the rules do otherwise. */
  shows: () => void | Promise<void>;
}

/** The rows of one sentence. */
export function rowsOf(id: string, rows: Record<string, () => void | Promise<void>>): Row[] {
  return Object.entries(rows).map(([says, shows]) => ({ id, says, shows }));
}

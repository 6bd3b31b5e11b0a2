/** A small change of one file that makes it wrong. */
export interface Fault {
  path: string;
  /** From 1. */
  line: number;
  /** Which operator made it. */
  operator: string;
  /** Offsets of what is replaced, and what stands there instead. */
  start: number;
  end: number;
  to: string;
  /** The line before and after, for whoever reads the report. */
  before: string;
  after: string;
}

/** The file with the fault in it. */
export function planted(text: string, { start, end, to }: Pick<Fault, 'start' | 'end' | 'to'>) {
  return text.slice(0, start) + to + text.slice(end);
}

/** In words for a report: where, what stood there, and what stands there now. */
export function describeFault({ path, line, operator, before, after }: Fault): string {
  return `${path}:${line} (${operator})\n      ${before}\n    → ${after}`;
}

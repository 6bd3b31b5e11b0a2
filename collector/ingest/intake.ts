import type { InvoiceEvent } from '../../model/event.ts';
import type { Clock } from '../../model/ports.ts';
import { type LineContext, type LineProblem, readLine } from './lines.ts';

/** A line of a body, counted from 1. */
export interface NumberedLine {
  line: number;
  text: string;
}

/** Result of a line: a duplicate is ignored. */
export type LineAnswer =
  | { line: number; status: 'accepted' | 'duplicate' }
  | { line: number; status: 'refused'; errors: LineProblem[] };

/** Records events from lines of all senders, as many as may wait at once. */
export interface Intake {
  /** Resolves after the commit; null: too many wait, and nothing was recorded. */
  take(lines: readonly NumberedLine[]): Promise<LineAnswer[] | null>;
}

export interface IntakeParts extends Omit<LineContext, 'now'> {
  /** Records events that came together; resolves to whether each is new. */
  recordEvents: (events: readonly InvoiceEvent[]) => Promise<boolean[]>;
  /** Which of these ids were recorded before. */
  knownEvents: (ids: readonly string[]) => Promise<string[]>;
  clock: Clock;
  /** Limit of waiting lines of all senders. */
  queue_lines: number;
}

interface RefusedLine {
  line: number;
  id: string | null;
  errors: LineProblem[];
}

export function createIntake(parts: IntakeParts): Intake {
  const { installation, systems, recordEvents, knownEvents, clock, queue_lines } = parts;
  let waiting = 0;

  return {
    async take(lines) {
      if (waiting + lines.length > queue_lines) return null;
      waiting += lines.length;
      try {
        return await record(lines);
      } finally {
        waiting -= lines.length;
      }
    },
  };

  async function record(lines: readonly NumberedLine[]): Promise<LineAnswer[]> {
    const context: LineContext = { installation, systems, now: clock.now() };
    const answers: LineAnswer[] = [];
    const sound: { line: number; event: InvoiceEvent }[] = [];
    const unsound: RefusedLine[] = [];
    for (const { text, line } of lines) {
      const read = readLine(text, context);
      if ('event' in read) sound.push({ line, event: read.event });
      else unsound.push({ line, id: read.id, errors: read.problems });
    }
    answers.push(...(await answersTo(unsound)));
    const fresh = sound.length === 0 ? [] : await recordEvents(sound.map(({ event }) => event));
    for (const [index, { line }] of sound.entries())
      answers.push({ line, status: fresh[index] ? 'accepted' : 'duplicate' });
    return answers.sort((a, b) => a.line - b.line);
  }

  /** What was taken before stays so: it may be too old by now, or the configuration another. */
  async function answersTo(unsound: readonly RefusedLine[]): Promise<LineAnswer[]> {
    const ids = unsound.flatMap(({ id }) => id ?? []);
    const known = new Set(ids.length === 0 ? [] : await knownEvents(ids));
    return unsound.map(({ line, id, errors }) =>
      id !== null && known.has(id)
        ? { line, status: 'duplicate' }
        : { line, status: 'refused', errors },
    );
  }
}

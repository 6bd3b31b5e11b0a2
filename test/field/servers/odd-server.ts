import type { Socket } from 'node:net';
import type { Outcome, Reason, ResultNote } from '../../../model/vocabulary.ts';
import type { Stage } from './stage.ts';

/** The title that the pages of the table have, and that checks expect unless an entry says more. */
export const TITLE = '全国增值税发票查验平台';

/** Options of `reach`. */
export interface Expectations {
  status?: number;
  title?: string;
  text?: string;
  absent?: string;
  min_text?: number;
}

export const expectationsOf = ({ options = { title: TITLE } }: OddServer): Expectations => options;

/** Bytes to every request, after which the connection ends; or what to do with the connection. */
export type Reply = Buffer | ((request: string, socket: Socket) => Buffer | null);

/**
 * One odd server: what it does, what our check expects of it, and what must come of it. It serves
 * plain HTTP on one port, or starts as it likes and says which address to visit.
 */
export type OddServer = Oddity & ({ serves: Reply } | { starts(stage: Stage): Promise<string> });

interface Oddity {
  id: string;
  /** Case ids of test/cases.md. */
  cases?: string;
  /** Continues "a server that …". */
  about: string;
  /** Options of the check; unless given, the title must be TITLE. */
  options?: Expectations;
  /**
   * What we say of it where the browser alone does not decide, or where it must be exact;
   * `not_well`: anything but `ok` and `self`. Without it: `ok` if the browser reads the page (2xx,
   * title as expected), else not well.
   */
  judged?: { outcome: Outcome | 'not_well'; reason?: Reason; because: string };
  /** Notes that the result must carry; it carries no others. */
  notes?: readonly ResultNote[];
  deadline_ms?: number;
  /** Why it cannot be tried behind a proxy. */
  direct_only?: string;
}

/** By what a test of a server is called: its cases and its id. */
export const named = ({ cases, id }: OddServer): string =>
  cases === undefined ? id : `${cases}, ${id}`;

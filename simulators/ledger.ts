import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { EpochMs } from '../model/vocabulary.ts';
import { replaceFile } from '../platform/files.ts';
import type { Drill, SimulatedInvoice } from '../probes/simulator.ts';

/** Persistent state of the simulated systems, one JSON line per event. */
type Entry =
  | { type: 'accepted'; acceptance: SimulatedInvoice }
  | { type: 'drill'; drill: Drill }
  | { type: 'drill_ended'; id: string; at: EpochMs };

/**
 * Accepted invoices and drills, written before they are acknowledged, so that a kill loses nothing.
 */
export interface Ledger {
  acceptanceOf(order_sn: string): SimulatedInvoice | null;
  acceptedInvoice(number: string): SimulatedInvoice | null;
  accept(acceptance: SimulatedInvoice): void;
  /** Includes past drills; `until` reflects an early end. */
  drills(): Drill[];
  addDrill(drill: Drill): void;
  endDrill(id: string, at: EpochMs): void;
  close(): void;
}

/**
 * Opens or creates the ledger at `path`. A truncated last line is ignored; events older than
 * `keep_from` are omitted from the file, which every start rewrites.
 */
export function openLedger(path: string, keep_from: EpochMs): Ledger {
  const by_order = new Map<string, SimulatedInvoice>();
  const by_number = new Map<string, SimulatedInvoice>();
  const drills = new Map<string, Drill>();

  mkdirSync(dirname(path), { recursive: true });
  for (const entry of readEntries(path)) apply(entry);
  deleteBefore(keep_from);
  const file = rewriteFile(path, entries());

  function apply(entry: Entry): void {
    if (entry.type === 'accepted') {
      by_order.set(entry.acceptance.order_sn, entry.acceptance);
      by_number.set(entry.acceptance.number, entry.acceptance);
    } else if (entry.type === 'drill') {
      drills.set(entry.drill.id, entry.drill);
    } else {
      const drill = drills.get(entry.id);
      if (drill) drills.set(drill.id, { ...drill, until: Math.min(drill.until, entry.at) });
    }
  }

  function deleteBefore(at: EpochMs): void {
    for (const { order_sn, number, accepted_at } of [...by_order.values()]) {
      if (accepted_at >= at) continue;
      by_order.delete(order_sn);
      by_number.delete(number);
    }
    for (const { id, until } of [...drills.values()]) if (until < at) drills.delete(id);
  }

  function entries(): Entry[] {
    return [
      ...[...by_order.values()].map((acceptance) => ({ type: 'accepted', acceptance }) as const),
      ...[...drills.values()].map((drill) => ({ type: 'drill', drill }) as const),
    ];
  }

  function append(entry: Entry): void {
    file.append(`${JSON.stringify(entry)}\n`);
    apply(entry);
  }

  return {
    acceptanceOf: (order_sn) => by_order.get(order_sn) ?? null,
    acceptedInvoice: (number) => by_number.get(number) ?? null,
    accept: (acceptance) => append({ type: 'accepted', acceptance }),
    drills: () => [...drills.values()],
    addDrill: (drill) => append({ type: 'drill', drill }),
    endDrill: (id, at) => append({ type: 'drill_ended', id, at }),
    close: file.close,
  };
}

/** A truncated last line is not valid JSON; invalid lines are ignored. */
function readEntries(path: string): Entry[] {
  return readIfExists(path)
    .split('\n')
    .map(parseEntry)
    .filter((entry) => entry !== null);
}

function readIfExists(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function parseEntry(line: string): Entry | null {
  try {
    const entry = JSON.parse(line) as Entry | null;
    return entry !== null && typeof entry === 'object' && 'type' in entry ? entry : null;
  } catch {
    return null;
  }
}

/** Rewrites the file atomically and opens it for appending. */
function rewriteFile(path: string, entries: Entry[]) {
  const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  replaceFile(path, text);
  const fd = openSync(path, 'a');
  let length = Buffer.byteLength(text);
  return {
    /** On return the line is written to the operating system. A partial line is truncated. */
    append(line: string): void {
      try {
        appendFileSync(fd, line);
      } catch (error) {
        ftruncateSync(fd, length);
        throw error;
      }
      length += Buffer.byteLength(line);
    },
    close: () => closeSync(fd),
  };
}

import type { SpecimenCopy } from '../../model/specimen.ts';
import type { LineBatch } from './batch.ts';
import type { HandedOver } from './handed-over.ts';
import type { LineData, LineLook, LineStart, LookRequest } from './line.ts';

/** `workerData` of the measuring thread. */
export interface LineThreadData extends LineData {
  start: LineStart;
  /** By the threads before this one; null for the first. */
  handed_over: HandedOver | null;
}

/** Messages to the measuring thread. */
export type ToLine =
  | { kind: 'look'; id: number; request: LookRequest }
  | { kind: 'know'; check: string; copies: readonly SpecimenCopy[] }
  | { kind: 'confirmations'; check: string; confirmations: number }
  | { kind: 'stop'; limit_ms: number };

/** Messages from it. `ready` comes once, `alive` every second, `stopped` last. */
export type FromLine =
  | { kind: 'ready' | 'alive' | 'stopped' }
  | { kind: 'batch'; batch: LineBatch }
  | { kind: 'looked'; id: number; look: LineLook };

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../model/ports.ts';
import { SECOND } from '../model/time.ts';
import type { HeldRequest } from './in-flight.ts';

/** Longer than that no body of ours takes on a line that works. */
const BODY_MS = SECOND;
/** A reader who takes nothing for so long does not read, or slowly what was written as one. */
const READING_MS = 2 * SECOND;

/** A request that may wait for its client alone: for its body, or to read what was computed. */
export function createHeldRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { monotonic }: Pick<Clock, 'monotonic'>,
): HeldRequest {
  const { socket } = incoming;
  const entered_at = monotonic();
  let taken = { bytes: socket.bytesWritten, at: entered_at };
  return {
    waitsForClient() {
      const now = monotonic();
      if (!incoming.complete) return now - entered_at >= BODY_MS;
      const bytes = socket.bytesWritten;
      if (bytes !== taken.bytes) taken = { bytes, at: now };
      return outgoing.writableLength > 0 && now - taken.at >= READING_MS;
    },
    cutOff: () => socket.destroy(),
  };
}

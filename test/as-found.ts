import { beforeEach, vi } from 'vitest';

/**
 * Undoes what an earlier file of the same process may have left behind: servers of Hono replace
 * these classes for all, and a test that timed out may go on to set the time.
 */
const { Request, Response } = globalThis;
const process_wide = globalThis as { found?: { Request: unknown; Response: unknown } };
process_wide.found ??= { Request, Response };
for (const [name, value] of Object.entries(process_wide.found))
  Object.defineProperty(globalThis, name, { value });

beforeEach(() => {
  vi.useRealTimers();
});

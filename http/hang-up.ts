/**
 * Whether reading a request failed because its client hung up, or was cut off for being slow:
 * nobody is there to be answered, and nothing of ours has failed.
 */
export function isHangUp(error: unknown): boolean {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return code === 'ECONNRESET' && message === 'aborted';
}

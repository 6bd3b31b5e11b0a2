/** Error name and location only: the message may contain data that must not be stored. */
export function errorLocation(error: unknown): string {
  if (!(error instanceof Error)) return 'a thrown value that is no error';
  const place = error.stack?.match(/\/((?:probes|model)\/[\w./-]+:\d+)/)?.[1] ?? 'unknown place';
  return `${error.name} at ${place}`;
}

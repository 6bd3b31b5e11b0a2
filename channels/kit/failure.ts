/** As Node, its TLS and libraries name causes: words that no address, link or text is in. */
const CODE = /^[A-Z][A-Z0-9_]{1,50}$/;
const NAME = /^[A-Za-z]{1,50}$/;

/**
 * The cause of an exception as the code that it has, else its type. Its message is the words of
 * others, who may quote a host, an address or a whole link.
 */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'no answer in time';
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && CODE.test(code)) return code;
  return NAME.test(error.name) ? error.name : 'Error';
}

/** An error as the log has it. */
export interface LoggedError {
  type: string;
  code?: string;
  message: string;
  /** Places in the code, without the message. */
  stack: string;
  cause?: LoggedError;
}

const LONGEST_MESSAGE = 500;
const MOST_CAUSES = 3;

/** What people confide to us, as it may stand in the words of a library. */
const CONFIDED: readonly (readonly [RegExp, string])[] = [
  [/\bhttps?:\/\/[^\s"'<>]+/gi, '[address]'],
  [/\b(?:confirm|manage|unsubscribe|acknowledge)\.[\w-]+\.[\w.%-]*/g, '[link]'],
  [/\b(?:piaokuang_admin_|whsec_)[\w+/=-]*/g, '[secret]'],
  [/[^\s"'<>@]{1,64}@[\w.-]{1,253}/g, '[mailbox]'],
  [/\b\d{20}\b/g, '[number]'],
  [/[\p{Cc}\u2028\u2029]+/gu, ' '],
];

/**
 * An error without what its library may have put into it: only type, code, message and places, no
 * other fields. The network's own words (`getaddrinfo ENOTFOUND hooks.example.com`) are replaced by
 * the call and the code, and what is confided to us is left out of all others.
 */
export function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: told(String(error)), stack: '' };
  }
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  const has_code = typeof code === 'string';
  const is_network = has_code && path === undefined && (syscall !== undefined || isTls(code));
  return {
    type: error.name,
    ...(has_code && { code: told(code) }),
    message: is_network ? `${syscall ?? 'tls'} ${code}` : told(error.message),
    stack: placesOf(error),
    ...(error.cause instanceof Error &&
      depth < MOST_CAUSES && { cause: describeError(error.cause, depth + 1) }),
  };
}

function isTls(code: string): boolean {
  return /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code);
}

function told(text: string): string {
  const cut = text.slice(0, LONGEST_MESSAGE);
  return CONFIDED.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), cut);
}

function placesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .join('\n');
}

/** What ended an exchange, besides the errors of the kernel, getaddrinfo and OpenSSL. */
export type FaultCode =
  | 'ANSWER_MISSING'
  | 'ANSWER_INVALID'
  | 'ANSWER_UNREADABLE'
  | 'CODING_BROKEN'
  | 'CODING_UNKNOWN'
  | 'BROWSER_REFUSES'
  | 'CERTIFICATE_INVALID'
  | 'CERTIFICATE_INCOMPLETE'
  | 'CERTIFICATE_WANTED'
  | 'ADDRESS_NOT_PUBLIC'
  | 'FAMILY_MISSING'
  | 'NAME_ELSEWHERE'
  | 'PROXY_FAILED'
  | 'PROXY_NOT_CONNECTED';

/** An error with such a code; the message is evidence in our words, never text from the peer. */
export function fault(code: FaultCode, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code });
}

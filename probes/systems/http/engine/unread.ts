/** An answer that we do not read to its end: our limit, which says nothing of the other side. */
export class Unread extends Error {
  readonly reason: 'answer_too_large' | 'probe_error';

  constructor(reason: Unread['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

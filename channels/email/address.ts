const LONGEST = 254;
/** What HTML's input of type email takes: no name, no comment, no quotes, ASCII only. */
const LOCAL_PART = "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}";
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const MAILBOX = new RegExp(`^${LOCAL_PART}@${LABEL}(?:\\.${LABEL})*$`);

/** Whether the text is one mailbox and nothing else: it can go into a header as it is. */
export function isMailbox(text: string): boolean {
  return text.length <= LONGEST && MAILBOX.test(text);
}

export type MailboxProblem = 'missing' | 'line_break' | 'no_mailbox';

/**
 * A reader's mailbox: one address written in two ways is one subscriber, so the domain is in lower
 * case; only the part before the @ is left as it is.
 */
export function readMailbox(text: string): { address: string } | { problem: MailboxProblem } {
  if (text === '') return { problem: 'missing' };
  if (/\p{Cc}/u.test(text)) return { problem: 'line_break' };
  const at = text.lastIndexOf('@');
  const domain = text.slice(at).toLowerCase();
  // A mailbox without a dot in its domain is one inside somebody's network.
  if (!isMailbox(text) || !/.\../.test(domain)) return { problem: 'no_mailbox' };
  return { address: text.slice(0, at) + domain };
}

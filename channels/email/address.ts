const LONGEST = 254;
/**
 * As accepted by HTML's `<input type="email">`: no display name, no comments, no quotes, ASCII
 * only.
 */
const LOCAL_PART = "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}";
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const MAILBOX = new RegExp(`^${LOCAL_PART}@${LABEL}(?:\\.${LABEL})*$`);

/** Whether the text is a single mailbox, safe to use in a header. */
export function isMailbox(text: string): boolean {
  return text.length <= LONGEST && MAILBOX.test(text);
}

export type MailboxProblem = 'missing' | 'line_break' | 'no_mailbox';

/**
 * Parses a subscriber's mailbox. The domain is lower-cased, so that one address is one subscriber;
 * the local part is case-sensitive.
 */
export function readMailbox(text: string): { address: string } | { problem: MailboxProblem } {
  if (text === '') return { problem: 'missing' };
  if (/\p{Cc}/u.test(text)) return { problem: 'line_break' };
  const at = text.lastIndexOf('@');
  const domain = text.slice(at).toLowerCase();
  // A domain without a dot is not publicly resolvable.
  if (!isMailbox(text) || !/.\../.test(domain)) return { problem: 'no_mailbox' };
  return { address: text.slice(0, at) + domain };
}

/** Names of the provider that leaves out dots. */
const GMAIL = ['gmail.com', 'googlemail.com'];

/**
 * The mailbox that an address most probably leads to: without what follows a plus, in lower case,
 * and at Gmail without dots. Mails are sent to the address as it was given.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  const name = address
    .slice(0, at)
    .toLowerCase()
    .replace(/(?<=.)\+.*$/, '');
  return GMAIL.includes(domain) ? `${name.replaceAll('.', '')}@${GMAIL[0]}` : `${name}@${domain}`;
}

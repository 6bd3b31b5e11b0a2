const LONGEST = 254;
/** What HTML's input of type email takes: no name, no comment, no quotes, ASCII only. */
const MAILBOX =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** Whether the text is one mailbox and nothing else: it can go into a header as it is. */
export function isMailbox(text: string): boolean {
  return text.length <= LONGEST && MAILBOX.test(text);
}

import { z } from 'zod';
import { certificatesProblem } from '../../http/certificates.ts';
import type { SettingsContext } from '../kit/channel.ts';
import { secret } from '../kit/secret.ts';
import { isMailbox } from './address.ts';

/** A mailbox without a display name. */
export const mailbox = z
  .string()
  .refine(isMailbox, { error: 'expected a mailbox, such as status@example.org' });

const PORT = 'expected a whole number from 1 to 65535';

/** The SMTP server for outgoing mail. */
export const smtpSettings = (context: SettingsContext) =>
  z
    .strictObject({
      host: z
        .string()
        .regex(
          /^[A-Za-z0-9.:-]{1,253}$/,
          'expected a host name or an IP address, without scheme or port',
        ),
      port: z.int(PORT).min(1).max(65_535).default(587),
      /**
       * Implicit TLS; otherwise STARTTLS when the server offers it, and always before
       * authentication.
       */
      secure: z.boolean().default(false),
      user: z.string().min(1).max(200).optional(),
      /** Private authorities, or the server's own certificate, trusted besides public ones. */
      ca: certificates(context).optional(),
      password: secret('expected the password of the user', /^.{1,1000}$/, context).optional(),
    })
    .refine(({ user, password }) => (user === undefined) === (password === undefined), {
      error: 'expected both user and password, or neither',
    });

/** In PEM. Read like a secret, from a file by the notifier only. */
function certificates({ secrets }: SettingsContext) {
  return secrets
    ? z.string('expected the certificates, or {file: PATH}').superRefine((text, { addIssue }) => {
        const problem = certificatesProblem(text);
        if (problem !== null) addIssue(problem);
      })
    : z.unknown().transform(() => null);
}

export type SmtpSettings = z.infer<ReturnType<typeof smtpSettings>>;

/** `from`: the sender address; its display name is the page's title. */
export const emailSettings = (context: SettingsContext) =>
  z
    .object({ from: mailbox.optional(), smtp: smtpSettings(context).optional() })
    .refine(({ from, smtp }) => from !== undefined || smtp === undefined, {
      path: ['from'],
      error: 'expected the mailbox that mails come from',
    });
export type EmailSettings = z.infer<ReturnType<typeof emailSettings>>;

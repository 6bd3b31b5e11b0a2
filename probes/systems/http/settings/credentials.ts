import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';

const secret = z.string('expected {env: NAME} or {file: PATH}').min(1).max(20_000);

const privateKey = secret.refine(isPrivateKey, 'expected a private key, PEM, without a password');

function isPrivateKey(text: string): boolean {
  try {
    createPrivateKey(text);
    return true;
  } catch {
    return false;
  }
}

/** How a step says who we are. */
export const auth = z
  .strictObject({
    basic: z.strictObject({ user: z.string(), password: secret }).optional(),
    bearer: z.strictObject({ token: secret }).optional(),
    /** Client credentials of OAuth 2.0 (RFC 6749, 4.4). */
    oauth: z
      .strictObject({
        token_path: z
          .string()
          .startsWith('/', 'must start with /')
          .refine((it) => !/\$\{/.test(it), 'is sent as it stands: no value is put into it'),
        client_id: z.string().min(1),
        client_secret: secret,
        scope: z.string().optional(),
        /** In the header (RFC 6749, 2.3.1), or in the form beside the grant. */
        credentials: z.enum(['header', 'form']).default('header'),
      })
      .optional(),
  })
  .refine((it) => Object.values(it).filter((way) => way !== undefined).length === 1, {
    error: 'expected one of basic, bearer and oauth',
  });
export type Auth = z.infer<typeof auth>;

/** A client certificate (mTLS). */
export const clientCertificate = z.strictObject({
  certificate: z.string().regex(/-----BEGIN CERTIFICATE-----/, 'expected a certificate, PEM'),
  key: privateKey,
});

const DIGESTS = ['md5', 'sha1', 'sha256'] as const;
const HMACS = ['hmac-md5', 'hmac-sha1', 'hmac-sha256'] as const;
const RSAS = ['rsa-sha1', 'rsa-sha256'] as const;

/** A recipe of signatures: over which text, by what, and where the signature goes. */
export const sign = z
  .strictObject({
    method: z.enum([...DIGESTS, ...HMACS, ...RSAS]),
    secret: secret.optional(),
    key: privateKey.optional(),
    /** A template, with `sorted`, `body`, `secret`, `path` and `http_method` besides. */
    text: z.string().min(1).max(2_000),
    /** How `sorted` is made of the parameters, by name in ascending order. */
    sorted: z
      .strictObject({
        of: z.enum(['query', 'form', 'json']).optional(),
        between: z.string().max(10).default(''),
        pairs: z.string().max(10).default(''),
        skip_empty: z.boolean().default(false),
      })
      .prefault({}),
    encoding: z.enum(['hex', 'upper_hex', 'base64']).default('hex'),
    into: z.union(
      [
        z.strictObject({ header: z.string() }),
        z.strictObject({ query: z.string() }),
        z.strictObject({ field: z.string() }),
      ],
      { error: 'expected {header: NAME}, {query: NAME} or {field: NAME}' },
    ),
  })
  .superRefine((it, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const is_rsa = it.method.startsWith('rsa');
    if (is_rsa && it.key === undefined) say('key', `${it.method} signs by a key`);
    if (!is_rsa && it.secret === undefined) {
      say('secret', `${it.method} is no signature without a secret`);
    }
    const is_digest = !is_rsa && !it.method.startsWith('hmac');
    if (is_digest && !/\$\{\s*secret\s*[|}]/.test(it.text)) {
      say('text', `must contain \${secret}: ${it.method} is no signature without it`);
    }
    if ('field' in it.into && /\$\{\s*body\s*[|}]/.test(it.text)) {
      say('text', `contains \${body}, of which the signature is to be a field`);
    }
  });
export type Sign = z.infer<typeof sign>;
/** Values of the text of a signature, besides those of its step. */
export const SIGNED_NAMES = ['sorted', 'body', 'secret', 'path', 'http_method'] as const;

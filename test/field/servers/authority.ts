import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  bits,
  der,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  text,
  time,
  yes,
} from './der.ts';

/** A certificate, its key, and who it names. */
export interface Issued {
  name: Buffer;
  key: KeyObject;
  /** DER. */
  cert: Buffer;
}

export interface CertificateWish {
  /** Common name; none without it. */
  name?: string;
  key?: KeyObject;
  /** Names and addresses; none: no such extension. `dns:` before an address makes it a name. */
  names?: readonly string[];
  not_before?: Date;
  not_after?: Date;
  digest?: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';
  /** May it sign others; with how many below it. */
  authority?: boolean;
  path_length?: number;
  /** Where the certificate of its issuer is (RFC 5280, 4.2.2.1). */
  issuer_at?: string;
  /** Object identifiers of extended key usage. */
  usage?: string;
  /** Bits of key usage: 0x80 signatures, 0x20 exchange of keys. */
  key_usage?: number;
  /** Names that it may sign, of DNS. */
  only_below?: string;
}

const ALGORITHMS = {
  rsa: {
    md5: '1.2.840.113549.1.1.4',
    sha1: '1.2.840.113549.1.1.5',
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
    sha512: '1.2.840.113549.1.1.13',
  },
  ec: {
    md5: '',
    sha1: '1.2.840.10045.4.1',
    sha256: '1.2.840.10045.4.3.2',
    sha384: '1.2.840.10045.4.3.3',
    sha512: '1.2.840.10045.4.3.4',
  },
} as const;

export const rsaKey = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
export const ecKey = (curve = 'P-256') =>
  generateKeyPairSync('ec', { namedCurve: curve }).privateKey;
export const ed25519Key = () => generateKeyPairSync('ed25519').privateKey;

let serial = 0x1000;

/** A certificate (RFC 5280) by an issuer; self-signed without one. */
export function issue(wish: CertificateWish, issuer: Issued | null = null): Issued {
  const key = wish.key ?? ecKey();
  const name = nameOf(wish.name ?? 'Piaokuang TEST');
  const by = issuer ?? { name, key };
  const algorithm = signatureAlgorithm(by.key, wish.digest ?? 'sha256');
  serial += 1;
  const body = sequence(
    der(0xa0, integer(2)),
    integer(serial),
    algorithm,
    by.name,
    sequence(
      time(wish.not_before ?? new Date('2020-01-01T00:00:00Z')),
      time(wish.not_after ?? new Date('2049-06-30T00:00:00Z')),
    ),
    name,
    publicPart(key),
    der(0xa3, sequence(...extensionsOf(wish))),
  );
  const digest = by.key.asymmetricKeyType === 'ed25519' ? null : (wish.digest ?? 'sha256');
  return { name, key, cert: sequence(body, algorithm, bits(sign(digest, body, by.key))) };
}

function signatureAlgorithm(key: KeyObject, digest: keyof (typeof ALGORITHMS)['rsa']): Buffer {
  if (key.asymmetricKeyType === 'ed25519') return sequence(oid('1.3.101.112'));
  const kind = key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec';
  const id = oid(ALGORITHMS[kind][digest]);
  return kind === 'rsa' ? sequence(id, nothing) : sequence(id);
}

function extensionsOf(wish: CertificateWish): Buffer[] {
  const { names, authority, path_length, issuer_at, usage, key_usage, only_below } = wish;
  const limits = [
    ...(authority ? [yes] : []),
    ...(path_length === undefined ? [] : [der(0x02, Buffer.from([path_length]))]),
  ];
  return [
    extension('2.5.29.19', sequence(...limits), true),
    ...(authority ? [extension('2.5.29.15', der(0x03, Buffer.from([1, 0x06])), true)] : []),
    ...(key_usage === undefined
      ? []
      : [extension('2.5.29.15', der(0x03, Buffer.from([5, key_usage])), true)]),
    ...(names === undefined ? [] : [extension('2.5.29.17', sequence(...names.map(alternative)))]),
    ...(usage === undefined ? [] : [extension('2.5.29.37', sequence(oid(usage)))]),
    ...(issuer_at === undefined ? [] : [extension('1.3.6.1.5.5.7.1.1', issuerAt(issuer_at))]),
    ...(only_below === undefined
      ? []
      : [
          extension(
            '2.5.29.30',
            sequence(der(0xa0, sequence(der(0x82, Buffer.from(only_below))))),
            true,
          ),
        ]),
  ];
}

function extension(id: string, content: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [yes] : []), octets(content));
}

function issuerAt(url: string): Buffer {
  return sequence(sequence(oid('1.3.6.1.5.5.7.48.2'), der(0x86, Buffer.from(url))));
}

function alternative(name: string): Buffer {
  if (name.startsWith('dns:')) return der(0x82, Buffer.from(name.slice(4)));
  if (name === '::1') return der(0x87, Buffer.from([...Array(15).fill(0), 1]));
  if (/^[\d.]+$/.test(name)) return der(0x87, Buffer.from(name.split('.').map(Number)));
  return der(0x82, Buffer.from(name));
}

function publicPart(key: KeyObject): Buffer {
  const pem = key.export({ type: 'pkcs8', format: 'pem' });
  return createPublicKey(pem).export({ type: 'spki', format: 'der' });
}

const nameOf = (name: string) => sequence(setOf(sequence(oid('2.5.4.3'), text(name))));

export function pem(...certs: readonly Issued[]): string {
  return certs
    .map(({ cert }) => {
      const base64 = cert.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
      return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
    })
    .join('');
}

export const keyPem = ({ key }: Issued) => key.export({ type: 'pkcs8', format: 'pem' }) as string;

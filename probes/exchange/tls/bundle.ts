import { X509Certificate } from 'node:crypto';

/**
 * The certificates in a file of an authority: one in DER, some in PEM, or a PKCS #7 bundle
 * (RFC 5280, 4.2.2.1); empty when it is none of these.
 */
export function certificatesIn(file: Buffer): X509Certificate[] {
  const text = file.toString('latin1');
  const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  const ders = pems ?? [file, ...bundled(file)];
  return ders.slice(0, MOST).flatMap(parsed);
}

const MOST = 20;

function parsed(der: Buffer | string): X509Certificate[] {
  try {
    return [new X509Certificate(der)];
  } catch {
    return [];
  }
}

/** 1.2.840.113549.1.7.2, SignedData (RFC 5652, section 5.1). */
const SIGNED_DATA = '06092a864886f70d010702';

/** The certificates of a SignedData: its part [0], after version, algorithms and content. */
function bundled(file: Buffer): Buffer[] {
  const [type, content] = partsOf(file)[0]?.parts() ?? [];
  if (type?.whole.toString('hex') !== SIGNED_DATA) return [];
  const signed = content?.parts()[0]?.parts() ?? [];
  const certificates = signed.find(({ tag }) => tag === 0xa0);
  return certificates?.parts().map(({ whole }) => whole) ?? [];
}

interface DerPart {
  tag: number;
  whole: Buffer;
  parts(): DerPart[];
}

/** The elements of DER one after another, as far as they are whole. */
function partsOf(bytes: Buffer): DerPart[] {
  const parts: DerPart[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const first = bytes[at + 1] ?? 0;
    const count = first & 0x80 ? first & 0x7f : 0;
    if (count > 4 || at + 2 + count > bytes.length) break;
    const length = count === 0 ? first : bytes.readUIntBE(at + 2, count);
    const start = at + 2 + count;
    const end = start + length;
    if (end > bytes.length || (first & 0x80 && count === 0)) break;
    const content = bytes.subarray(start, end);
    parts.push({
      tag: bytes[at] ?? 0,
      whole: bytes.subarray(at, end),
      parts: () => partsOf(content),
    });
    at = end;
  }
  return parts;
}

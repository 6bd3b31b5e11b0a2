import { encode } from 'uqr';

/** A QR code as one path in a square of `size` modules. */
export interface QrCode {
  size: number;
  path: string;
}

/** The white frame that scanners need around a code, in modules (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** Encodes a text as a QR code with 15 % error correction, as one SVG path. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const path = data.flatMap((row, y) =>
    row.flatMap((is_dark, x) => (is_dark ? `M${x} ${y}h1v1h-1z` : [])),
  );
  return { size, path: path.join('') };
}

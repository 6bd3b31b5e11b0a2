import type { InvoiceKey } from '../../query.ts';

/** An invoice the simulator has always had. Region code 00 exists nowhere. */
export const KNOWN_SPECIMEN: InvoiceKey = {
  number: '25000000000000000001',
  issued: '20250101090000',
};

/** An invoice the simulator never has, whatever is uploaded. */
export const UNKNOWN_SPECIMEN: InvoiceKey = {
  number: '25009999999999999999',
  issued: '20250101090000',
};

import type { InvoiceKey } from '../../query.ts';

/** An invoice that always exists in the simulator. Region code 00 does not exist. */
export const KNOWN_SPECIMEN: InvoiceKey = {
  number: '25000000000000000001',
  issued: '20250101090000',
};

/** An invoice that never exists in the simulator. */
export const UNKNOWN_SPECIMEN: InvoiceKey = {
  number: '25009999999999999999',
  issued: '20250101090000',
};

/**
 * Why a name has no address for us. `ENOTFOUND`: there is no such name; `ENODATA`: it has no
 * address; `EBADNAME`: it is none; `ESERVFAIL`, `EREFUSED`, `EBADRESP`: what the servers say;
 * `EDNSTIMEOUT`: they say nothing; `ENOSERVER`: there is none that can be asked.
 */
export type NameCode =
  | 'ENOTFOUND'
  | 'ENODATA'
  | 'EBADNAME'
  | 'ESERVFAIL'
  | 'EREFUSED'
  | 'EBADRESP'
  | 'EDNSTIMEOUT'
  | 'ENOSERVER';

/** c-ares has one code for a server and for a host that refuse. */
const CODES: Record<string, NameCode> = {
  ENOTFOUND: 'ENOTFOUND',
  ENODATA: 'ENODATA',
  EBADNAME: 'EBADNAME',
  ESERVFAIL: 'ESERVFAIL',
  EREFUSED: 'EREFUSED',
  ETIMEOUT: 'EDNSTIMEOUT',
  ECONNREFUSED: 'ENOSERVER',
  ENOSERVER: 'ENOSERVER',
};

/** An error for this code of c-ares. */
export function nameFault(code = ''): Error & { code: NameCode } {
  return Object.assign(new Error('the name has no address'), { code: CODES[code] ?? 'EBADRESP' });
}

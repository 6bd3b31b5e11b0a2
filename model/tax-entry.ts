/** Each tax bureau's own site for filing: etax.shanghai.chinatax.gov.cn, on whichever port. */
const HOST = /^etax\.[a-z]+\.chinatax\.gov\.cn$/;

/** Whether an address is that of a tax bureau's site for filing ("电子税务局"). */
export function isTaxEntry(url: string): boolean {
  return HOST.test(URL.parse(url)?.hostname ?? '');
}

import type { ProofHost } from './proof-world.ts';

/** The host of a system of an owner of its own, in a network of its own. */
export const systemHost = (n: number, domain = `s${n}-a.com`): ProofHost => ({
  name: `s${n}`,
  domain,
  address: `127.${10 + n}.0.1`,
});
export const neutralHost = (n: number): ProofHost => ({
  name: `n${n}`,
  domain: `n${n}-a.com`,
  address: `127.${100 + n}.0.1`,
  neutral: true,
});

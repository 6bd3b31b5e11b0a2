import { expect } from 'vitest';
import { judgeProof } from '../../model/judge/proof.ts';
import type { Contact } from '../../model/proof.ts';
import { createLineLedger } from '../../probes/line/proof/ledger.ts';
import { bad, contact, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

const asked = (family: 4 | 6, changed: Partial<Contact> = {}) =>
  contact('a.cn', { family, address: family === 4 ? '1.2.3.4' : '2400:3200::1', ...changed });
const silent = (family: 4 | 6) => asked(family, { reach: 'silent' });

/** Whether the answer of a host proves the way to one that is silent, asked by one family. */
function proves(answer: Contact, failing: Contact): boolean {
  const line = createLineLedger(() => false);
  line.note('other', answer, T0);
  return line.nearestAnswer('failing', failing, T0) !== null;
}

export const FAMILIES = rowsOf('PROOF-18', {
  'nothing is proved of IPv6 over IPv4, nor the other way round': () => {
    expect(proves(asked(4), silent(6))).toBe(false);
    expect(proves(asked(6), silent(4))).toBe(false);
    expect(proves(asked(6), silent(6))).toBe(true);
    expect(proves(asked(4), silent(4))).toBe(true);
    expect(proves(contact('b.cn', { address: '5.6.7.8' }), silent(6))).toBe(false);
  },
  'nobody is blamed without proof for being silent by IPv6 alone': () => {
    const line = { failed: 1, answered: 0, blamed: null };
    const facts = { is_local: false, loop_delay_ms: 0, other_answer: null, neutrals: [] };
    const judged = ([4, 6] as const).map((family) => {
      const proof = { ...facts, control: null, line, contact: silent(family) };
      const found = bad(T0, { outcome: 'timeout', reason: 'timeout_connect', proof });
      const { result, is_perhaps_ours } = judgeProof(found, 5_000);
      return [result.reason, is_perhaps_ours];
    });
    expect(judged).toEqual([
      ['timeout_connect', true],
      ['unproven', false],
    ]);
  },
  'a name without such addresses, or with others than expected, is not laid at the system': () => {
    for (const reason of ['address_family_missing', 'resolves_elsewhere'] as const) {
      const { result } = judgeProof(bad(T0, { outcome: 'self', reason }), 5_000);
      expect(result).toMatchObject({ outcome: 'self', reason });
    }
  },
});

import { expect, test } from 'vitest';
import { rememberHere } from '../../../probes/line/proof/here.ts';
import { contact } from '../../model/builders.ts';

const HERE = '127.0.0.1';
const FAR = '192.0.2.1';

const at = (address: string) => contact('erp.example', { address });

/** A host that was well at these addresses, one after the other; * is one that only answered. */
function after(addresses: readonly string[], is_secure = false) {
  const here = rememberHere(({ address }) => address !== FAR);
  for (const it of addresses) {
    const notes = it.startsWith('*') ? (['answered_only'] as const) : [];
    here.well('erp.example', { contact: at(it.replace('*', '')), notes, is_secure });
  }
  return here;
}

test.each([
  ['three times', [HERE, HERE, HERE], true],
  ['twice', [HERE, HERE], false],
  ['at another address between', [HERE, HERE, '127.0.0.2', HERE], false],
  ['at another address lastly', [HERE, HERE, HERE, '127.0.0.2'], false],
  ['elsewhere between', [HERE, HERE, FAR, HERE], false],
  ['only by an answer once', [HERE, HERE, `*${HERE}`], false],
  ['by an answer between', [HERE, HERE, `*${HERE}`, HERE], true],
])('a host that was recognised %s', (_, addresses, is_here) => {
  expect(after(addresses).isAt('erp.example', HERE)).toBe(is_here);
});

test('over valid TLS any answer is its own', () => {
  const answers = Array.from({ length: 3 }, () => `*${HERE}`);
  expect(after(answers, true).isAt('erp.example', HERE)).toBe(true);
  expect(after(answers).isAt('erp.example', HERE)).toBe(false);
});

test('the last thousand hosts are remembered', () => {
  const here = rememberHere(() => true);
  const recognise = (host: string) => {
    const well = { contact: at(HERE), notes: [], is_secure: true };
    for (let times = 0; times < 3; times += 1) here.well(host, well);
  };
  for (let n = 0; n < 1_000; n += 1) recognise(`host-${n}`);
  expect(here.isAt('host-0', HERE)).toBe(true);
  recognise('one-more');
  expect([here.isAt('host-0', HERE), here.isAt('host-1', HERE)]).toEqual([false, true]);
});

import { expect, test } from 'vitest';
import { isTaxEntry } from '../../model/tax-entry.ts';

test.each([
  ['https://etax.shanghai.chinatax.gov.cn:8443', true],
  ['https://etax.guangdong.chinatax.gov.cn:8443/loginb/', true],
  ['https://etax.dalian.chinatax.gov.cn', true],
  ['https://inv-veri.chinatax.gov.cn', false],
  ['https://dppt.beijing.chinatax.gov.cn:8443', false],
  ['https://tpass.shandong.chinatax.gov.cn:8443', false],
  ['https://etax.shanghai.chinatax.gov.cn.example.org', false],
  ['https://erp.example.org/etax.shanghai.chinatax.gov.cn', false],
  ['nonsense', false],
])('W10: %s is the entry of a tax bureau: %s', (url, expected) => {
  expect(isTaxEntry(url)).toBe(expected);
});

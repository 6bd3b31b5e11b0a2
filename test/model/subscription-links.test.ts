import { describe, expect, test } from 'vitest';
import { linkToken, readLinkToken } from '../../model/links.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { subscriptionLinks } from '../../model/subscription-links.ts';
import { HOUR } from '../../model/time.ts';
import { signedBy } from './signed-by.ts';

const T0 = 1_780_000_000_000;

const signer = signedBy('ours');
const subscriber: Subscriber = {
  id: 'wang00000000',
  channel: 'email',
  address: 'wang@a.example',
  status: 'pending',
  locale: 'zh-CN',
  systems: null,
  kinds: ['incident'],
  nonce: 'nonce',
  secret: null,
  created_at: T0,
  confirmed_at: null,
};
const links = subscriptionLinks({ public_url: 'https://s.example', signer, subscriber });
const token = (link: string) => new URL(link).searchParams.get('t') ?? '';

test('links lead to the public page and are the same each time', () => {
  expect(links.confirm).toMatch(/^https:\/\/s\.example\/zh-CN\/subscription\/confirm\?t=confirm\./);
  expect(links.manage).toMatch(/^https:\/\/s\.example\/zh-CN\/subscription\?t=manage\./);
  expect(links.unsubscribe).toMatch(/^https:\/\/s\.example\/unsubscribe\?t=unsubscribe\./);
  expect(subscriptionLinks({ public_url: 'https://s.example', signer, subscriber })).toEqual(links);
  for (const link of Object.values(links)) expect(link).not.toContain('wang@');
});

describe('a token', () => {
  test('says whose it is, and to confirm ends after 48 hours', () => {
    const read = (now: number) =>
      readLinkToken(token(links.confirm), { purpose: 'confirm', signer, now });
    expect(read(T0 + 48 * HOUR)).toEqual({
      purpose: 'confirm',
      subject: 'wang00000000',
      nonce: 'nonce',
      expires_at: T0 + 48 * HOUR,
    });
    expect(read(T0 + 48 * HOUR + 1)).toBe('expired');
    const years = T0 + 100_000 * HOUR;
    expect(
      readLinkToken(token(links.manage), { purpose: 'manage', signer, now: years }),
    ).toMatchObject({ subject: 'wang00000000', expires_at: null });
  });

  const good = token(links.confirm);
  const elsewhere = {
    purpose: 'confirm',
    subject: 'wang00000000',
    nonce: 'nonce',
    expires_at: null,
  } as const;
  test.each([
    ['of another purpose', token(links.manage)],
    ['with another purpose written in', good.replace('confirm', 'manage')],
    ['with another subject', good.replace('wang', 'li00')],
    ['with a later end', good.replace(String(T0 + 48 * HOUR), String(T0 + 99 * HOUR))],
    ['without an end', good.replace(String(T0 + 48 * HOUR), '')],
    ['with another nonce', good.replace('.nonce.', '.other.')],
    ['cut short', good.slice(0, -1)],
    ['with more behind it', `${good}.x`],
    ['without a signature', good.slice(0, good.lastIndexOf('.'))],
    ['of another installation', linkToken(elsewhere, signedBy('theirs'))],
    ['that is empty', ''],
    ['that is no token', '........'],
  ])('%s is forged', (_, forged) => {
    expect(readLinkToken(forged, { purpose: 'confirm', signer, now: T0 })).toBe('forged');
  });
});

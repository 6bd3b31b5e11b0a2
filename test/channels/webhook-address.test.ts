import { describe, expect, it } from 'vitest';
import { webhookAddressProblem } from '../../channels/webhook/address.ts';
import { isPublicAddress } from '../../model/network-address.ts';

describe('an address of the public Internet', () => {
  it.each([
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.0.1.1',
    '223.255.255.255',
    '2400:3200::1',
    '2606:4700:4700::1111',
    '2001:200::1',
  ])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '100::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    '3fff::1',
    'localhost',
    '1.2.3',
    '256.1.1.1',
    '1.2.3.4.5',
    ':',
    ':::',
    '2001:200::1]/x',
    '',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the address of a webhook', () => {
  const allow = ['127.0.0.1:9000', 'hooks.internal:80', '[::1]:443'];

  it.each([
    ['https://hooks.example.org/a?b=c', null],
    ['https://hooks.example.org:8443/a', null],
    ['https://1.1.1.1/', null],
    ['https://[2606:4700::1111]/', null],
    ['http://127.0.0.1:9000/hook', null],
    ['http://hooks.internal/', null],
    ['https://[::1]/', null],
    ['http://127.0.0.1:9001/hook', 'not_https'],
    ['http://hooks.example.org/', 'not_https'],
    ['https://hooks.example.org:6379/', 'port_not_allowed'],
    ['https://127.0.0.1/', 'not_public'],
    ['https://0x7f.1/', 'not_public'],
    ['https://2130706433/', 'not_public'],
    ['https://0177.0.0.1/', 'not_public'],
    ['https://169.254.169.254/latest/meta-data/', 'not_public'],
    ['https://[::1]:8443/', 'not_public'],
    ['https://[::ffff:10.0.0.1]/', 'not_public'],
    ['https://user:secret@hooks.example.org/', 'credentials'],
    ['ftp://hooks.example.org/', 'not_an_address'],
    ['javascript:alert(1)', 'not_an_address'],
    ['hooks.example.org', 'not_an_address'],
    ['', 'not_an_address'],
    [`https://hooks.example.org/${'a'.repeat(500)}`, 'not_an_address'],
  ])('%s: %s', (address, problem) => {
    expect(webhookAddressProblem(address, allow)).toBe(problem);
  });
});

import { expect, test } from 'vitest';
import { CHANNELS } from '../../channels/index.ts';

test.each([
  ['wang@a.example', 'wang@a.example'],
  ['Wang@A.Example', 'wang@a.example'],
  ['wang+news@a.example', 'wang@a.example'],
  ['wang+a+b@a.example', 'wang@a.example'],
  ['+wang@a.example', '+wang@a.example'],
  ['w.ang@a.example', 'w.ang@a.example'],
  ['w.a.n.g+x@gmail.com', 'wang@gmail.com'],
  ['WANG@googlemail.com', 'wang@gmail.com'],
])('D11: %s leads to the mailbox %s', (address, mailbox) => {
  expect(CHANNELS.email?.field?.receiver(address)).toBe(mailbox);
});

test.each([
  ['https://hooks.a.example/x', 'https://hooks.a.example/x'],
  ['https://hooks.a.example/x?y=1', 'https://hooks.a.example/x'],
  ['https://hooks.a.example:8443/x', 'https://hooks.a.example:8443/x'],
])('D11: %s leads to the receiver %s', (address, receiver) => {
  expect(CHANNELS.webhook?.field?.receiver(address)).toBe(receiver);
});

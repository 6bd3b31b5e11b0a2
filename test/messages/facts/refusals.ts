import type everything from '../../../messages/zh-CN/refusals.ts';
import { type Facts, fact, label, lasting } from './fact.ts';

const answered = (status: string, what: string) =>
  fact(`The answer has status ${status}: ${what}.`);

export default {
  'refusal.400_title': answered('400', 'the request lacks something, or it is wrong'),
  'refusal.400_about': answered('400', 'the request lacks something, or it is wrong'),
  'refusal.403_title': answered('403', 'the request was sent from another site'),
  'refusal.403_about': answered('403', 'the request was sent from another site'),
  'refusal.404_title': answered('404', 'nothing is at the address'),
  'refusal.404_about': answered('404', 'nothing is at the address'),
  'refusal.405_title': answered('405', 'the address has no such method'),
  'refusal.405_about': answered('405', 'the address has no such method'),
  'refusal.410_title': answered('410', 'what was there is deleted or expired for good'),
  'refusal.410_about': answered('410', 'what was there is deleted or expired for good'),
  'refusal.413_title': answered('413', 'the body is larger than is read'),
  'refusal.413_about': answered('413', 'the body is larger than is read'),
  'refusal.429_title': answered('429', 'the client asked more often than is answered'),
  'refusal.429_about': answered('429', 'the client asked more often than is answered'),
  'refusal.500_title': answered('500', 'our program failed, which is in the log'),
  'refusal.500_about': answered('500', 'our program failed, which is in the log'),
  'refusal.503_title': answered('503', 'our store or program is not available'),
  'refusal.503_about': answered('503', 'our store or program is not available'),
  'refusal.other_title': answered('of any other refusal', 'nothing was done'),
  'refusal.other_about': answered('of any other refusal', 'nothing was done'),
  'refusal.retry': fact('Retry-After of the answer.', lasting('duration')),
  'refusal.to_front': label,
  'refusal.status': fact('Status of the answer.'),
} satisfies Facts<keyof typeof everything>;

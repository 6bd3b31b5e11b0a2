import type texts from '../../../../messages/zh-CN/page/own.ts';
import { type Facts, fact, label, time } from '../fact.ts';

const own = (what: string) => fact(`OwnTrouble.kind, while it is told: ${what}.`);

export default {
  'own.line': own('line, of an unnamed line'),
  'own.line_named': own('line'),
  'own.clock': own('clock'),
  'own.disk': own('disk'),
  'own.lock': own('lock'),
  'own.ledger': own('ledger'),
  'own.machine': own('machine'),
  'own.process': own('process'),
  'own.stopped': own('stopped'),
  'own.line_effect': own('line; not shown as down what it alone sees fail'),
  'own.clock_effect': own('clock; skipped times are gaps'),
  'own.disk_effect': own('disk; times without a commit are gaps'),
  'own.lock_effect': own('lock; results wait, times without a commit are gaps'),
  'own.ledger_effect': own('ledger; states of now are judged without it'),
  'own.machine_effect': own('machine; results of then are ours'),
  'own.process_effect': own('process; it is started again each time'),
  'own.stopped_effect': own('stopped; nothing starts it again by itself'),
  'own.told': label,
  'own.title': label,
  'own.since': fact('OwnTrouble.since.', time('time')),
  'own.tag': label,
  'own.goes_on': fact('OwnTrouble.until is null.'),
  'own.over': fact('OwnTrouble.until is set, and the end was seen.'),
  'own.unseen': fact('OwnTrouble.until is set, and is_end_unseen.'),
} satisfies Facts<keyof typeof texts>;

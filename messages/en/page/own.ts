import type zhCN from '../../zh-CN/page/own.ts';

export default {
  'own.line': 'Our line has a problem',
  'own.line_named': 'Our line ({line}) has a problem',
  'own.clock': 'Our clock has a problem',
  'own.disk': 'Our disk has a problem',
  'own.lock': 'Our database is locked by another program',
  'own.ledger': 'Our record of states differs from what the results say',
  'own.machine': 'Our machine has a problem',
  'own.process': 'A program of ours ends again and again',
  'own.stopped': 'All measuring has stopped',
  'own.line_effect':
    'Failures seen from it are not laid at the systems; what we cannot tell is shown as unknown.',
  'own.clock_effect': 'Times here may be off; a time that was skipped counts as not measured.',
  'own.disk_effect': 'New measurements may not be recorded; such a time counts as not measured.',
  'own.lock_effect':
    'New measurements cannot be recorded for now and are recorded later; a time without a record ' +
    'counts as not measured.',
  'own.ledger_effect':
    'Some times of the last days may be recorded wrongly and are being checked; what is said of ' +
    'now is judged as ever.',
  'own.machine_effect':
    'Failures while we are too busy, paused or broken ourselves are not laid at the systems; ' +
    'what we cannot tell is shown as unknown.',
  'own.process_effect':
    'It is started again each time; what is not measured meanwhile is shown as unknown.',
  'own.stopped_effect':
    'From now on nothing is measured and nobody is told, until somebody starts it again.',
  'own.told': '{what}. {effect}',
  'own.title': 'Trouble of our own',
  'own.since': 'since {time}',
  'own.tag': 'our own',
  'own.goes_on': 'not over yet',
  'own.over': 'Over',
  'own.unseen': 'Its end was not seen',
} satisfies Record<keyof typeof zhCN, string>;

import { read } from '../tidy/repository.ts';
import type { Fault } from './fault.ts';

/** A fault that once was planted and seen by no test, by the words of its line. */
interface KnownFault {
  what: string;
  path: string;
  from: string;
  to: string;
}

const KNOWN: readonly KnownFault[] = [
  {
    what: 'bad results in a maintenance window count in the share afterwards',
    path: 'collector/judging/result.ts',
    from: 'grade: graded, in_window,',
    to: 'grade: graded, in_window: false,',
  },
  {
    what: 'a sync is not unwatched after our own downtime',
    path: 'collector/judging/time.ts',
    from: '{ ...memory, watched_since: null }',
    to: '{ ...memory }',
  },
  {
    what: 'evidence is pruned as early as results',
    path: 'collector/upkeep/prune.ts',
    from: "['evidence', retention.evidence_ms]",
    to: "['evidence', retention.results_ms]",
  },
  {
    what: 'changes are pruned as late as daily figures',
    path: 'collector/upkeep/prune.ts',
    from: "['changes', retention.results_ms]",
    to: "['changes', retention.daily_ms]",
  },
  {
    what: 'what fails since the very time to which the clock is set is forgotten',
    path: 'collector/judging/clock.ts',
    from: 'it.filter(({ from }) => from <= at)',
    to: 'it.filter(({ from }) => from < at)',
  },
  {
    what: 'what a notifier that was killed had in hand is left there',
    path: 'store/ports/deliveries.ts',
    from: ".where('owner', '<>', owner)",
    to: ".where('owner', '=', owner)",
  },
  {
    what: 'of several that wait, the oldest is told',
    path: 'model/overtaken.ts',
    from: "waiting.findLastIndex(({ code }) => code !== 'text')",
    to: "waiting.findIndex(({ code }) => code !== 'text')",
  },
  {
    what: 'what may have been sent is overtaken',
    path: 'store/ports/overtaking.ts',
    from: 'may_be_sent === 1',
    to: 'may_be_sent === 2',
  },
  {
    what: 'a delivery that was settled is settled again',
    path: 'store/ports/deliveries.ts',
    from: `.where('id', '=', id)
    .where('status', '=', 'pending')
    .returning(`,
    to: `.where('id', '=', id)
    .returning(`,
  },
  {
    what: 'the longest delay is 90 minutes',
    path: 'notify/retry.ts',
    from: 'LONGEST_DELAY_MS = HOUR',
    to: 'LONGEST_DELAY_MS = 1.5 * HOUR',
  },
  {
    what: 'the nonce of a link is not compared',
    path: 'status-page/subscriptions/subscriptions.ts',
    from: "subscriber.nonce === claim.nonce ? subscriber : 'forged'",
    to: 'subscriber',
  },
  {
    what: 'a quotation mark is not escaped in mails',
    path: 'http/html.ts',
    from: `, '"': '&quot;'`,
    to: '',
  },
  {
    what: 'a run hangs only some time after its deadline',
    path: 'probes/line/runs.ts',
    from: 'it.leftMs() <= 0)',
    to: 'it.leftMs() < 0)',
  },
  {
    what: 'what is left after a step of the clock is judged every minute',
    path: 'collector/recorder.ts',
    from: 'live.set_back = { ...set_back, is_judged: true };',
    to: '',
  },
  {
    what: 'what is usual is made from maintenance too',
    path: 'collector/upkeep/disturbed-hours.ts',
    from: 'before - NUMBERS.usual.days * DAY',
    to: 'before + NUMBERS.usual.days * DAY',
  },
  {
    what: 'rows read before a step of the clock count after it',
    path: 'collector/upkeep/recounting.ts',
    from: 'meanwhile = new Set();',
    to: '',
  },
  {
    what: 'an alert about a channel is resolved with each success',
    path: 'notify/channel-health.ts',
    from: 'alerts.delete(channel);',
    to: '',
  },
  {
    what: 'a question is asked a third time',
    path: 'probes/line/proof/undelayed.ts',
    from: 'time < TIMES',
    to: 'time <= TIMES',
  },
  {
    what: 'an invoice that came and is due just now is never counted',
    path: 'collector/upkeep/due.ts',
    from: 'due !== null && due.at >= until',
    to: 'due !== null && due.at > until',
  },
  {
    what: 'a notice of a maintenance brings another update',
    path: 'notify/payload.ts',
    from: 'maintenance?.updates.find(({ id }) => id === notice.update)',
    to: 'maintenance?.updates.find(({ id }) => id !== notice.update)',
  },
  {
    what: 'a slot right after the last row that was read is not counted again',
    path: 'collector/upkeep/recount.ts',
    from: 'next = last.slot_at + 1;',
    to: 'next = last.slot_at + 2;',
  },
  {
    what: 'the last message is tried again at once',
    path: 'notify/direct-alerts.ts',
    from: 'LAST_ATTEMPT_EVERY_MS = 3 * SECOND',
    to: 'LAST_ATTEMPT_EVERY_MS = 3 / SECOND',
  },
];

/** The faults that no test saw once; each must be seen ever since. */
export const KNOWN_FAULTS: readonly Fault[] = KNOWN.map(faultIn);

function faultIn({ what, path, from, to }: KnownFault): Fault {
  const text = read(path);
  const start = text.indexOf(from);
  if (start === -1 || text.includes(from, start + 1))
    throw new Error(`${path} does not hold once: ${from}`);
  const line = text.slice(0, start).split('\n').length;
  return {
    path,
    line,
    operator: what,
    start,
    end: start + from.length,
    to,
    before: from,
    after: to,
  };
}

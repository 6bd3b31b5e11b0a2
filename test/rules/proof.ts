import { expect } from 'vitest';
import { judgeProof } from '../../model/judge/proof.ts';
import type { Contact, DateWitnesses, NameTries, Proof } from '../../model/proof.ts';
import type { Result } from '../../model/result.ts';
import { HOUR, SECOND } from '../../model/time.ts';
import { bad, result, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

const DEADLINE_MS = 8_000;
const HOST = 'fapiao.example';

/** A run that could not connect, when nobody else was asked. */
function proof(changed: Partial<Proof> & { contact?: Partial<Contact> } = {}): Proof {
  return {
    is_local: false,
    loop_delay_ms: 0,
    other_answer: null,
    neutrals: [],
    control: null,
    line: { failed: 0, answered: 0, blamed: 'another.example' },
    ...changed,
    contact: {
      host: HOST,
      address: '192.0.2.1',
      reach: 'refused',
      resolver_differs: false,
      ...changed.contact,
    },
  };
}

const network = (proof: Proof | null, changed: Partial<Result> = {}) =>
  bad(T0, {
    outcome: 'network',
    reason: 'connection_refused',
    http_status: null,
    proof,
    ...changed,
  });
const silent = (known: Partial<Proof>, changed: Partial<Result> = {}) =>
  network(proof({ ...known, contact: { reach: 'silent' } as Contact }), {
    outcome: 'timeout',
    reason: 'timeout_connect',
    duration_ms: DEADLINE_MS,
    ...changed,
  });
const unresolved = (known: Partial<Proof>, contact: Partial<Contact> = {}) =>
  network(proof({ ...known, contact: { ...contact, reach: 'unresolved' } as Contact }), {
    reason: 'name_not_resolved',
  });
const reached = (reach: Contact['reach'], known: Partial<Proof> = {}) =>
  network(proof({ ...known, contact: { reach } as Contact }));

const up = { host: 'up.example', answered: true };
const down = { host: 'down.example', answered: false };
const down_too = { host: 'down-too.example', answered: false };
const answer = (after_ms: number) => ({ host: 'other.example', after_ms });
const alone = { failed: 1, answered: 0, blamed: null };

function expectTheirs(judged: Result, is_perhaps_ours = false) {
  expect(judgeProof(judged, DEADLINE_MS)).toEqual({ result: judged, is_perhaps_ours });
}

function expectOurs(judged: Result, reason: Result['reason']) {
  const expected = { ...judged, outcome: 'self', reason };
  expect(judgeProof(judged, DEADLINE_MS)).toEqual({ result: expected, is_perhaps_ours: false });
}

const ANSWERED = rowsOf('PROOF-1', {
  'a status or a code is theirs whatever else fails': () =>
    expectTheirs(reached('answered', { neutrals: [down, down_too], line: alone })),
  'nothing is asked about good results': () => {
    const good = result(T0, { proof: silent({ neutrals: [down, down_too] }).proof });
    expectTheirs(good);
  },
  'nor about those that are not judged': () =>
    expectTheirs(network(silent({ line: alone }).proof, { outcome: 'throttled' })),
  'without a proof it stays what it is': () => expectTheirs(network(null)),
});

const REDIRECTED = rowsOf('PROOF-2', {
  'a page that anybody between may have sent is theirs beside a neutral host': () =>
    expectTheirs(reached('redirected', { neutrals: [up] })),
  'not beside another host': () =>
    expectOurs(reached('redirected', { other_answer: answer(0) }), 'unproven'),
});

const REFUSED = rowsOf('PROOF-3', {
  'refused, and a neutral host answers: theirs': () =>
    expectTheirs(reached('refused', { neutrals: [down, up] })),
  'refused, and another host answered 10 s before: theirs': () =>
    expectTheirs(reached('refused', { other_answer: answer(-10_000) })),
  'or 10 s after': () => expectTheirs(reached('refused', { other_answer: answer(10_000) })),
  '10.001 s before is too long ago': () =>
    expectOurs(reached('refused', { other_answer: answer(-10_001) }), 'unproven'),
  'and 10.001 s after too late': () =>
    expectOurs(reached('refused', { other_answer: answer(10_001) }), 'unproven'),
  'nobody else answered: not proven': () => expectOurs(reached('refused'), 'unproven'),
});

const SILENT = rowsOf('PROOF-4', {
  'silent, and a neutral host answers: theirs': () => expectTheirs(silent({ neutrals: [up] })),
  'silent, and another host answered: theirs': () =>
    expectTheirs(silent({ other_answer: answer(-9_000) })),
  'silent, and nobody else answered: not proven': () => expectOurs(silent({}), 'unproven'),
});

const heard = { neutrals: [up] };
const STARVED = rowsOf('PROOF-5', {
  'our loop was delayed by 400 of 8,000 ms: ours': () =>
    expectOurs(silent({ ...heard, loop_delay_ms: 400 }), 'starved'),
  'by 399 ms: theirs': () => expectTheirs(silent({ ...heard, loop_delay_ms: 399 })),
  'of a short deadline 200 ms are enough': () => {
    const short = silent({ ...heard, loop_delay_ms: 200 }, { duration_ms: 1_000 });
    expect(judgeProof(short, 1_000).result.reason).toBe('starved');
    const less = silent({ ...heard, loop_delay_ms: 199 }, { duration_ms: 1_000 });
    expect(judgeProof(less, 1_000).result).toBe(less);
  },
  'a pause of 7 s in a request of 3 s: ours': () =>
    expectOurs(silent({ ...heard, loop_delay_ms: 6_904 }, { duration_ms: 7_008 }), 'starved'),
  'silent for the deadline beside our delay: theirs': () =>
    expectTheirs(silent({ ...heard, loop_delay_ms: 500 }, { duration_ms: 8_500 })),
  'cut after the head of the answer, by the same pause: ours': () =>
    expectOurs(
      network(proof({ loop_delay_ms: 6_904, contact: { reach: 'answered' } as Contact }), {
        outcome: 'timeout',
        reason: 'timeout_transfer',
        duration_ms: 8_100,
      }),
      'starved',
    ),
  'given up by the server while we stood still: ours': () => {
    for (const changed of [
      { reason: 'connection_reset' as const },
      { reason: 'protocol_error' as const },
      { outcome: 'system' as const, reason: 'http_status' as const, http_status: 408 },
    ])
      expectOurs(network(proof({ ...heard, loop_delay_ms: 6_904 }), changed), 'starved');
  },
  'refused at once, however delayed we were: theirs': () =>
    expectTheirs(network(proof({ ...heard, loop_delay_ms: 6_904 }))),
  'on this machine too': () =>
    expectOurs(silent({ is_local: true, loop_delay_ms: 6_904 }), 'starved'),
});

const unnamed = (names: Partial<NameTries>) =>
  unresolved({ control: 'resolved', names: { failed: 0, lost: 0, resolved: 0, ...names } });

const NAMES = rowsOf('PROOF-6', {
  'a name fails, and the control name resolves: theirs': () =>
    expectTheirs(unresolved({ control: 'resolved' })),
  'without a control name: not proven, even beside a neutral host': () =>
    expectOurs(unresolved({ control: null, neutrals: [up], line: alone }), 'unproven'),
  'the control name fails too: not proven': () =>
    expectOurs(unresolved({ control: 'failed', other_answer: answer(0) }), 'unproven'),
  'getaddrinfo finds it: our resolver': () =>
    expectOurs(unresolved({ control: 'resolved' }, { resolver_differs: true }), 'resolver_differs'),
  'names of two owners that resolved lately fail at once: our resolver': () =>
    expectOurs(unnamed({ failed: 2, lost: 2 }), 'resolver_differs'),
  'one of them did: theirs': () => expectTheirs(unnamed({ failed: 2, lost: 1 })),
  'of three owners, since we started: our resolver': () =>
    expectOurs(unnamed({ failed: 3, lost: 0 }), 'resolver_differs'),
  'a name of another owner resolves: theirs': () =>
    expectTheirs(unnamed({ failed: 5, lost: 5, resolved: 1 })),
  'it says nothing of a host that was reached': () =>
    expectTheirs(reached('refused', { ...heard, names: { failed: 5, lost: 5, resolved: 0 } })),
});

const NEUTRALS = rowsOf('PROOF-7', {
  'all of two neutral hosts fail: our line': () =>
    expectOurs(reached('refused', { neutrals: [down, down_too] }), 'neutral_host_failed'),
  'another host answered within 10 s: the neutral hosts fail by themselves, and it is theirs': () =>
    expectTheirs(silent({ neutrals: [down, down_too], other_answer: answer(-10_000) })),
  'longer ago: our line': () =>
    expectOurs(
      silent({ neutrals: [down, down_too], other_answer: answer(-10_001) }),
      'neutral_host_failed',
    ),
  'what anybody between may have sent: our line, whoever answers': () =>
    expectOurs(
      reached('redirected', { neutrals: [down, down_too], other_answer: answer(0) }),
      'neutral_host_failed',
    ),
  'names too': () => expectOurs(unresolved({ neutrals: [down, down_too] }), 'neutral_host_failed'),
  'one dead neutral host says nothing of the line': () =>
    expectTheirs(reached('refused', { neutrals: [down], other_answer: answer(0) })),
  'and where nobody else was heard, nothing is proven': () =>
    expectTheirs(reached('refused', { neutrals: [down], line: alone }), true),
  'one of two is its own affair': () => expectTheirs(reached('refused', { neutrals: [down, up] })),
  'one of four answers: theirs': () =>
    expectTheirs(reached('refused', { neutrals: [down, down_too, down, up] })),
});

const LINE = rowsOf('PROOF-8', {
  'three hosts failed and none answered: our line': () =>
    expectOurs(reached('refused', { line: { ...alone, failed: 3 } }), 'line_failed'),
  'one dead neutral host beside them changes nothing': () =>
    expectOurs(silent({ neutrals: [down], line: { ...alone, failed: 3 } }), 'line_failed'),
  'two hosts are too few': () =>
    expectTheirs(reached('refused', { line: { ...alone, failed: 2 } }), true),
  'one that answered is enough': () =>
    expectTheirs(reached('refused', { line: { ...alone, failed: 5, answered: 1 } }), true),
});

const PERHAPS = rowsOf('PROOF-9', {
  'nothing is proven, and nobody else is blamed: theirs, perhaps ours': () =>
    expectTheirs(reached('refused', { line: alone }), true),
  'it stays the one that is blamed': () =>
    expectTheirs(silent({ line: { ...alone, blamed: HOST } }), true),
  'a second host is not blamed': () =>
    expectOurs(silent({ line: { ...alone, blamed: 'another.example' } }), 'unproven'),
});

const LOCAL = rowsOf('PROOF-10', {
  'this machine needs neither neutral hosts nor others': () =>
    expectTheirs(silent({ is_local: true, neutrals: [down, down_too] })),
});

const BLOCKED = rowsOf('PROOF-11', {
  'refused us an hour ago, and silent or reset now: perhaps blocked': () => {
    const blocked = { outcome: 'throttled', reason: 'maybe_blocked' };
    for (const judged of [
      silent({ ...heard, refused_us_ms_ago: HOUR }),
      network(proof({ ...heard, refused_us_ms_ago: HOUR }), { reason: 'connection_reset' }),
      silent({ line: alone, refused_us_ms_ago: SECOND }),
    ])
      expect(judgeProof(judged, DEADLINE_MS).result).toEqual({ ...judged, ...blocked });
  },
  'longer ago: theirs': () => expectTheirs(silent({ ...heard, refused_us_ms_ago: HOUR + 1 })),
  'a status is theirs': () => expectTheirs(reached('answered', { refused_us_ms_ago: 0 })),
  'our own line is ours': () =>
    expectOurs(silent({ neutrals: [down, down_too], refused_us_ms_ago: 0 }), 'neutral_host_failed'),
});

const TWICE = rowsOf('PROOF-12', {
  'what was attributed once stays so': () => {
    const once = judgeProof(silent({ loop_delay_ms: 6_904 }), DEADLINE_MS);
    expect(judgeProof(once.result, DEADLINE_MS)).toEqual(once);
  },
});

const own = (contact: Partial<Contact>, known: Partial<Proof> = {}) =>
  network(proof({ ...heard, ...known, contact: contact as Contact }));
const MISLED = rowsOf('PROOF-14', {
  'its name leads where it cannot be: ours, whoever else answers': () =>
    expectOurs(own({ misled: true }), 'name_misled'),
  'to this machine too': () => expectOurs(own({ misled: true }, { is_local: true }), 'name_misled'),
  'whatever answers there': () =>
    expectOurs(own({ misled: true, reach: 'answered' }), 'name_misled'),
});

const ROUTE = rowsOf('PROOF-15', {
  'we have no route to it: ours, whoever else answers': () =>
    expectOurs(own({ no_route: true }), 'no_route'),
});

const dated = (says: Partial<DateWitnesses>, known: Partial<Proof> = heard) =>
  network(proof({ ...known, dates: { agreeing: 0, differing: 0, invalid: 0, ...says } }), {
    reason: 'certificate_invalid',
  });
const CLOCK = rowsOf('PROOF-16', {
  'another host says that our clock is right: theirs': () =>
    expectTheirs(dated({ agreeing: 1, invalid: 3 })),
  'another says that it is wrong: ours': () => expectOurs(dated({ differing: 1 }), 'clock_wrong'),
  'more say that it is wrong than right: ours': () =>
    expectOurs(dated({ agreeing: 2, differing: 3 }), 'clock_wrong'),
  'as many say the one as the other, and so does our clock: theirs': () =>
    expectTheirs(dated({ agreeing: 2, differing: 2 })),
  'the certificates of others are not valid either: ours': () =>
    expectOurs(dated({ invalid: 1 }), 'clock_wrong'),
  'nobody says anything: not proven, although the line works': () => {
    expectTheirs(dated({}, { ...heard, line: alone }), true);
    expectOurs(dated({}), 'unproven');
  },
  'on this machine too': () =>
    expectOurs(dated({ differing: 1 }, { is_local: true }), 'clock_wrong'),
});

export const PROOF = [
  ...ANSWERED,
  ...REDIRECTED,
  ...REFUSED,
  ...SILENT,
  ...STARVED,
  ...NAMES,
  ...NEUTRALS,
  ...LINE,
  ...PERHAPS,
  ...LOCAL,
  ...BLOCKED,
  ...TWICE,
  ...MISLED,
  ...ROUTE,
  ...CLOCK,
];

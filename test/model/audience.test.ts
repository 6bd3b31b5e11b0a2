import { describe, expect, it } from 'vitest';
import {
  type NoticeScope,
  type OperatorInterest,
  operatorReceives,
  subscriberReceives,
} from '../../model/audience.ts';
import type { NoticeSubject } from '../../model/notice.ts';
import type { Subscriber } from '../../model/subscription.ts';

const SUBJECTS: NoticeSubject[] = ['incident', 'maintenance', 'subscription', 'alert'];

function scope(given: Partial<NoticeScope> = {}): NoticeScope {
  return { subject: 'incident', ref: 'incident', systems: ['beijing'], ...given };
}

function subscriber(given: Partial<Subscriber> = {}): Subscriber {
  return {
    id: 'wang',
    channel: 'email',
    address: 'wang@example.org',
    status: 'active',
    locale: 'zh-CN',
    systems: null,
    kinds: ['incident', 'maintenance'],
    nonce: '',
    secret: null,
    created_at: 0,
    confirmed_at: 0,
    ...given,
  };
}

describe('an operator', () => {
  it('is told of all that nobody has to ask for', () => {
    expect(SUBJECTS.filter((it) => operatorReceives({}, { subject: it }))).toEqual([
      'incident',
      'maintenance',
      'alert',
    ]);
  });

  it('is told of what is named alone', () => {
    const alerted = { subjects: ['alert'] } as const;
    expect(SUBJECTS.filter((it) => operatorReceives(alerted, { subject: it }))).toEqual(['alert']);
  });

  it('T8: is told of an escalated alert alone where she is the one it is escalated to', () => {
    const later = { subjects: ['alert'], after_escalation: true } as const;
    const at_once = { subjects: ['alert'] } as const;
    const told = (it: OperatorInterest) =>
      (['none', 'now', 'before'] as const).filter((escalation) =>
        operatorReceives(it, { subject: 'alert', escalation }),
      );
    expect(told(later)).toEqual(['now', 'before']);
    expect(told(at_once)).toEqual(['none', 'before']);
    expect(told({})).toEqual(['none', 'now', 'before']);
  });

  it('is never told of a request for a subscription', () => {
    expect(operatorReceives({ subjects: SUBJECTS }, { subject: 'subscription' })).toBe(false);
  });
});

describe('a subscriber', () => {
  it.each<[string, Partial<Subscriber>, Partial<NoticeScope>, boolean]>([
    ['of all systems', {}, {}, true],
    ['of this system', { systems: ['beijing'] }, {}, true],
    ['of another system', { systems: ['erp'] }, {}, false],
    ['of one of several', { systems: ['erp'] }, { systems: ['beijing', 'erp'] }, true],
    ['of all systems, of what concerns none', {}, { systems: [] }, true],
    ['of some systems, of what concerns none', { systems: ['erp'] }, { systems: [] }, false],
    ['who asked for this kind', { kinds: ['incident'] }, {}, true],
    ['who asked for another kind', { kinds: ['maintenance'] }, {}, false],
    ['of maintenance', { kinds: ['maintenance'] }, { subject: 'maintenance' }, true],
    ['who has not confirmed', { status: 'pending' }, {}, false],
    ['of an alert', {}, { subject: 'alert' }, false],
  ])('%s', (_, given, about, is_told) => {
    expect(subscriberReceives(subscriber(given), scope(about))).toBe(is_told);
  });

  it('is told of its own request, confirmed or not, and of no other', () => {
    const pending = subscriber({ status: 'pending', kinds: [] });
    const request = (ref: string) => scope({ subject: 'subscription', ref, systems: [] });
    expect(subscriberReceives(pending, request('wang'))).toBe(true);
    expect(subscriberReceives(subscriber(), request('wang'))).toBe(true);
    expect(subscriberReceives(pending, request('li'))).toBe(false);
  });
});

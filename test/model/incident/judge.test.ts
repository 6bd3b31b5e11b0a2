import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { T0 } from '../builders.ts';
import { Story } from './story.ts';

let story: Story;
beforeEach(() => {
  story = new Story();
});

describe('opening', () => {
  it.each([
    ['major_outage', 'critical', 'outage'],
    ['partial_outage', 'major', 'partial_outage'],
  ] as const)('%s opens one with impact %s', (state, impact, title) => {
    expect(story.at(T0, { query: state })).toBe('opened');
    expect(story.incident).toMatchObject({
      status: 'investigating',
      impact,
      title,
      started_at: T0,
    });
    const affected = { component: 'beijing.query', from: 'operational', to: state };
    expect(story.last?.affected).toMatchObject([affected]);
  });
  it('degraded opens one only after 5 minutes', () => {
    expect(story.at(T0, { query: 'degraded_performance' })).toBe(null);
    expect(story.at(T0 + 5 * MINUTE - 1)).toBe(null);
    expect(story.at(T0 + 5 * MINUTE)).toBe('opened');
    expect(story.incident).toMatchObject({ impact: 'minor', title: 'degraded', started_at: T0 });
  });
  it.each(['unknown', 'under_maintenance', 'operational'] as const)('%s never opens', (state) => {
    story.at(T0, { query: state });
    expect(story.at(T0 + 60 * MINUTE)).toBe(null);
  });
});

describe('an open incident', () => {
  it('is the only one of its system: later failures join it', () => {
    story.at(T0, { query: 'partial_outage' });
    expect(story.at(T0 + SECOND, { download: 'major_outage' })).toBe('joined');
    expect(story.incident).toMatchObject({
      components: ['beijing.query', 'beijing.download'],
      impact: 'critical',
    });
  });
  it('tells worse and better, and keeps the worst impact', () => {
    story.at(T0, { query: 'partial_outage' });
    expect(story.at(T0 + SECOND, { query: 'major_outage' })).toBe('worse');
    expect(story.at(T0 + 2 * SECOND, { query: 'degraded_performance' })).toBe('better');
    expect(story.incident).toMatchObject({ impact: 'critical', status: 'investigating' });
  });
  it('says nothing when nothing changed', () => {
    story.at(T0, { query: 'major_outage' });
    expect(story.at(T0 + MINUTE)).toBe(null);
  });
  it('is not moved by maintenance', () => {
    story.at(T0, { query: 'major_outage' });
    expect(story.at(T0 + 2 * SECOND, { query: 'under_maintenance' })).toBe(null);
    expect(story.incident.status).toBe('investigating');
  });
});

describe('a failure after the others have ended', () => {
  beforeEach(() => {
    story.at(T0, { query: 'major_outage', download: 'operational' });
    story.at(T0 + MINUTE, { query: 'operational' });
  });
  it('opens an incident of its own beside the one that is watched', () => {
    const first = story.incident.id;
    expect(story.at(T0 + 2 * MINUTE, { download: 'major_outage' })).toBe('opened');
    expect(story.incident.id).not.toBe(first);
    expect(story.incident.components).toEqual(['beijing.download']);
    expect(story.at(T0 + 6 * MINUTE)).toBe('resolved');
    expect(story.incident.id).toBe(first);
  });
  it('returns to its own if it is the same function', () => {
    const first = story.incident.id;
    expect(story.at(T0 + 2 * MINUTE, { query: 'partial_outage' })).toBe('worse');
    expect(story.incident.id).toBe(first);
  });
  it('joins the one in which something fails, so that one function fails in one only', () => {
    const first = story.incident.id;
    story.at(T0 + 2 * MINUTE, { download: 'major_outage' });
    expect(story.at(T0 + 3 * MINUTE, { query: 'major_outage' })).toBe('joined');
    expect(story.incident.id).not.toBe(first);
    expect(story.incident.components).toEqual(['beijing.download', 'beijing.query']);
    // The first one is not over while its function fails.
    expect(story.at(T0 + 30 * MINUTE)).toBeNull();
    story.at(T0 + 40 * MINUTE, { query: 'operational', download: 'operational' });
    expect(story.at(T0 + 45 * MINUTE)).toBe('resolved resolved');
  });
});

describe('recovery', () => {
  beforeEach(() => {
    story.at(T0, { query: 'major_outage', download: 'major_outage' });
  });
  it('monitors when all are operational and resolves after resolve_after', () => {
    expect(story.at(T0 + MINUTE, { query: 'operational' })).toBe('better');
    expect(story.at(T0 + 2 * MINUTE, { download: 'operational' })).toBe('recovered');
    expect(story.incident).toMatchObject({ status: 'monitoring', monitoring_at: T0 + 2 * MINUTE });
    expect(story.at(T0 + 7 * MINUTE - 1)).toBe(null);
    expect(story.at(T0 + 7 * MINUTE)).toBe('resolved');
    expect(story.incident).toMatchObject({ status: 'resolved', resolved_at: T0 + 7 * MINUTE });
  });
  it('goes back to investigating when it fails while being watched', () => {
    story.at(T0 + MINUTE, { query: 'operational', download: 'operational' });
    expect(story.at(T0 + 2 * MINUTE, { download: 'partial_outage' })).toBe('worse');
    expect(story.incident).toMatchObject({ status: 'investigating', monitoring_at: null });
  });
  it('does not resolve while one is unknown', () => {
    story.at(T0 + MINUTE, { query: 'operational', download: 'operational' });
    story.at(T0 + 2 * MINUTE, { download: 'unknown' });
    expect(story.at(T0 + 60 * MINUTE)).toBe(null);
  });
  it('resolves only after resolve_after of watched time', () => {
    story.at(T0 + MINUTE, { query: 'operational', download: 'operational' });
    story.at(T0 + 2 * MINUTE, { download: 'unknown' });
    story.at(T0 + 20 * MINUTE, { download: 'operational' });
    expect(story.at(T0 + 25 * MINUTE - 1)).toBe(null);
    expect(story.at(T0 + 25 * MINUTE)).toBe('resolved');
  });
  it('I6: nor does a time in which we did not measure count as watched', () => {
    story.at(T0 + MINUTE, { query: 'operational', download: 'operational' });
    story.blind_until = T0 + 4 * MINUTE;
    expect(story.at(T0 + 9 * MINUTE - 1)).toBe(null);
    expect(story.at(T0 + 9 * MINUTE)).toBe('resolved');
  });
  it('is not better while a part is not known, nor worse when it is known again', () => {
    story.notes = { query: [{ code: 'not_known', checks: ['second'] }] };
    expect(story.at(T0 + MINUTE, { query: 'partial_outage' })).toBe(null);
    story.notes = {};
    expect(story.at(T0 + 2 * MINUTE, { query: 'major_outage' })).toBe(null);
    expect(story.at(T0 + 3 * MINUTE, { query: 'partial_outage' })).toBe('better');
  });
  it('never resolves what a person took over, but comments', () => {
    if (story.known)
      story.known = {
        ...story.known,
        incident: { ...story.incident, status: 'identified', taken_over: true },
      };
    expect(story.at(T0 + MINUTE, { query: 'operational', download: 'operational' })).toBe(
      'recovered',
    );
    expect(story.incident.status).toBe('identified');
    expect(story.at(T0 + 60 * MINUTE)).toBe(null);
  });
});

describe('reopening', () => {
  const RESOLVED = T0 + 6 * MINUTE;
  beforeEach(() => {
    story.at(T0, { query: 'major_outage' });
    story.at(T0 + MINUTE, { query: 'operational' });
    story.at(RESOLVED);
  });
  it('happens when the same function fails within 10 minutes', () => {
    const id = story.incident.id;
    expect(story.at(RESOLVED + 10 * MINUTE, { query: 'major_outage' })).toBe('reopened');
    expect(story.incident).toMatchObject({ id, status: 'investigating', resolved_at: null });
  });
  it('does not after that', () => {
    const id = story.incident.id;
    expect(story.at(RESOLVED + 10 * MINUTE + 1, { query: 'major_outage' })).toBe('opened');
    expect(story.incident.id).not.toBe(id);
  });
  it('does not when it is only slow: that is an incident of its own', () => {
    const id = story.incident.id;
    story.at(RESOLVED + MINUTE, { query: 'degraded_performance' });
    expect(story.at(RESOLVED + 6 * MINUTE)).toBe('opened');
    expect(story.incident).toMatchObject({ title: 'degraded', impact: 'minor' });
    expect(story.incident.id).not.toBe(id);
  });
  it('does not for another function', () => {
    expect(story.at(RESOLVED + MINUTE, { download: 'major_outage' })).toBe('opened');
  });
});

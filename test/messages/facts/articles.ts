import type everything from '../../../messages/zh-CN/articles.ts';
import { atLeast, type Facts, fact, label, lasting } from './fact.ts';

export default {
  'gaps.title': label,
  'gaps.about': fact('Gaps count neither as up nor as down.'),
  'gaps.time': label,
  'gaps.duration': label,
  'gaps.cause': label,
  'gaps.cut': fact('There are more gaps than are listed.', atLeast('n', 2)),
  'unavailable.title': fact('The store refuses to write.'),
  'unavailable.about': fact('The store refuses to write, and the request was undone.'),
  'incident.waiting': label,
  'incident.waiting_about': fact(
    'An incident that is over: journeys that waited at its start or end.',
  ),
  'incident.waiting_about_open': fact(
    'An open incident: journeys that waited at its start, or wait.',
  ),
  'incident.waiting_kept': fact(
    'Journeys that ended are kept for so long (retention).',
    lasting('duration'),
  ),
  'incident.waiting_cut': fact('There are more than are listed.', atLeast('n', 2)),
  'incident.evidence': label,
  'incident.evidence_about': fact(
    'Results of the incident that are not ok, by the minute of their start.',
  ),
  'incident.evidence_none': fact('Of all of this time they are kept, and there is none.'),
  'incident.evidence_gone': fact('It began longer ago than they are kept.', lasting('duration')),
  'incident.evidence_own': fact('Own traffic tells of one of its functions.'),
  'incident.evidence_cut': fact('There are more than are listed.', atLeast('n', 2)),
  'page.method': label,
  'page.method_body': fact('The rules of docs/judging.md, in short.'),
} satisfies Facts<keyof typeof everything>;

import type texts from '../../../../messages/zh-CN/page/states.ts';
import { type Facts, fact, label } from '../fact.ts';

const state = (it: string) =>
  fact(`The state of a component or task is ${it} (ComponentView.state).`);
const ailment = (what: string) => fact(`ailmentOf(state, notes): ${what}.`);

export default {
  'state.unknown': state('unknown'),
  'state.unknown_because': fact('State unknown, by a note not_judged or a gap with a cause.'),
  'state.operational': state('operational'),
  'state.degraded_performance': state('degraded_performance, and how is not told'),
  'state.partial_outage': state('partial_outage, and how is not told'),
  'state.major_outage': state('major_outage, and how is not told'),
  'state.under_maintenance': state('under_maintenance'),

  'ailment.outage': ailment('major_outage, and no note says more'),
  'ailment.says_maintenance': ailment('major_outage; all that fails says that it is maintained'),
  'ailment.still_maintained': ailment('the same, and an announced maintenance went before'),
  'ailment.stalled': ailment('an outage with a note stalled'),
  'ailment.partial_outage': ailment('partial_outage, and no note says more'),
  'ailment.part_lost': ailment('partial_outage with a note part_lost'),
  'ailment.some_users': ailment('partial_outage with a note some_users_affected'),
  'ailment.catching_up': ailment('degraded_performance with a note catching_up'),
  'ailment.degraded': ailment('degraded_performance with a note degraded'),
  'ailment.slow': ailment('degraded_performance, and no note says more'),

  'function.login': label,
  'function.apply': label,
  'function.issue': label,
  'function.upload': label,
  'function.review': label,
  'function.query': label,
  'function.sync': label,
  'function.download': label,
  'function.deliver': label,
  'function.verify': label,
  'function.api': label,
  'function.reach': label,

  'stage.accepted': label,
  'stage.reviewed': label,
  'stage.issued': label,
  'stage.sealed': label,
  'stage.delivered': label,
  'stage.downloadable': label,
  'stage.verified': label,
} satisfies Facts<keyof typeof texts>;

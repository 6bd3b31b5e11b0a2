import type zhCN from '../../zh-CN/page/states.ts';

export default {
  'state.unknown': 'Unknown',
  'state.unknown_because': 'Unknown: {why}',
  'state.operational': 'Normal',
  'state.degraded_performance': 'Slow or restricted',
  'state.partial_outage': 'Partly down',
  'state.major_outage': 'Down',
  'state.under_maintenance': 'Maintenance',

  'ailment.outage': 'Down',
  'ailment.says_maintenance': 'Says it is under maintenance, unannounced',
  'ailment.still_maintained': 'Says it is still under maintenance',
  'ailment.stalled': 'Stalled',
  'ailment.partial_outage': 'Partly down',
  'ailment.part_lost': 'Lacks some invoices',
  'ailment.some_users': 'Fails for some users',
  'ailment.catching_up': 'Catching up',
  'ailment.degraded': 'Restricted',
  'ailment.slow': 'Slow',

  'function.issue': 'Issue',
  'function.upload': 'Upload',
  'function.query': 'Query',
  'function.sync': 'Sync',
  'function.download': 'Download',
  'function.deliver': 'Delivery',
  'function.verify': 'Verify',
  'function.reach': 'Access',
} satisfies Record<keyof typeof zhCN, string>;

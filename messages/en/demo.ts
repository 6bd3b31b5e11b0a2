import type zhCN from '../zh-CN/demo.ts';

export default {
  'drills.title': 'Drills',
  'drills.about':
    'Break the simulated systems here and see what the page, the alerts and subscribers make ' +
    'of it. A drill ends by itself in time, and you can stop it at any moment. Only simulated ' +
    'systems are touched.',
  'drills.now': 'Under way',
  'drills.none': 'No drill is under way.',
  'drills.system': 'System',
  'drills.kind': 'Drill',
  'drills.ends': 'Ends',
  'drills.end': 'Stop',
  'drills.start_at': 'Break {system}',
  'drills.what': 'How',
  'drills.function': 'Which function',
  'drills.format': 'Which files',
  'drills.all': 'all',
  'drills.ms': 'Longer by how many ms',
  'drills.code': 'Error code',
  'drills.rate': 'Speed of the sync (1 is normal)',
  'drills.minutes': 'For how many minutes',
  'drills.start': 'Start',
  'drills.refused': 'Not started: {detail}',
  'drill_kind.latency': 'slow answers',
  'drill_kind.error_code': 'an error code',
  'drill_kind.outage': 'out of service (HTTP 503)',
  'drill_kind.maintenance': 'says that it is under maintenance',
  'drill_kind.throttling': 'says that we ask too often',
  'drill_kind.stalled_sync': 'sync stands still',
  'drill_kind.slow_sync': 'sync is slow',
  'drill_kind.truncated': 'files cut short',
  'drill_kind.flipped': 'contents of files changed',
  'drill_kind.bit_rot': 'bytes of files gone bad',
  'drill_kind.html': 'an error page in place of files',
} satisfies Record<keyof typeof zhCN, string>;

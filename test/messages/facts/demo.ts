import type { DemoKey } from '../../../messages/keys.ts';
import { type Facts, fact, label } from './fact.ts';

const drill = (what: string) => fact(`A drill of this kind: ${what} (simulators/drills).`);

export default {
  'drills.title': label,
  'drills.about': fact('Drills reach simulators only, and each has an end (simulators/drills).'),
  'drills.now': label,
  'drills.none': fact('No simulator has a drill under way.'),
  'drills.system': label,
  'drills.kind': label,
  'drills.ends': label,
  'drills.end': label,
  'drills.start_at': label,
  'drills.what': label,
  'drills.function': label,
  'drills.format': label,
  'drills.all': label,
  'drills.ms': label,
  'drills.code': label,
  'drills.rate': label,
  'drills.minutes': label,
  'drills.start': label,
  'drills.refused': fact('The simulator refused the drill, and said why.'),
  'drill_kind.latency': drill('answers take longer'),
  'drill_kind.error_code': drill('answers carry an error code'),
  'drill_kind.outage': drill('every answer is HTTP 503'),
  'drill_kind.maintenance': drill('answers say that the system is under maintenance'),
  'drill_kind.throttling': drill('answers say that we ask too often'),
  'drill_kind.stalled_sync': drill('no invoice arrives'),
  'drill_kind.slow_sync': drill('invoices arrive at a lower rate'),
  'drill_kind.truncated': drill('files lack their end'),
  'drill_kind.flipped': drill('a value within files is another'),
  'drill_kind.bit_rot': drill('bytes of files are others'),
  'drill_kind.html': drill('a page of HTML comes in place of a file'),
} satisfies Facts<DemoKey>;

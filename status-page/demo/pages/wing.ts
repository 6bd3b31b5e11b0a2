import type { Mailbox } from '../../../channels/email/mailbox.ts';
import { problem } from '../../../http/problem.ts';
import type { Wing, WingParts } from '../../kit/wing.ts';
import type { Drills } from '../drills.ts';

/** Dependencies of the demo. */
export interface DemoParts {
  drills: Drills;
  mailbox: Mailbox;
}

export interface DemoWing extends Wing, DemoParts {}

/** Calls the simulators; failures become a problem document. */
export async function withSimulators(
  { log }: WingParts,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (err) {
    log.warn({ err }, 'simulators not available');
    return problem({
      status: 502,
      title: 'The simulators did not take it',
      detail: 'Try again in a moment.',
    });
  }
}

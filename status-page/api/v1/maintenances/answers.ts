import { problem } from '../../../../http/problem.ts';
import { maintenanceProblemText } from '../../../../messages/problems.ts';
import type { MaintenanceProblem } from '../../../../model/maintenance/problems.ts';
import type { Maintenance } from '../../../../model/maintenance.ts';
import type { CreationOutcome } from '../../../commands/maintenances.ts';
import { place, unprocessable } from '../problems.ts';
import type { WireDifference } from './differences.ts';
import { etagOf, type PublicSite, toWire } from './wire.ts';
import { WORDING } from './wording.ts';

/** The response to a command: the maintenance, or a problem document that lists each field. */
export function answerOutcome(
  outcome: CreationOutcome,
  site: PublicSite,
  status: 200 | 201 = 200,
): Response {
  switch (outcome.result) {
    case 'done':
    case 'same':
      return Response.json(toWire(outcome.maintenance, site), {
        status: outcome.result === 'done' ? status : 200,
        headers: { etag: etagOf(outcome.maintenance), 'cache-control': 'no-store' },
      });
    case 'missing':
      return problem({ status: 404, title: 'There is no such maintenance' });
    case 'refused':
      return refusal(outcome.problems);
  }
}

/** The response to a command on what is not as it was seen. */
export function answerStale(now: Maintenance, differences: WireDifference[]): Response {
  return problem({
    status: 412,
    title: 'It is not as you saw it',
    detail: `It is “${now.status}”. See the differences, then send the ETag of this answer.`,
    extensions: { differences },
    headers: { etag: etagOf(now) },
  });
}

function refusal(problems: MaintenanceProblem[]): Response {
  const wrong_status = problems.find(({ code }) => code === 'wrong_status');
  if (wrong_status) {
    return problem({
      status: 409,
      title: 'As it stands, this cannot be done',
      detail: maintenanceProblemText(wrong_status, WORDING),
    });
  }
  return unprocessable(
    problems.map((it) => ({
      ...place('json', it.field),
      detail: maintenanceProblemText(it, WORDING),
    })),
  );
}

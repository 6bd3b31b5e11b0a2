import { describe } from 'vitest';
import { adminTokenContract } from './admin-token.ts';
import { alertContract } from './alerts.ts';
import { changeContract } from './changes.ts';
import { checkContract } from './checks.ts';
import type { OpenDatabase } from './database.ts';
import { deliveryContract } from './deliveries.ts';
import { domainContract } from './domains.ts';
import { endedSessionsContract } from './ended-sessions.ts';
import { eventContract } from './events.ts';
import { excludedTimeContract } from './excluded-times.ts';
import { fanOutContract } from './fan-out.ts';
import { gapContract } from './gaps.ts';
import { incidentContract } from './incidents.ts';
import { installationContract } from './installation.ts';
import { integrityContract } from './integrity.ts';
import { journeyContract } from './journeys.ts';
import { maintenanceContract } from './maintenances.ts';
import { ownTroubleContract } from './own-troubles.ts';
import { pruneContract } from './prune.ts';
import { reachedStageContract } from './reached-stages.ts';
import { recordingContract } from './recording.ts';
import { resultContract } from './results.ts';
import { resumptionContract } from './resumption.ts';
import { rollupContract } from './rollups.ts';
import { QUERY, SYNC, UPLOAD } from './samples.ts';
import { specimenContract } from './specimens.ts';
import { stateContract } from './states.ts';
import { subscriberContract } from './subscribers.ts';
import { usualDelayContract } from './usual-delays.ts';
import { usualTrafficContract } from './usual-traffic.ts';
import { voidingContract } from './voiding.ts';

const PARTS = [
  installationContract,
  adminTokenContract,
  endedSessionsContract,
  checkContract,
  resultContract,
  voidingContract,
  rollupContract,
  stateContract,
  specimenContract,
  gapContract,
  usualDelayContract,
  usualTrafficContract,
  ownTroubleContract,
  domainContract,
  changeContract,
  incidentContract,
  journeyContract,
  reachedStageContract,
  eventContract,
  maintenanceContract,
  excludedTimeContract,
  alertContract,
  deliveryContract,
  fanOutContract,
  subscriberContract,
  recordingContract,
  resumptionContract,
  pruneContract,
  integrityContract,
];

/** What every engine behind the store must do: a part for each port, and for what crosses them. */
export function storeContract(name: string, open: () => Promise<OpenDatabase>): void {
  describe(`store on ${name}`, () => {
    for (const contract of PARTS) contract(openRegistered);
  });

  async function openRegistered(): Promise<OpenDatabase> {
    const database = await open();
    await database.store.register([UPLOAD, QUERY, SYNC]);
    return database;
  }
}

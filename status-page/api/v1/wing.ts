import type { Attempts } from '../../../http/attempts.ts';
import type { MaintenanceCommands } from '../../commands/maintenances.ts';
import type { DescribedOperation } from '../../kit/described.ts';
import type { Wing, WingParts } from '../../kit/wing.ts';
import { limitApiBody, requireToken } from './guard.ts';
import { createResource, type Resource } from './resource.ts';

/** Context of the API's resources. */
export interface ApiWing extends Wing {
  commands: MaintenanceCommands;
  /** Creates the resource of a route; it is included in the description. */
  newResource(path: string): Resource;
  /** All resources, in the order of the route table. */
  resources: readonly Resource[];
  /** Operations of others that the description includes. */
  documents: readonly DescribedOperation[];
}

export interface ApiWingParts extends WingParts {
  commands: MaintenanceCommands;
  attempts: Attempts;
  documents: readonly DescribedOperation[];
}

export function createApiWing(parts: ApiWingParts): ApiWing {
  const resources: Resource[] = [];
  return {
    ...parts,
    guard: [requireToken(parts), limitApiBody],
    resources,
    newResource(path) {
      const resource = createResource(path);
      resources.push(resource);
      return resource;
    },
  };
}

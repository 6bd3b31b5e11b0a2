import type { FileReason } from '../../model/vocabulary.ts';
import { type IntegrityRequest, inspectFile } from '../../probes/integrity/index.ts';

/** `sound`, or the reason that the first reader gives, and where. */
export function inspection(request: IntegrityRequest): {
  found: FileReason | 'sound';
  where: string | null;
} {
  const { reason, where } = inspectFile(request).integrity;
  return { found: reason ?? 'sound', where };
}

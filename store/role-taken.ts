/** What runs once per data directory. */
export type SoleRole = 'collector' | 'notifier';

/** The process that has a place, as it wrote of itself. */
export interface PlaceHolder {
  pid: number;
  parent: number;
}

/** Another process of this role works in the data directory. */
export class RoleTaken extends Error {
  override name = 'RoleTaken';
  constructor(
    { role, data_dir }: { role: SoleRole; data_dir: string },
    holder: PlaceHolder | null,
  ) {
    const which = holder !== null && isAlive(holder.pid) ? `process ${holder.pid}` : 'unknown pid';
    const is_orphan = holder !== null && isAlive(holder.pid) && !isAlive(holder.parent);
    super(
      `Another installation runs in the data directory ${data_dir}: its ${role} (${which}` +
        `${is_orphan ? ', whose supervisor is gone' : ''}). Stop it, or set DATA_DIR to another ` +
        'directory.',
    );
  }
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

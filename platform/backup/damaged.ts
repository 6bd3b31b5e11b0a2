/** A file that is no backup, or not as it was written. Nothing was taken from it. */
export class BackupDamaged extends Error {
  override name = 'BackupDamaged';
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(`${path} is no sound backup: ${what}.`, options);
  }
}

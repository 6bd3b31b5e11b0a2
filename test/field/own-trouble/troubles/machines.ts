import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { HOUR } from '../../../../model/time.ts';
import { sleepMs } from '../instant.ts';
import { type Stage, trouble } from './trouble.ts';

const LOCKED_MS = 30_000;
const LATE_MS = 6 * HOUR;
const LOG_TRIES = 50;

/** The disk, the database, and the life of the processes. */
export const MACHINES = [
  // Where a file of the database has room of its own, nothing is lost and no gap is due.
  trouble('disk', 'the disk is full', fillDisk, { keeps_slots: true }),
  trouble('lock', 'another program holds the write lock for 30 s', holdLock, {
    leaves: 'lock',
    keeps_slots: true,
  }),
  trouble('restart', 'everything is stopped, or killed, and started again', restart),
  trouble('late', 'everything is stopped and started 6 h later', startLate, {
    jumped_ms: LATE_MS,
    leaves: 'restart',
  }),
];

async function fillDisk({ data_dir, product, pace }: Stage): Promise<void> {
  await emptyLog(product.now().database);
  const ballast = join(data_dir, 'ballast');
  fill(ballast);
  await sleepMs(pace.trouble_ms);
  unlinkSync(ballast);
}

/**
 * A log that was long keeps its room, in which a full disk would be written for minutes more.
 * Whoever reads meanwhile keeps it as it is.
 */
async function emptyLog(path: string): Promise<void> {
  const database = new Database(path, { timeout: 5_000 });
  const isEmpty = () => database.pragma('wal_checkpoint(truncate)', { simple: true }) === 0;
  for (let tries = 0; tries < LOG_TRIES && !isEmpty(); tries += 1) await sleepMs(100);
  database.close();
}

/** Writes until there is not a byte left. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  for (let bytes = 65_536; bytes >= 1; ) {
    try {
      writeSync(file, Buffer.alloc(bytes));
    } catch {
      bytes = Math.floor(bytes / 2);
    }
  }
  closeSync(file);
}

async function holdLock({ product }: Stage): Promise<void> {
  const database = new Database(product.now().database, { timeout: LOCKED_MS });
  database.exec('begin immediate');
  await sleepMs(LOCKED_MS);
  database.exec('rollback');
  database.close();
}

async function restart({ product, turn }: Stage): Promise<void> {
  if (turn % 2 === 0) await product.stop();
  else await product.kill();
  await product.start();
}

/** The machine was off: its clock went on. */
async function startLate({ product }: Stage): Promise<void> {
  await product.stop();
  product.setClock(product.wallMs() - Date.now() + LATE_MS);
  await product.start();
}

import { describe, expect, it } from 'vitest';
import { opensHere } from '../../../probes/files/pdf-js.ts';
import { type JudgedFile, judgeFile } from '../../../probes/integrity/index.ts';
import { type Expectation, NUMBER } from './field-file.ts';
import { FILES, type NamedFile } from './index.ts';
import { OFDRW, RECORDED } from './reference/recorded.ts';
import { sha256 } from './reference/recording.ts';
import { type ReferenceVerdict, referenceVerdict } from './reference/verdict.ts';

/**
 * Reasons for which a sound file may be left unjudged: limits of ours, and a stream whose checksum
 * is wrong, which readers do not look at.
 */
const OUR_LIMITS = new Set([
  'stream_unread',
  'too_large',
  'unknown_filter',
  'unknown_digest',
  'unknown_kind',
  'unknown_compression',
  'encrypted',
]);

/** What a file may take on the machine that the limits were set on. */
const BUDGET_MS = 200;

/** Milliseconds of CPU that judging took, without the second reader, by file. */
const took = new Map<string, number>();

const count = { sound: 0, between: 0, disputed: 0, refused: 0 };

describe('a file as public readers take it', () => {
  it('has at least 100 instances, each under a name of its own', () => {
    expect(new Set(FILES.map(({ name }) => name)).size).toBe(FILES.length);
    expect(FILES.length).toBeGreaterThanOrEqual(100);
  });

  for (const file of FILES) {
    const title = file.id === undefined ? file.name : `${file.id} · ${file.name}`;
    it(title, async () => {
      const bytes = file.make();
      const reference = recordedVerdict(file, bytes);
      count[reference] += 1;
      const judged = await judge(file, bytes);
      const said = wordsOf(judged);
      expect(lawBroken(reference, file, judged), said).toBe(null);
      if (file.should !== undefined) expect(unlike(file.should, judged), said).toEqual([]);
    });
  }

  it('is judged within 200 ms of work, on any machine within five times that', () => {
    const slowest = [...took].toSorted(([, a], [, b]) => b - a).slice(0, 5);
    const lines = slowest.map(([name, ms]) => `  ${ms.toFixed(0).padStart(5)} ms  ${name}`);
    const sums = Object.entries(count).map(([verdict, n]) => `${n} ${verdict}`);
    process.stdout.write(`files: ${sums.join(', ')}; slowest:\n${lines.join('\n')}\n`);
    expect(took.size).toBe(FILES.length);
    expect(slowest.filter(([, ms]) => ms > 5 * BUDGET_MS)).toEqual([]);
  });
});

function recordedVerdict(file: NamedFile, bytes: Uint8Array): ReferenceVerdict {
  const hash = sha256(bytes);
  const recorded = RECORDED.files[file.name];
  const again = 'the file changed: npm run record -- files';
  expect(recorded?.sha256, again).toBe(hash);
  if (recorded === undefined) throw new Error(again);
  const answer = OFDRW.files[hash];
  if (file.format === 'ofd') expect(answer, 'ask ofdrw again: ofdrw/README.md').toBeDefined();
  const verdict = referenceVerdict(file.format, recorded, answer);
  return verdict === 'refused' && file.opened_by !== undefined ? 'between' : verdict;
}

async function judge(file: NamedFile, bytes: Uint8Array): Promise<JudgedFile> {
  let apart = 0;
  const pdf = async (content: Uint8Array) => {
    const start = cpuMs();
    const opened = await opensHere(Uint8Array.from(content));
    apart += cpuMs() - start;
    return opened;
  };
  const start = cpuMs();
  const { format } = file;
  const expected = { number: NUMBER };
  const judged = await judgeFile({ format, bytes, content_length: null, expected }, { pdf });
  took.set(file.name, cpuMs() - start - apart);
  return judged;
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** What of the law is broken; null if nothing. */
function lawBroken(reference: ReferenceVerdict, file: NamedFile, judged: JudgedFile) {
  const { verdict, reason } = judged.integrity;
  if (reference === 'refused') return verdict === 'sound' ? 'broken, and called sound' : null;
  if (file.unseen !== undefined || reference === 'disputed') return null;
  if (verdict === 'corrupt' || verdict === 'mismatch') return `${reference}, and called ${verdict}`;
  const excused = verdict === 'sound' || (reason !== null && OUR_LIMITS.has(reason));
  return reference === 'sound' && !excused ? `sound, and not judged: ${reason}` : null;
}

/** What differs from the case's words. */
function unlike(should: Expectation, { integrity, notes }: JudgedFile): string[] {
  const among = (allowed: unknown, it: unknown) => [allowed].flat().includes(it);
  return [
    ...(among(should.verdict, integrity.verdict) ? [] : ['verdict']),
    ...(should.checked === undefined || should.checked === integrity.checked ? [] : ['checked']),
    ...(should.reason === undefined || among(should.reason, integrity.reason) ? [] : ['reason']),
    ...(should.notes ?? []).filter((note) => !notes.includes(note)).map((note) => `no ${note}`),
  ];
}

function wordsOf({ integrity, notes }: JudgedFile): string {
  const { verdict, checked, reason, where } = integrity;
  return [verdict, checked, reason, where, ...notes].filter((it) => it !== null).join(' · ');
}

/** Events in a file, as lines of NDJSON: from NDJSON, or from CSV with the fields as its head. */

/** Nothing that is an event is longer. */
const LONGEST = 1024 * 1024;

/** Takes pieces of a file as they come; each returns the events that are whole by then. */
export interface EventReader {
  take(text: string): string[];
  /** What is left at the end: the last line may have no line break. */
  end(): string[];
}

export function readNdjson(): EventReader {
  let rest = '';
  return {
    take(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      requireShort(rest);
      return lines.map((line) => line.trim()).filter((line) => line !== '');
    },
    end: () => [rest.trim()].filter((line) => line !== ''),
  };
}

/** How fields are read that are no texts in an event. */
const OTHERS: Record<string, (text: string) => unknown> = {
  duration_ms: Number,
  at_latest: (text) => (text === 'true' || text === 'false' ? text === 'true' : text),
};

/** RFC 4180: quotes where a value has a comma, a quote or a line break. Empty values are absent. */
export function readCsv(): EventReader {
  let head: string[] | null = null;
  let row: string[] = [];
  let value = '';
  let quoted: 'no' | 'yes' | 'closing' = 'no';
  return {
    take(text) {
      const events = [...text].flatMap(takeCharacter);
      requireShort(value);
      return events;
    },
    end: () => (value === '' && row.length === 0 ? [] : endOfRow()),
  };

  function takeCharacter(it: string): string[] {
    if (quoted === 'yes') {
      if (it === '"') quoted = 'closing';
      else value += it;
      return [];
    }
    if (it === '"') {
      // Twice within quotes is one.
      if (quoted === 'closing') value += it;
      quoted = 'yes';
      return [];
    }
    quoted = 'no';
    if (it === ',') endOfValue();
    else if (it === '\n') return endOfRow();
    else if (it !== '\r') value += it;
    return [];
  }

  function endOfValue(): void {
    row.push(value);
    value = '';
  }

  function endOfRow(): string[] {
    endOfValue();
    const values = row;
    row = [];
    quoted = 'no';
    if (values.length === 1 && values[0] === '') return [];
    if (head === null) {
      // Spreadsheets write a byte order mark.
      head = values.map((name) => name.replace(/^\uFEFF/, '').trim());
      return [];
    }
    const fields = head.flatMap((name, i): [string, unknown][] => {
      const text = values[i] ?? '';
      if (text === '') return [];
      return [[name, OTHERS[name]?.(text) ?? text]];
    });
    return [JSON.stringify(Object.fromEntries(fields))];
  }
}

function requireShort(text: string): void {
  if (text.length > LONGEST)
    throw new Error(
      'a line, or a value in quotes, is longer than 1 MiB: this is no file of events',
    );
}

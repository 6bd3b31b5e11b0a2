import { MIXED } from './mixed-requests.ts';

/** The mix as a script of wrk, in Lua. */
export function mixAsScript(): string {
  const rows = MIXED.map(({ method, path, headers, body }) => {
    const named = Object.entries(headers).map(([name, it]) => `[${text(name)}] = ${text(it)}`);
    return `  { ${text(method)}, ${text(path)}, { ${named.join(', ')} }, ${text(body)} },`;
  });
  return `local mix = {
${rows.join('\n')}
}
local asked = 0

local function named(words)
  return (words:gsub("{n}", string.format("%012d", asked)))
end

function request()
  local row = mix[asked % #mix + 1]
  asked = asked + 1
  local body = row[4] ~= "" and named(row[4]) or nil
  return wrk.format(row[1], named(row[2]), row[3], body)
end
`;
}

/** JSON of such texts is what Lua reads too. */
function text(value: string): string {
  return JSON.stringify(value);
}

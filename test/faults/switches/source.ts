import type { Fault } from '../fault.ts';
import { isNode, nodesOf, type SyntaxNode } from '../walk.ts';

export interface NumberedFault {
  id: number;
  fault: Fault;
}

type Placed = ReadonlyMap<SyntaxNode, readonly NumberedFault[]>;

/** What the runner gives every process: whether a fault is on, and what to work out anew then. */
const HEAD = 'const __fault = globalThis.__fault ?? (() => false);';

/**
 * The text of a file in which each fault stands beside what is right, on where `__fault(id)` is
 * true (mutant schemata: Untch, Offutt, Harrold 1993): loaded once, it is tried with all of them.
 */
export function withSwitches(path: string, text: string, faults: readonly NumberedFault[]): string {
  const nodes = [...nodesOf(path, text)].map(([node]) => node);
  const [program] = nodes;
  if (program === undefined || faults.length === 0) return text;
  const placed = Map.groupBy(faults, ({ fault }) => placeOf(nodes, fault));
  const constants = constantsOf(program).filter(({ init }) => idsAtLoad(init, placed).length > 0);
  const declared = new Set(constants.map(({ declaration }) => declaration));

  function switched(node: SyntaxNode): string {
    const sound = declared.has(node) ? `let${inside(node).slice('const'.length)}` : inside(node);
    return (placed.get(node) ?? []).reduce((so_far, it) => choice(text, node, so_far, it), sound);
  }

  function inside(node: SyntaxNode): string {
    let at = node.start;
    let out = '';
    for (const child of childrenOf(node)) {
      // A name that is key and value at once stands there once.
      if (child.start < at) continue;
      out += text.slice(at, child.start) + switched(child);
      at = child.end;
    }
    return out + text.slice(at, node.end);
  }

  const before = text.slice(0, program.start);
  const anew = constants.map(
    ({ name, init }) =>
      `globalThis.__faultyConstant?.(${JSON.stringify(idsAtLoad(init, placed))}, ` +
      `() => { ${name} = ${switched(init)}; });`,
  );
  // On one line with the first, so that lines keep their numbers.
  return `${HEAD}${before}${switched(program)}${text.slice(program.end)}\n${anew.join('\n')}`;
}

/** What is right, or a fault of it. */
function choice(text: string, node: SyntaxNode, sound: string, { id, fault }: NumberedFault) {
  const { operator, start, end, to } = fault;
  if (operator === 'dropped statement') return `if (__fault(${id})) {} else { ${sound} }`;
  if (operator === 'dropped spread')
    return `...(__fault(${id}) ? ${to.slice('...'.length)} : (${sound.slice('...'.length)}))`;
  const wrong = text.slice(node.start, start) + to + text.slice(end, node.end);
  return `(__fault(${id}) ? (${wrong}) : (${sound}))`;
}

/** The smallest node that holds what the fault replaces. */
function placeOf(nodes: readonly SyntaxNode[], { start, end, operator }: Fault): SyntaxNode {
  const around = nodes.filter(
    (it) =>
      it.start <= start &&
      end <= it.end &&
      (operator !== 'dropped statement' || it.type === 'ExpressionStatement'),
  );
  return around.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
}

const TYPES = ['typeAnnotation', 'returnType', 'typeArguments', 'typeParameters'];

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.entries(node)
    .filter(([key]) => !TYPES.includes(key))
    .flatMap(([, value]) => [value].flat())
    .filter(isNode)
    .toSorted((a, b) => a.start - b.start);
}

interface Constant {
  declaration: SyntaxNode;
  name: string;
  init: SyntaxNode;
}

/** Those at the top of a file: worked out once, when it is loaded. */
function constantsOf({ body }: SyntaxNode): Constant[] {
  return [body]
    .flat()
    .filter(isNode)
    .flatMap((statement) => {
      const declaration =
        statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      if (!isNode(declaration) || declaration.kind !== 'const') return [];
      const [one, ...others] = [declaration.declarations].flat().filter(isNode);
      if (one === undefined || others.length > 0 || !isNode(one.id) || !isNode(one.init)) return [];
      const { id, init } = one;
      return id.type === 'Identifier' ? [{ declaration, name: String(id.name), init }] : [];
    });
}

/** The faults of an expression that are met without a call. */
function idsAtLoad(node: SyntaxNode, placed: Placed): number[] {
  if (node.type.includes('Function')) return [];
  const own = (placed.get(node) ?? []).map(({ id }) => id);
  return [...own, ...childrenOf(node).flatMap((it) => idsAtLoad(it, placed))];
}

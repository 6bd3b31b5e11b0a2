import { parseSync } from 'vite';

/** A node of the syntax tree (ESTree), with what operators ask of it. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** Has no part in what runs. */
const NOT_RUN = /^(Import|ExportAll|TS(?!AsExpression|SatisfiesExpression|NonNullExpression))/;

/** Every node of a TypeScript file that is run, outermost first, and the node around it. */
export function* nodesOf(path: string, text: string): Generator<[SyntaxNode, SyntaxNode | null]> {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  yield* below(program as unknown as SyntaxNode, null);
}

/** What the log says is for people, and no test's business. */
function isLogged({ type, expression }: SyntaxNode): boolean {
  if (type !== 'ExpressionStatement' || !isNode(expression)) return false;
  const { callee } = expression;
  return isNode(callee) && isNode(callee.object) && callee.object.name === 'log';
}

function* below(
  node: SyntaxNode,
  parent: SyntaxNode | null,
): Generator<[SyntaxNode, SyntaxNode | null]> {
  if (NOT_RUN.test(node.type) || isLogged(node)) return;
  yield [node, parent];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'typeAnnotation' || key === 'returnType' || key === 'typeArguments') continue;
    for (const child of [value].flat()) if (isNode(child)) yield* below(child, node);
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

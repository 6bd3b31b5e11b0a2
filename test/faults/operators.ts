import type { Fault } from './fault.ts';
import { isNode, nodesOf, type SyntaxNode } from './walk.ts';

/** What stands instead of a node, or of a part of it. */
interface Replacement {
  operator: string;
  start: number;
  end: number;
  to: string;
}

interface Place {
  node: SyntaxNode;
  parent: SyntaxNode | null;
  text: string;
}

const OPERATORS: readonly ((place: Place) => Replacement[])[] = [
  otherNumber,
  otherUnit,
  otherOperator,
  otherCondition,
  withoutStatement,
  withoutSpread,
];

/** Every fault that the operators can plant in a file. */
export function faultsOf(path: string, text: string): Fault[] {
  const faults = new Map<string, Fault>();
  for (const [node, parent] of nodesOf(path, text)) {
    for (const operator of OPERATORS) {
      for (const it of operator({ node, parent, text }))
        faults.set(`${it.start} ${it.end} ${it.to}`, faultOf(path, text, it));
    }
  }
  return [...faults.values()];
}

function faultOf(path: string, text: string, replacement: Replacement): Fault {
  const { start, end, to } = replacement;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line_end = text.indexOf('\n', end);
  const until = line_end === -1 ? text.length : line_end;
  const flat = (lines: string) => lines.replaceAll(/\s+/g, ' ').trim();
  return {
    path,
    ...replacement,
    line: text.slice(0, start).split('\n').length,
    before: flat(text.slice(from, until)),
    after: flat(text.slice(from, start) + to + text.slice(end, until)),
  };
}

function otherNumber({ node, parent }: Place): Replacement[] {
  const { type, value, start, end } = node;
  if (type !== 'Literal' || typeof value !== 'number' || isKey(node, parent)) return [];
  const others = isDefault(node, parent) ? [LATEST] : othersOf(value);
  return others.map((to) => ({ operator: 'number', start, end, to: String(to) }));
}

function othersOf(value: number): number[] {
  return value === 0 ? [1] : value === 1 ? [0, 2] : [value * 2, value / 2];
}

/** After every instant, and more than there is of anything. */
const LATEST = 1e13;

/** Before every instant: 1 ms later is the same to everybody. */
function isDefault(node: SyntaxNode, parent: SyntaxNode | null): boolean {
  return node.value === 0 && parent?.operator === '??' && parent.right === node;
}

function isKey(node: SyntaxNode, parent: SyntaxNode | null): boolean {
  return parent?.type === 'Property' && parent.key === node;
}

const UNITS = new Map([
  ['SECOND', 'MINUTE'],
  ['MINUTE', 'HOUR'],
  ['HOUR', 'MINUTE'],
  ['DAY', 'HOUR'],
]);

/** Another unit of time; the number of ms, because the other's name may not be imported. */
const UNIT_MS: Record<string, string> = { MINUTE: '60_000', HOUR: '3_600_000' };

function otherUnit({ node, parent }: Place): Replacement[] {
  const other = node.type === 'Identifier' ? UNITS.get(String(node.name)) : undefined;
  if (other === undefined || parent?.type === 'VariableDeclarator') return [];
  return [{ operator: 'unit', start: node.start, end: node.end, to: UNIT_MS[other] ?? other }];
}

const OTHERS: Record<string, readonly string[]> = {
  '<': ['<=', '>'],
  '<=': ['<', '>='],
  '>': ['>=', '<'],
  '>=': ['>', '<='],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
};

function otherOperator({ node, text }: Place): Replacement[] {
  const { type, operator, left, right } = node;
  if (type !== 'BinaryExpression' && type !== 'LogicalExpression') return [];
  if (!isNode(left) || !isNode(right)) return [];
  // The operator stands alone between its operands, but for brackets.
  const start = text.indexOf(String(operator), left.end);
  if (start === -1 || start >= right.start) return [];
  const end = start + String(operator).length;
  const others = OTHERS[String(operator)] ?? [];
  return others.map((to) => ({ operator: `${operator}`, start, end, to }));
}

function otherCondition({ node, text }: Place): Replacement[] {
  const { type, start, end, operator, argument, test } = node;
  if (type === 'UnaryExpression' && operator === '!' && isNode(argument)) {
    const to = text.slice(argument.start, argument.end);
    return [{ operator: 'negation', start, end, to }];
  }
  if ((type !== 'IfStatement' && type !== 'ConditionalExpression') || !isNode(test)) return [];
  const to = `!(${text.slice(test.start, test.end)})`;
  return [{ operator: 'negation', start: test.start, end: test.end, to }];
}

const DROPPED = ['CallExpression', 'AssignmentExpression', 'AwaitExpression', 'UpdateExpression'];

function withoutStatement({ node }: Place): Replacement[] {
  const { type, expression, start, end } = node;
  if (type !== 'ExpressionStatement' || !isNode(expression)) return [];
  if (!DROPPED.includes(expression.type)) return [];
  return [{ operator: 'dropped statement', start, end, to: ';' }];
}

function withoutSpread({ node, parent }: Place): Replacement[] {
  if (node.type !== 'SpreadElement' || parent?.type === 'CallExpression') return [];
  const to = parent?.type === 'ObjectExpression' ? '...{}' : '...[]';
  return [{ operator: 'dropped spread', start: node.start, end: node.end, to }];
}

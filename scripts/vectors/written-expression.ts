/** Smooth functions of one number that a text may name. */
export const CURVES = ['tanh', 'sigmoid', 'exp'] as const;
export type Curve = (typeof CURVES)[number];

/** An arithmetic expression in the columns of an input row. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'column'; column: number }
  | { kind: 'sum' | 'product' | 'maximum'; of: readonly Expression[] }
  | { kind: 'quotient'; of: readonly [Expression, Expression] }
  | { kind: 'relu'; of: Expression }
  | { kind: 'curve'; curve: Curve; of: Expression };

export interface WrittenExpression {
  expression: Expression;
  /** Name of each column; empty for columns that the text does not name. */
  names: readonly string[];
}

const TOKEN = /\s*(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+|[a-z]+_?\d*|\*\*|[-+*/^(),])/iy;
const FUNCTIONS = new Set<string>(['relu', 'max', 'min', 'abs', ...CURVES]);
const isName = (token: string | undefined): token is string =>
  token !== undefined && /^[a-z]/i.test(token) && !FUNCTIONS.has(token.toLowerCase());

/**
 * Reads a text such as "f = 2a - relu(x1 - 1.5); inputs a (3)": numbers, names, + - * / ^, products without a sign
 * between the factors, relu, abs, max, min and
 * the {@link CURVES}. What follows ';', or ',' outside of brackets, is a remark.
 *
 * Columns: as the remark says when it lists "inputs a (3), b (2)" (a1 a2 a3 b1 b2); by their number when all names
 * are one letter with numbers (x0 or x1 is the first); else names in the order of appearance.
 * @param inputCount - length of the row; columns beyond the named ones have no influence.
 * @throws Error naming what cannot be read.
 */
export function writtenExpression(text: string, inputCount?: number): WrittenExpression {
  const { formula, remark } = splitRemark(text.replace(/^\s*[a-z]\w*\s*(\([^)]*\))?\s*=/i, ''));
  const tokens = tokensOf(formula);
  const names = columnNames([...new Set(tokens.filter(isName))], remark);
  if (inputCount !== undefined) {
    if (names.length > inputCount) throw new Error(`"${text}" names more than ${inputCount} inputs`);
    while (names.length < inputCount) names.push('');
  }
  return { expression: parse(tokens, names), names };
}

function splitRemark(text: string): { formula: string; remark: string } {
  let depth = 0;
  for (const [at, sign] of [...text].entries()) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === ';' || (sign === ',' && depth === 0)) {
      return { formula: text.slice(0, at), remark: text.slice(at + 1) };
    }
  }
  return { formula: text, remark: '' };
}

function tokensOf(formula: string): string[] {
  const text = formula.replaceAll('−', '-').replace(/[·×]/g, '*').trimEnd();
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const { lastIndex } = pattern;
    const found = pattern.exec(text)?.[1];
    if (found === undefined) throw new Error(`cannot read "${text.slice(lastIndex)}"`);
    tokens.push(found);
  }
  return tokens;
}

/** A case that asks for more is damaged, or wants to fill the memory. */
const MOST_FACTORS = 64;
const MOST_COLUMNS = 10_000;
function checkColumns(count: number): void {
  if (!(count <= MOST_COLUMNS)) throw new Error(`${count} inputs are more than ${MOST_COLUMNS}`);
}

function columnNames(named: readonly string[], remark: string): string[] {
  const listed = /\binputs?\b(.*)/i.exec(remark)?.[1] ?? '';
  const blocks = [...listed.matchAll(/([a-z]+)\s*\((\d+)\)/gi)];
  if (blocks.length > 0) {
    checkColumns(blocks.reduce((sum, [, , count]) => sum + Number(count), 0));
    const names = blocks.flatMap(([, stem, count]) =>
      Array.from({ length: Number(count) }, (_, i) => `${stem}${i + 1}`),
    );
    const missing = named.find((name) => !names.includes(name));
    if (missing !== undefined) throw new Error(`"${missing}" is none of the inputs ${names.join(', ')}`);
    return names;
  }
  const stems = new Set(named.map((name) => name.replace(/\d+$/, '')));
  const numbers = named.map((name) => /\d+$/.exec(name)?.[0]);
  if (stems.size !== 1 || numbers.includes(undefined)) return [...named];
  const [stem] = stems;
  const first = Math.min(1, ...numbers.map(Number));
  const last = Math.max(...numbers.map(Number));
  checkColumns(last - first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => `${stem}${first + i}`);
}

function parse(tokens: readonly string[], names: readonly string[]): Expression {
  let at = 0;
  const take = (token: string) => {
    if (tokens[at] !== token) throw new Error(`"${token}" expected, not "${tokens[at] ?? 'the end'}"`);
    at += 1;
  };
  const sum = (): Expression => {
    const terms: Expression[] = [];
    do {
      const isNegative = tokens[at] === '-';
      if (isNegative || tokens[at] === '+') at += 1;
      const term = product();
      terms.push(isNegative ? negative(term) : term);
    } while (tokens[at] === '+' || tokens[at] === '-');
    return terms.length === 1 ? terms[0]! : { kind: 'sum', of: terms };
  };
  const product = (): Expression => {
    let left = factor();
    for (;;) {
      const token = tokens[at];
      if (token === '*') {
        at += 1;
        left = { kind: 'product', of: [left, factor()] };
      } else if (token === '/') {
        at += 1;
        left = { kind: 'quotient', of: [left, factor()] };
      } else if (token !== undefined && /^[\w.(]/.test(token)) {
        left = { kind: 'product', of: [left, factor()] };
      } else {
        return left;
      }
    }
  };
  const factor = (): Expression => {
    if (tokens[at] === '-') {
      at += 1;
      return negative(factor());
    }
    const base = atom();
    if (tokens[at] !== '^' && tokens[at] !== '**') return base;
    at += 1;
    const exponent = Number(tokens[at]);
    if (!Number.isInteger(exponent) || exponent < 1 || exponent > MOST_FACTORS) {
      throw new Error(`an exponent is a whole number from 1 to ${MOST_FACTORS}`);
    }
    at += 1;
    return { kind: 'product', of: Array.from({ length: exponent }, () => base) };
  };
  const atom = (): Expression => {
    const token = tokens[at] ?? 'the end';
    at += 1;
    if (token === '(') {
      const inside = sum();
      take(')');
      return inside;
    }
    if (/^[\d.]/.test(token)) return { kind: 'number', value: Number(token) };
    if (FUNCTIONS.has(token.toLowerCase())) return call(token.toLowerCase(), argumentList());
    const column = names.indexOf(token);
    if (column < 0) throw new Error(`"${token}" is not known`);
    return { kind: 'column', column };
  };
  const argumentList = (): Expression[] => {
    take('(');
    const list = [sum()];
    while (tokens[at] === ',') {
      at += 1;
      list.push(sum());
    }
    take(')');
    return list;
  };
  const whole = sum();
  if (at < tokens.length) throw new Error(`"${tokens[at]}" is not expected`);
  return whole;
}

const negative = (of: Expression): Expression => ({
  kind: 'product',
  of: [{ kind: 'number', value: -1 }, of],
});

function call(name: string, list: readonly Expression[]): Expression {
  if (name === 'max') return { kind: 'maximum', of: list };
  if (name === 'min') return negative({ kind: 'maximum', of: list.map(negative) });
  const [of] = list;
  if (!of || list.length > 1) throw new Error(`${name} takes one argument`);
  if (name === 'abs') return { kind: 'maximum', of: [of, negative(of)] };
  const curve = CURVES.find((each) => each === name);
  return curve ? { kind: 'curve', curve, of } : { kind: 'relu', of };
}

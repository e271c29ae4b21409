/** Evaluates the integer and boolean constant expressions that shaders use for sizes, indices and static conditions. */

export type ConstantValue = number | boolean;

/** Constants by name. */
export type Names = ReadonlyMap<string, ConstantValue>;

const tokenPattern = /\s*(?:(\d+)[iu]?(?![\w.])|([A-Za-z_]\w*)|(&&|\|\||[<>=!]=|[-+*/%()<>!]))/y;

/** The value, or undefined when the text is not a constant expression over `names` (division truncates, as in WGSL). */
export function evaluateConstant(text: string, names: Names): ConstantValue | undefined {
  const tokens = tokenize(text);
  if (!tokens) return undefined;
  const parser = new Parser(tokens, names);
  try {
    const value = parser.expression(0);
    return parser.isAtEnd ? value : undefined;
  } catch (error) {
    if (error instanceof NotConstant) return undefined;
    throw error;
  }
}

class NotConstant extends Error {}

function tokenize(text: string): string[] | undefined {
  const trimmed = text.trim();
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < trimmed.length) {
    const match = tokenPattern.exec(trimmed);
    if (!match) return undefined;
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens.length > 0 ? tokens : undefined;
}

const precedence: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};

class Parser {
  #position = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly names: Names,
  ) {}

  get isAtEnd(): boolean {
    return this.#position === this.tokens.length;
  }

  expression(minimum: number): ConstantValue {
    let left = this.#unary();
    for (;;) {
      const operator = this.tokens[this.#position];
      const level = operator === undefined ? undefined : precedence[operator];
      if (operator === undefined || level === undefined || level <= minimum) return left;
      this.#position++;
      left = combine(operator, left, this.expression(level));
    }
  }

  #unary(): ConstantValue {
    const token = this.tokens[this.#position++];
    if (token === undefined) throw new NotConstant();
    if (token === '-') return -asNumber(this.#unary());
    if (token === '!') return !this.#unary();
    if (token === '(') {
      const value = this.expression(0);
      if (this.tokens[this.#position++] !== ')') throw new NotConstant();
      return value;
    }
    if (/^\d/.test(token)) return Number(token);
    if (token === 'true') return true;
    if (token === 'false') return false;
    const value = this.names.get(token);
    if (value === undefined) throw new NotConstant();
    return value;
  }
}

function asNumber(value: ConstantValue): number {
  if (typeof value !== 'number') throw new NotConstant();
  return value;
}

function combine(operator: string, left: ConstantValue, right: ConstantValue): ConstantValue {
  if (operator === '&&') return Boolean(left) && Boolean(right);
  if (operator === '||') return Boolean(left) || Boolean(right);
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  const a = asNumber(left);
  const b = asNumber(right);
  if (b === 0 && (operator === '/' || operator === '%')) throw new NotConstant();
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return Math.trunc(a / b);
    case '%':
      return a % b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

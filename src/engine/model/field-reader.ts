/** Reads the fields of one untrusted JSON object: fills in defaults and turns every broken rule into an issue. */
import type { ModelFix, ModelIssue, ModelIssueCode } from './issue.ts';

/** A JSON value in a message, short enough to read. */
export function show(value: unknown): string {
  let text: string | undefined;
  try {
    text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  } catch {
    text = undefined;
  }
  text ??= typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface IntegerRange {
  readonly min: number;
  readonly max: number;
}

/** One object's fields, read by name; what was never read is reported as unknown by `finish`. */
export class FieldReader {
  readonly #read = new Set<string>();

  constructor(
    readonly owner: string,
    readonly record: Readonly<Record<string, unknown>>,
    readonly issues: ModelIssue[],
  ) {}

  report(code: ModelIssueCode, rule: string, fix?: Omit<ModelFix, 'layer'>): void {
    this.issues.push({
      layer: this.owner,
      code,
      message: `${this.owner}: ${rule}`,
      ...(fix && { fix: { ...fix, layer: this.owner } }),
    });
  }

  get(field: string): unknown {
    this.#read.add(field);
    return Object.hasOwn(this.record, field) ? this.record[field] : undefined;
  }

  /** A whole number in the range; the default when absent, or when broken (then also an issue). */
  integer(field: string, range: IntegerRange, fallback?: number): number {
    const value = this.get(field);
    if (value === undefined && fallback !== undefined) return fallback;
    if (isWhole(value, range)) return value;
    this.#refuse(field, `a whole number from ${range.min} to ${range.max}`, value);
    return fallback ?? range.min;
  }

  /** `[a, b]` from one whole number or two. */
  pair(field: string, range: IntegerRange, fallback?: readonly [number, number]): readonly [number, number] {
    const value = this.get(field);
    if (value === undefined && fallback) return fallback;
    if (isWhole(value, range)) return [value, value];
    if (Array.isArray(value) && value.length === 2) {
      const [a, b] = value as unknown[];
      if (isWhole(a, range) && isWhole(b, range)) return [a, b];
    }
    this.#refuse(field, `one or two whole numbers from ${range.min} to ${range.max}`, value);
    return fallback ?? [range.min, range.min];
  }

  /** A finite number for which `isAllowed` holds; `rule` says in words what that is. */
  number(field: string, fallback: number, rule = 'a finite number', isAllowed = (_: number) => true): number {
    return this.get(field) === undefined ? fallback : this.requiredNumber(field, fallback, rule, isAllowed);
  }

  /** As `number`, but there is no default: `placeholder` stands in for what is absent or broken. */
  requiredNumber(field: string, placeholder: number, rule: string, isAllowed: (value: number) => boolean): number {
    const value = this.get(field);
    if (typeof value === 'number' && Number.isFinite(value) && isAllowed(value)) return value;
    this.#refuse(field, rule, value);
    return placeholder;
  }

  boolean(field: string, fallback: boolean): boolean {
    const value = this.get(field);
    if (value === undefined) return fallback;
    if (typeof value === 'boolean') return value;
    this.#refuse(field, 'true or false', value);
    return fallback;
  }

  oneOf<T extends string>(field: string, choices: readonly T[], fallback: T): T {
    const value = this.get(field);
    if (value === undefined) return fallback;
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    this.#refuse(field, `one of ${choices.join(', ')}`, value);
    return fallback;
  }

  /** As `oneOf`, but there is no default: `placeholder` stands in for what is absent or broken. */
  requiredOneOf<T extends string>(field: string, choices: readonly T[], placeholder: T): T {
    if (this.get(field) === undefined) this.#refuse(field, `one of ${choices.join(', ')}`, undefined);
    return this.oneOf(field, choices, placeholder);
  }

  /** What `read` makes of the object in `field`; undefined when something in it is broken. */
  nested<T>(field: string, record: Readonly<Record<string, unknown>>, read: (inner: FieldReader) => T): T | undefined {
    const inner = new FieldReader(`${this.owner}: ${field}`, record, []);
    const value = read(inner);
    inner.finish();
    // The page shows an issue at its layer, so the place inside the layer stays in the message only.
    this.issues.push(...inner.issues.map((issue) => ({ ...issue, layer: this.owner })));
    return inner.issues.length === 0 ? value : undefined;
  }

  /** Reports every field nobody asked for. */
  finish(): void {
    for (const field of Object.keys(this.record)) {
      if (this.#read.has(field)) continue;
      const known = [...this.#read].join(', ');
      this.report(
        'unknownField',
        `there is no field ${show(field)}; it has ${known}. Received ${field}=${show(this.record[field])}.`,
      );
    }
  }

  #refuse(field: string, rule: string, value: unknown): void {
    this.report('badValue', `${field} must be ${rule}. Received ${field}=${show(value)}.`);
  }
}

function isWhole(value: unknown, range: IntegerRange): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max;
}

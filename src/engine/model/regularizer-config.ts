/** Checks a regularizer's JSON and turns it into its two factors; knows nothing of the weight it is for. */
import { isRecord, show, type FieldReader } from './field-reader.ts';
import type { Regularizer } from './resolved.ts';

const types = ['l1', 'l2', 'l1l2'] as const;

/** Factor of a regularizer that is only named, and of `l1` and `l2` without one. */
const kerasFactor = 0.01;

const named: Readonly<Record<(typeof types)[number], Regularizer>> = {
  l1: { l1: kerasFactor, l2: 0 },
  l2: { l1: 0, l2: kerasFactor },
  l1l2: { l1: kerasFactor, l2: kerasFactor },
};

/** The regularizer in `field`; undefined when there is none, when it adds nothing, or when it is broken (then also an issue). */
export function readRegularizer(reader: FieldReader, field: string): Regularizer | undefined {
  const regularizer = readFactors(reader, field);
  return regularizer && regularizer.l1 + regularizer.l2 > 0 ? regularizer : undefined;
}

function readFactors(reader: FieldReader, field: string): Regularizer | undefined {
  const value = reader.get(field);
  if (value === undefined) return undefined;
  const name = types.find((type) => type === value);
  if (name) return named[name];
  if (isRecord(value)) return reader.nested(field, value, readObject);
  reader.report(
    'badValue',
    `${field} must be one of ${types.join(', ')}, or an object with a type. Received ${field}=${show(value)}.`,
  );
  return undefined;
}

function readObject(fields: FieldReader): Regularizer {
  const type = fields.requiredOneOf('type', types, 'l1l2');
  // As in Keras: `l1l2` given as an object has only the factors it names.
  const fallback = type === 'l1l2' ? 0 : kerasFactor;
  const factor = (name: 'l1' | 'l2') => fields.number(name, fallback, 'a number ≥ 0', (x) => x >= 0);
  return { l1: type === 'l2' ? 0 : factor('l1'), l2: type === 'l1' ? 0 : factor('l2') };
}

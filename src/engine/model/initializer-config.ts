/** Checks an initializer's JSON; the numbers it stands for are drawn in training/initializers.ts. */
import type { InitializerConfig } from './config.ts';
import { isRecord, show, type FieldReader } from './field-reader.ts';

const names = [
  'zeros',
  'ones',
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
  'randomNormal',
  'randomUniform',
  'truncatedNormal',
  'orthogonal',
] as const;

const objectTypes = [
  'constant',
  'randomNormal',
  'truncatedNormal',
  'randomUniform',
  'varianceScaling',
  'orthogonal',
] as const;

/** Names that can be written without arguments. */
export const initializerNames: readonly string[] = names;

/** The initializer in `field`, or the default when it is absent or broken (then also an issue). */
export function readInitializer(reader: FieldReader, field: string, fallback: InitializerConfig): InitializerConfig {
  const value = reader.get(field);
  if (value === undefined) return fallback;
  if (typeof value === 'string') {
    const name = names.find((candidate) => candidate === value);
    if (name) return name;
  } else if (isRecord(value)) {
    return reader.nested(field, value, readObject) ?? fallback;
  }
  reader.report(
    'badValue',
    `${field} must be one of ${names.join(', ')}, or an object with a type. Received ${field}=${show(value)}.`,
  );
  return fallback;
}

function readObject(fields: FieldReader): InitializerConfig {
  return readArguments(fields, fields.requiredOneOf('type', objectTypes, 'constant'));
}

function readArguments(fields: FieldReader, type: (typeof objectTypes)[number]): InitializerConfig {
  switch (type) {
    case 'constant':
      return { type, value: fields.number('value', 0) };
    case 'randomNormal':
    case 'truncatedNormal':
      return {
        type,
        mean: fields.number('mean', 0),
        stddev: fields.number('stddev', 0.05, 'a number ≥ 0', (x) => x >= 0),
      };
    case 'randomUniform':
      return { type, minval: fields.number('minval', -0.05), maxval: fields.number('maxval', 0.05) };
    case 'varianceScaling':
      return {
        type,
        scale: fields.number('scale', 1, 'a number > 0', (x) => x > 0),
        mode: fields.oneOf('mode', ['fanIn', 'fanOut', 'fanAvg'], 'fanIn'),
        distribution: fields.oneOf(
          'distribution',
          ['uniform', 'truncatedNormal', 'untruncatedNormal'],
          'truncatedNormal',
        ),
      };
    case 'orthogonal':
      return { type, gain: fields.number('gain', 1) };
  }
}

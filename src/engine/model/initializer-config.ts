/** Checks an initializer's JSON; the numbers it stands for are drawn in training/initializers.ts. */
import type { InitializerConfig } from './config.ts';
import { FieldReader, isRecord, show } from './field-reader.ts';

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
    return readObject(new FieldReader(`${reader.owner}: ${field}`, value, reader.issues), fallback, reader.owner);
  }
  reader.report(
    'badValue',
    `${field} must be one of ${names.join(', ')}, or an object with a type. Received ${field}=${show(value)}.`,
  );
  return fallback;
}

function readObject(fields: FieldReader, fallback: InitializerConfig, layer: string): InitializerConfig {
  const before = fields.issues.length;
  const type = fields.oneOf('type', objectTypes, 'constant');
  if (fields.get('type') === undefined)
    fields.report('badValue', `type must be one of ${objectTypes.join(', ')}. Received type=undefined.`);
  const config = readArguments(fields, type);
  fields.finish();
  if (fields.issues.length === before) return config;
  // The page shows an issue at its layer, so the place inside the layer stays in the message only.
  for (let i = before; i < fields.issues.length; i++) {
    const issue = fields.issues[i];
    if (issue) fields.issues[i] = { ...issue, layer };
  }
  return fallback;
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

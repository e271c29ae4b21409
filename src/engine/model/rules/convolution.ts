/** Reads what every convolution's JSON has and lays its window over the input. Knows no weights. */
import { show, type FieldReader } from '../field-reader.ts';
import type { Window2D } from '../resolved.ts';
import { imageShape, type RuleInput } from './rule.ts';
import {
  explicitPadding,
  maxPadding,
  resolveWindow,
  sizeRange,
  windowOutput,
  type WindowArguments,
} from './window2d.ts';

/** Filters of a layer, and filters per channel. */
export const filterRange = { min: 1, max: 4096 } as const;

/** The arguments of a sliding kernel. */
export interface Sliding extends WindowArguments {
  readonly padMode: 'zero' | 'replicate';
}

/** Reads kernel size, strides, dilation and padding. */
export function readSliding(fields: FieldReader): Sliding {
  const steps = readSteps(fields);
  return { ...steps, ...readPadding(fields) };
}

/** Reads kernel size, strides and dilation, and refuses the last two together. */
export function readSteps(fields: FieldReader): Pick<WindowArguments, 'size' | 'strides' | 'dilation'> {
  const size = fields.pair('kernelSize', sizeRange);
  const strides = fields.pair('strides', sizeRange, [1, 1]);
  const dilation = fields.pair('dilationRate', sizeRange, [1, 1]);
  if (Math.max(...strides) > 1 && Math.max(...dilation) > 1) {
    fields.report(
      'strideWithDilation',
      `strides above 1 cannot be combined with dilationRate above 1. Received strides=${show(strides)}, dilationRate=${show(dilation)}.`,
      { label: 'Use no dilation', field: 'dilationRate', value: 1 },
    );
  }
  return { size, strides, dilation };
}

/** `replicate` pads as much as `same` does, with the border's cells. */
function readPadding(fields: FieldReader): Pick<Sliding, 'padding' | 'padMode'> {
  const value = fields.get('padding') ?? 'valid';
  if (value === 'valid' || value === 'same') return { padding: value, padMode: 'zero' };
  if (value === 'replicate') return { padding: 'same', padMode: 'replicate' };
  const explicit = explicitPadding(value, maxPadding);
  if (explicit) return { padding: explicit, padMode: 'zero' };
  fields.report(
    'badValue',
    `padding must be valid, same, replicate or [[top, bottom], [left, right]]. Received padding=${show(value)}.`,
  );
  return { padding: 'valid', padMode: 'zero' };
}

/** A window over an image-shaped input. */
export interface PlacedWindow {
  readonly channels: number;
  readonly window: Window2D;
  /** Output rows and columns. */
  readonly positions: readonly [number, number];
}

/** The window over the input, or an issue that says why it cannot stand there. */
export function placeWindow(input: RuleInput, sliding: Sliding): PlacedWindow | undefined {
  const shape = imageShape(input);
  if (!shape) return undefined;
  const [height, width, channels] = shape;
  const window = resolveWindow(height, width, sliding);
  const positions = windowOutput(input.fields, window, 'kernelSize');
  return positions && { channels, window, positions };
}

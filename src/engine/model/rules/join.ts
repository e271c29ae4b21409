/** Add and Concatenate: the layers that read several inputs; their shapes have to agree. */
import { joinFields, type FieldAxis, type ReceptiveField } from '../../shape/receptive-field.ts';
import { readAxes } from '../axes.ts';
import { show } from '../field-reader.ts';
import type { Shape } from '../resolved.ts';
import { commonFields, fieldOfSource, type LayerRule, type RuleInput, type Source } from './rule.ts';

export const addRule: LayerRule = (input) => {
  const isSame = input.sources.every(({ shape }) => shape.join() === input.inputShape.join());
  if (!isSame) {
    reportShapes(input, 'needs inputs of one shape');
    return undefined;
  }
  return { type: 'add', ...commonFields(input, { receptiveField: joinedField(input.sources, input.inputShape) }) };
};

export const concatenateRule: LayerRule = (input) => {
  const { fields, inputShape, sources } = input;
  const axes = readAxes(fields, 'axis', -1, { first: 1, rank: inputShape.length + 1 });
  if (axes.length > 1) fields.report('badValue', `axis must be one axis. Received axis=${show(fields.get('axis'))}.`);
  const axis = (axes[0] ?? inputShape.length) - 1;
  const others = (shape: Shape) => `${shape.length}: ${shape.toSpliced(axis, 1).join()}`;
  if (!sources.every(({ shape }) => others(shape) === others(inputShape))) {
    reportShapes(input, `needs inputs that differ along axis ${axis + 1} only`);
    return undefined;
  }
  const joined = sources.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
  const outputShape = inputShape.with(axis, joined);
  const isAlongChannels = axis === inputShape.length - 1;
  // Rows or columns of different sources see different places; no cell sees more than all of them.
  const reads = isAlongChannels ? sources : sources.map((source) => ({ ...source, field: fieldOfSource(source) }));
  return {
    type: 'concatenate',
    ...commonFields(input, { outputShape, receptiveField: joinedField(reads, outputShape) }),
    axis,
  };
};

function reportShapes({ fields, sources }: RuleInput, rule: string): void {
  const shapes = sources.map(({ shape }) => `[${shape.join(', ')}]`).join(', ');
  fields.report('wrongRank', `${rule}. Received inputs=${shapes}.`);
}

function joinedField(sources: readonly Source[], [height = 1, width = 1, channels]: Shape): ReceptiveField {
  const [first, ...rest] = sources.map(({ field }) => field);
  if (!first) throw new Error('receptive field: a join must have an input. Received inputs=0.');
  const isImage = channels !== undefined;
  const along = (axis: keyof ReceptiveField, cells: number): FieldAxis =>
    rest.reduce((joined, field) => joinFields(joined, field[axis], isImage ? cells : 1), first[axis]);
  return { vertical: along('vertical', height), horizontal: along('horizontal', width) };
}

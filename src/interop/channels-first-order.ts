/** Follows the order of cells through a resolved model: which weights have to be rearranged, and what cannot be. Reads no numbers. */
import type { ModelIssue, ModelIssueCode } from '../engine/model/issue.ts';
import type { ResolvedLayer, ResolvedModel, Shape, WeightSpec } from '../engine/model/resolved.ts';
import { show } from '../engine/model/field-reader.ts';
import { inputName } from '../engine/model/layer-names.ts';
import { cellCount } from '../engine/shape/cells.ts';
import { areEqualOrders, imageOrder, isSameOrder, joinOrders, orderOfShape, type CellOrder } from './cell-order.ts';

/** Far above any network, far below what could hurt. */
const maxRuns = 4096;

/** How a weight of the channels-first model becomes the engine's. */
export interface WeightOrder {
  /** In the channels-first model. */
  readonly shape: Shape;
  readonly order: CellOrder;
  /** Numbers per cell of the order. */
  readonly cellSize: number;
}

/** Orders by weight name, of those weights that change. */
export type WeightOrders = ReadonlyMap<string, WeightOrder>;

/** One walk over the layers, ended by the first issue. */
export function findWeightOrders(
  model: ResolvedModel,
  turningFlattens: ReadonlySet<string>,
  issues: ModelIssue[],
): WeightOrders {
  const found = new Map<string, WeightOrder>();
  const orders = new Map<string, CellOrder>([[inputName, orderOfShape(model.inputShape)]]);
  for (const layer of model.layers) {
    const inputs = layer.inputs.map((name) => orders.get(name) ?? []);
    for (const weight of layer.weights) {
      const order = weightOrder(layer, weight, inputs[0] ?? []);
      if (order) found.set(weight.name, order);
    }
    const order = outputOrder({ layer, inputs, isTurning: turningFlattens.has(layer.name), issues });
    if (!order) return found;
    orders.set(layer.name, order);
  }
  const last = model.layers.at(-1);
  if (last && last.outputShape.length === 1 && !isSameOrder(orders.get(last.name) ?? [])) {
    report(
      { layer: last, issues },
      'wrongOutput',
      `its outputs are the model's and would stand in another order; put a dense layer last. Received outputs=[${last.outputShape.join(', ')}]`,
    );
  }
  return found;
}

function weightOrder(layer: ResolvedLayer, { name, shape }: WeightSpec, input: CellOrder): WeightOrder | undefined {
  if (layer.type === 'layerNormalization' && layer.inputShapes[0]?.length === 3 && shape.length > 1) {
    const channels = shape.at(-1) ?? 1;
    const places = shape.slice(0, -1);
    return { shape: [channels, ...places], order: imageOrder(cellCount(places), channels), cellSize: 1 };
  }
  const isPerCell = layer.type === 'batchNormalization' || layer.type === 'layerNormalization';
  const isRow = layer.inputShapes[0]?.length === 1;
  if (isRow && !isSameOrder(input)) {
    if (isPerCell) return { shape, order: input, cellSize: 1 };
    if (layer.type === 'dense' && name === `${layer.name}/kernel`)
      return { shape, order: input, cellSize: layer.units };
  }
  return undefined;
}

interface Place {
  readonly layer: ResolvedLayer;
  readonly issues: ModelIssue[];
}

interface Step extends Place {
  /** Of what the layer reads. */
  readonly inputs: readonly CellOrder[];
  /** A flatten that turns its image to channels-last itself. */
  readonly isTurning: boolean;
}

/** Undefined when there is none that both sides agree on (then also an issue). */
function outputOrder(step: Step): CellOrder | undefined {
  const { layer, inputs } = step;
  const { outputShape } = layer;
  if (layer.type === 'reshape') return reshapedOrder(step);
  if (outputShape.length !== 1) return orderOfShape(outputShape);
  switch (layer.type) {
    case 'flatten':
      return flattenedOrder(step);
    case 'concatenate':
      return joinedOrder(step);
    case 'add':
      return addedOrder(step);
    case 'dense':
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return orderOfShape(outputShape);
    default:
      return inputs[0];
  }
}

/** Turned by itself an image's row is the engine's already; what has two axes is transposed. */
function flattenedOrder({ layer, inputs, isTurning }: Step): CellOrder | undefined {
  const [shape = []] = layer.inputShapes;
  if (!isTurning || shape.length === 1) return inputs[0];
  const [rows = 1, columns = 1] = shape;
  return shape.length === 2 ? imageOrder(rows, columns) : orderOfShape(layer.outputShape);
}

function reshapedOrder({ layer, inputs, issues }: Step): CellOrder | undefined {
  const [input = []] = inputs;
  const { outputShape } = layer;
  if (outputShape.length === 1) return input;
  const wanted = orderOfShape(outputShape);
  if (areEqualOrders(input, wanted)) return wanted;
  const [from = []] = layer.inputShapes;
  report(
    { layer, issues },
    'badValue',
    `a reshape to an image or from one means other cells when channels are last. Received targetShape=${showChannelsFirst(outputShape)}, inputs=${showChannelsFirst(from)}`,
  );
  return undefined;
}

function joinedOrder({ layer, inputs, issues }: Step): CellOrder | undefined {
  const joined = joinOrders(inputs);
  if (joined.length <= maxRuns) return joined;
  report(
    { layer, issues },
    'tooLarge',
    `a row may be joined of at most ${maxRuns} flattened parts. Received parts=${joined.length}`,
  );
  return undefined;
}

function addedOrder({ layer, inputs, issues }: Step): CellOrder | undefined {
  const [first = []] = inputs;
  if (inputs.every((order) => areEqualOrders(order, first))) return first;
  report(
    { layer, issues },
    'badValue',
    `needs rows whose cells stand in one order, such as flattened images of one shape. Received inputs=${layer.inputs.join(', ')}`,
  );
  return undefined;
}

function showChannelsFirst(shape: Shape): string {
  return show(shape.length === 3 ? [shape[2], shape[0], shape[1]] : shape);
}

function report({ layer: { name }, issues }: Place, code: ModelIssueCode, rule: string): void {
  issues.push({ layer: name, code, message: `${name}: ${rule}.` });
}

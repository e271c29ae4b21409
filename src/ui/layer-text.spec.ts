/*
 * Plan: the texts of the lecture's stages, character by character, against figures worked out by hand; then what the lecture
 * does not have: padding on one side, dilation, axes that differ, no bias.
 */
import { test, expect } from 'playwright/test';
import { lectureModel } from '../engine/model/presets.ts';
import { resolveModel } from '../engine/model/resolve.ts';
import type { Conv2DConfig, ModelConfig } from '../engine/model/config.ts';
import type { ResolvedLayer } from '../engine/model/resolved.ts';
import { fieldText, parameterSum, shapeText, sizeSums, windowRemark, type WorkedSum } from './layer-text.ts';

const layersOf = (config: ModelConfig): readonly ResolvedLayer[] => {
  const resolution = resolveModel(config);
  return resolution.ok ? resolution.model.layers : resolution.layers;
};
const write = (sum: WorkedSum | undefined): string =>
  sum ? `${sum.expression}${sum.expression && ' = '}${sum.result}${sum.unit ? ` ${sum.unit}` : ''}` : '';
const firstConv = (
  changes: Partial<Conv2DConfig>,
  inputShape: ModelConfig['inputShape'] = [28, 28, 1],
): ResolvedLayer => {
  const layer: Conv2DConfig = { type: 'conv2d', filters: 8, kernelSize: 3, ...changes };
  const [resolved] = layersOf({ inputShape, layers: [layer] });
  if (!resolved) throw new Error('layer-text.spec: the layer must resolve.');
  return resolved;
};

const lectureTexts = [
  ['26×26 ×32', '⌊(28−3)/1⌋+1 = 26', '3·3·1·32+32 = 320', '3×3', ''],
  ['13×13 ×32', '⌊(26−2)/2⌋+1 = 13', '', '4×4', ''],
  ['11×11 ×64', '⌊(13−3)/1⌋+1 = 11', '3·3·32·64+64 = 18,496', '8×8', ''],
  ['5×5 ×64', '⌊(11−2)/2⌋+1 = 5', '', '10×10', '−1 row'],
  ['3×3 ×64', '⌊(5−3)/1⌋+1 = 3', '3·3·64·64+64 = 36,928', '18×18', ''],
  ['576', '3·3·64 = 576 inputs', '', '26×26', ''],
  ['64', '576 inputs', '576·64+64 = 36,928', '26×26', ''],
  ['10', '64 inputs', '64·10+10 = 650', '26×26', ''],
] as const;

layersOf(lectureModel).forEach((layer, i) => {
  test(`lecture: ${layer.name}`, () => {
    const { spatial, channels } = shapeText(layer.outputShape);
    expect([
      `${spatial} ${channels}`.trim(),
      sizeSums(layer).map(write).join(', '),
      write(parameterSum(layer)),
      fieldText(layer, [28, 28, 1]).size,
      windowRemark(layer)?.text ?? '',
    ]).toEqual(lectureTexts[i]);
  });
});

test('the last convolution sees 41.3 % of the image', () => {
  const conv = layersOf(lectureModel)[4];
  expect(conv && fieldText(conv, [28, 28, 1]).share).toBe('41.3\u00a0%');
});

const cases: readonly (readonly [string, Partial<Conv2DConfig>, string])[] = [
  ['same', { padding: 'same' }, '⌊(28+2·1−3)/1⌋+1 = 28'],
  ['same with a stride pads one side', { padding: 'same', strides: 2 }, '⌊(28+0+1−3)/2⌋+1 = 14'],
  ['dilation spans 5 cells', { dilationRate: 2 }, '⌊(28−5)/1⌋+1 = 24'],
  ['two axes', { kernelSize: [5, 3] }, '⌊(28−5)/1⌋+1 = 24, ⌊(28−3)/1⌋+1 = 26'],
];
for (const [title, changes, text] of cases) {
  test(`formula: ${title}`, () => expect(sizeSums(firstConv(changes)).map(write).join(', ')).toBe(text));
}

test('without a bias the sum has no second term', () => {
  expect(write(parameterSum(firstConv({ useBias: false })))).toBe('3·3·1·8 = 72');
});

test('a stride that leaves columns out says so', () => {
  expect(windowRemark(firstConv({ strides: 3 }, [28, 30, 1]))?.explanation).toContain('0 columns of its 28×30 input');
});

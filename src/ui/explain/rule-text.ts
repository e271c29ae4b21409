/** What a layer does to the numbers it reads, in one sentence. Pure. */
import type { ResolvedLayer } from '../../engine/model/resolved.ts';
import { formatPercent } from '../format.ts';

/** Empty where the numbers say it all. */
export function ruleSentence(layer: ResolvedLayer | undefined): string {
  switch (layer?.type) {
    case 'flatten':
    case 'reshape':
      return 'The same numbers in the same order, under another shape.';
    case 'dropout':
      return `While it trains, ${formatPercent(layer.rate, 0)} of the numbers are set to zero at random and the others grow to make up for it; looked at, all pass.`;
    case 'spatialDropout2d':
      return `While it trains, ${formatPercent(layer.rate, 0)} of the maps are set to zero at random and the others grow to make up for it; looked at, all pass.`;
    case 'zeroPadding2d':
      return 'Cells are added around the maps; they are zero.';
    case 'padding2d':
      return layer.mode === 'reflect'
        ? 'Cells are added around the maps; they mirror what is inside.'
        : 'Cells are added around the maps; they repeat the border.';
    case 'concatenate':
      return 'The inputs stand one behind the other; each number is passed on as it is.';
    case 'upSampling2d':
      return layer.interpolation === 'nearest'
        ? 'Every cell is repeated.'
        : 'A cell between others is mixed from them, the nearer ones the more.';
    default:
      return '';
  }
}

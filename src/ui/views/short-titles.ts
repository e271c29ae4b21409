/** Headings that fit a narrow stage. Pure; the full title stands in the tooltip and in the layer seen large. */
import type { LayerConfig } from '../../engine/model/config.ts';
import { layerTitle } from '../layer-text.ts';

/** At most eight letters. */
export function shortTitle(config: LayerConfig): string {
  switch (config.type) {
    case 'batchNormalization':
    case 'layerNormalization':
      return 'Norm';
    case 'activation':
      return config.activation === 'relu' ? 'ReLU' : config.activation;
    case 'dropout':
    case 'spatialDropout2d':
      return 'Dropout';
    case 'concatenate':
      return 'Join';
    case 'zeroPadding2d':
    case 'padding2d':
      return 'Pad';
    default:
      return layerTitle(config.type);
  }
}

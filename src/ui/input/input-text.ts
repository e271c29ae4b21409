/** Where the chosen image comes from and what is done to it, in words. Pure. */
import type { ImageMoves } from '../../app/image-moves.ts';
import type { Shape } from '../../engine/model/resolved.ts';
import { formatDecimal, formatSetting } from '../format.ts';

/** `4 px right, turned −10°, 1.2 times as large, noise 0.1`; empty for an image as it is. */
export function movesText({ shiftX, shiftY, rotation, scale, noise }: ImageMoves): string {
  const parts = [
    shiftX === 0 ? '' : `${formatSetting(Math.abs(shiftX))} px ${shiftX > 0 ? 'right' : 'left'}`,
    shiftY === 0 ? '' : `${formatSetting(Math.abs(shiftY))} px ${shiftY > 0 ? 'down' : 'up'}`,
    rotation === 0 ? '' : `turned ${formatSetting(rotation)}°`,
    scale === 1 ? '' : `${formatSetting(Number(formatDecimal(scale)))} times as large`,
    noise === 0 ? '' : `noise ${formatSetting(Number(formatDecimal(noise)))}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** How an image came to fit an input of another shape: `, padded`; empty where it fits as it is. */
export function fitText(image: Shape, input: Shape): string {
  const [height = 1, width = 1, channels = 1] = image;
  const [toHeight = 1, toWidth = 1, toChannels = 1] = input;
  const size =
    height > toHeight || width > toWidth ? ', shrunk' : height < toHeight || width < toWidth ? ', padded' : '';
  const colour = channels === toChannels ? '' : toChannels > channels ? ', grey' : ', colours averaged';
  return `${size}${colour}`;
}

/** Paints a plane of signed numbers in a diverging scale, symmetric around zero: one canvas pixel a number. Knows no theme. */
import type { MapPalette, Rgb } from '../../worker/protocol.ts';

/** Where both ends of the scale stand: the largest magnitude. */
export function limitOf(plane: ArrayLike<number>): number {
  let most = 0;
  for (let place = 0; place < plane.length; place++) most = Math.max(most, Math.abs(plane[place] ?? 0));
  return most;
}

/** The colour of a number between ±limit, each channel 0…1; zero's where there is no scale. */
export function signedColour(value: number, limit: number, { negative, zero, positive }: MapPalette): Rgb {
  const share = limit > 0 ? Math.min(1, Math.abs(value) / limit) : 0;
  const end = value < 0 ? negative : positive;
  const mixed = (channel: 0 | 1 | 2): number => zero[channel] + share * (end[channel] - zero[channel]);
  return [mixed(0), mixed(1), mixed(2)];
}

/** Fills the canvas, which has the plane's size; a plane that is not there yet is zero. */
export function paintSigned(
  canvas: HTMLCanvasElement,
  plane: ArrayLike<number>,
  limit: number,
  palette: MapPalette,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const image = new ImageData(canvas.width, canvas.height);
  for (let place = 0; place < canvas.width * canvas.height; place++) {
    const colour = signedColour(plane[place] ?? 0, limit, palette);
    colour.forEach((channel, index) => (image.data[place * 4 + index] = Math.round(255 * channel)));
    image.data[place * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

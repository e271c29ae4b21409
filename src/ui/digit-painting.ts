/** Paints images and pen strokes on 2D canvases in the canvas's own CSS `color`. Knows no events and no state. */
import { digitSize } from '../app/digit-grid.ts';
import { widthFactor, type Stroke, type StrokePoint } from './digit-raster.ts';

/**
 * Paints pixels 0…1 on a canvas of their size. One channel is ink: the canvas's `color`, as opaque as the pixel, on a background
 * that is CSS's; three are red, green and blue.
 */
export function paintImage(canvas: HTMLCanvasElement, pixels: ArrayLike<number>, channels = 1): void {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return;
  const { width, height } = canvas;
  const image = new ImageData(width, height);
  const byteAt = (index: number): number => Math.round(255 * Math.min(1, Math.max(0, pixels[index] ?? 0)));
  for (let place = 0; place < width * height; place++) {
    for (let colour = 0; channels === 3 && colour < 3; colour++) {
      image.data[place * 4 + colour] = byteAt(place * 3 + colour);
    }
    image.data[place * 4 + 3] = channels === 3 ? 255 : byteAt(place * channels);
  }
  context.globalCompositeOperation = 'source-over';
  context.putImageData(image, 0, 0);
  if (channels === 3) return;
  // The image is a stencil: what it covers takes the theme's colour, whatever notation CSS computes it in.
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = getComputedStyle(canvas).color;
  context.fillRect(0, 0, width, height);
}

/** Paints strokes, given in the 28 × 28 grid, smoothly at the canvas's own resolution. */
export function paintStrokes(canvas: HTMLCanvasElement, strokes: readonly Stroke[], thickness: number): void {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return;
  const scale = canvas.width / digitSize;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, digitSize, digitSize);
  context.strokeStyle = getComputedStyle(canvas).color;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    stroke.forEach((point, index) => paintSegment(context, stroke[index - 1] ?? point, point, thickness));
  }
}

function paintSegment(context: CanvasRenderingContext2D, from: StrokePoint, to: StrokePoint, thickness: number): void {
  context.lineWidth = (thickness * (widthFactor(from.pressure) + widthFactor(to.pressure))) / 2;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

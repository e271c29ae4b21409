/** Paints digits and pen strokes on 2D canvases in the canvas's own CSS `color`. Knows no events and no state. */
import { digitSize, widthFactor, type Stroke, type StrokePoint } from './digit-raster.ts';

/** Paints 784 pixels 0…1 on a 28 × 28 canvas: the canvas's `color`, as opaque as the pixel; the background is CSS's. */
export function paintDigit(canvas: HTMLCanvasElement, pixels: Float32Array): void {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return;
  const image = new ImageData(digitSize, digitSize);
  pixels.forEach((value, index) => {
    image.data[index * 4 + 3] = Math.round(255 * Math.min(1, Math.max(0, value)));
  });
  context.globalCompositeOperation = 'source-over';
  context.putImageData(image, 0, 0);
  // The image is a stencil: what it covers takes the theme's colour, whatever notation CSS computes it in.
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = getComputedStyle(canvas).color;
  context.fillRect(0, 0, digitSize, digitSize);
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

/** How MNIST's digits lie in their 28 × 28 pixels. Pure arithmetic; knows neither strokes nor pictures. */

/** Width and height of a digit in pixels. */
export const digitSize = 28;
/** MNIST's digits fill a box of 20 × 20 pixels … */
export const boxSize = 20;
/** … and have their centre of mass on pixel (14, 14), whose middle is at 14.5 (measured over the test set: 14.01, 13.99). */
export const massCenter = 14.5;

/** Centre of mass in grid coordinates, where the middle of the first pixel is at 0.5; the grid's centre for an empty image. */
export function centerOfMass(pixels: Float32Array): { readonly x: number; readonly y: number } {
  let mass = 0;
  let x = 0;
  let y = 0;
  pixels.forEach((value, index) => {
    mass += value;
    x += value * ((index % digitSize) + 0.5);
    y += value * (Math.floor(index / digitSize) + 0.5);
  });
  return mass === 0 ? { x: digitSize / 2, y: digitSize / 2 } : { x: x / mass, y: y / mass };
}

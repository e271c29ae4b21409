/** From a picture of any size to a network's input: a digit as MNIST has them, or the colours as they are. Pure arithmetic. */
import { averageAreas, type ImageShape } from '../data/image-fit.ts';
import { boxSize, centerOfMass, digitSize, massCenter } from './digit-grid.ts';

/** Pixels as a canvas gives them: red, green, blue, opacity, 0…255 each, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

type Floats = Float32Array<ArrayBuffer>;

/** Brightness of the three colours as the eye weighs them (ITU-R BT.709). */
const luminance = [0.2126, 0.7152, 0.0722] as const;
/** Less contrast than this between ink and sheet, of 1, is a blank sheet. */
const leastContrast = 0.12;

/** A picture's ink on its sheet: 0 where there is none, 1 where it is full. */
interface Ink {
  readonly width: number;
  readonly height: number;
  readonly values: Floats;
}

/** The shape of what `inputOf` makes for a network with this input. */
export function pictureShape(inputShape: ImageShape): ImageShape {
  return inputShape[2] === 3 ? inputShape : [digitSize, digitSize, 1];
}

/** A picture as the input of a network of three channels: its colours; of any other network: the digit in it. */
export function inputOf(picture: Picture, inputShape: ImageShape): Floats {
  return inputShape[2] === 3 ? colourImage(picture, inputShape) : digitImage(picture);
}

/**
 * The digit in a picture: ink told from its sheet, be it light or dark, cut out, scaled into 20 × 20 and centred by its mass in
 * 28 × 28. A picture that has 28 × 28 pixels already only has its ink told from its sheet.
 */
export function digitImage(picture: Picture): Floats {
  const isDigit = picture.width === digitSize && picture.height === digitSize;
  const ink = inkOf(picture, isDigit);
  return isDigit ? ink.values : centered(ink);
}

/** The middle of a picture in the shape of a network's input, its colours averaged. */
export function colourImage(picture: Picture, shape: ImageShape): Floats {
  const [height, width] = shape;
  const cell = Math.min(picture.height / height, picture.width / width);
  const frame = {
    left: (picture.width - width * cell) / 2,
    top: (picture.height - height * cell) / 2,
    cellWidth: cell,
    cellHeight: cell,
  };
  return averageAreas(coloursOf(picture), [picture.height, picture.width, 3], frame, shape);
}

/** What differs from the sheet's colour, on the side on which more of it differs. */
function inkOf(picture: Picture, isExact: boolean): Ink {
  const { width, height } = picture;
  const grey = greyOf(picture);
  const sheet = quantile(borderOf(grey, width, height), 0.5);
  const lighter = quantile(grey, 0.995) - sheet;
  const darker = sheet - quantile(grey, 0.005);
  const isDarkInk = darker > lighter;
  const contrast = Math.max(darker, lighter);
  const none = { width, height, values: new Float32Array(grey.length) };
  if (contrast < leastContrast) return none;
  const differences = grey.map((value) => Math.max(0, isDarkInk ? sheet - value : value - sheet));
  // What a camera adds to an even sheet stays below half of what tells ink from it.
  const least = isExact ? 0 : halfway(differences) / 2;
  const most = isExact ? 1 : contrast;
  return { ...none, values: differences.map((value) => clamp((value - least) / (most - least), 0, 1)) };
}

/** The ink's box scaled into 20 × 20, then moved until its mass is where MNIST's is, as far as no ink is lost. */
function centered({ width, height, values }: Ink): Floats {
  const shape: ImageShape = [digitSize, digitSize, 1];
  const box = boxOf(values, width, height);
  if (!box) return new Float32Array(digitSize * digitSize);
  const cell = Math.max(box.right - box.left, box.bottom - box.top) / boxSize;
  const raster = (left: number, top: number): Floats =>
    averageAreas(values, [height, width, 1], { left, top, cellWidth: cell, cellHeight: cell }, shape);
  const span = digitSize * cell;
  const left = (box.left + box.right - span) / 2;
  const top = (box.top + box.bottom - span) / 2;
  const { x, y } = centerOfMass(raster(left, top));
  return raster(
    clamp(left + (x - massCenter) * cell, box.right - span, box.left),
    clamp(top + (y - massCenter) * cell, box.bottom - span, box.top),
  );
}

/** The smallest box around all ink. */
function boxOf(values: Floats, width: number, height: number) {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  values.forEach((value, index) => {
    if (value === 0) return;
    const [x, y] = [index % width, Math.floor(index / width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y + 1);
  });
  return box.right > box.left ? box : undefined;
}

/** Red, green and blue 0…1; what is transparent shows a sheet that what is opaque stands out from. */
function coloursOf({ rgba, width, height }: Picture): Floats {
  const colours = new Float32Array(width * height * 3);
  let brightness = 0;
  let opacity = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = (rgba[at + 3] ?? 255) / 255;
    opacity += alpha;
    brightness += luminance.reduce((sum, weight, c) => sum + (alpha * weight * (rgba[at + c] ?? 0)) / 255, 0);
  }
  const sheet = brightness > opacity / 2 ? 0 : 1;
  for (let place = 0; place < width * height; place++) {
    const alpha = (rgba[place * 4 + 3] ?? 255) / 255;
    for (let c = 0; c < 3; c++) {
      colours[place * 3 + c] = (alpha * (rgba[place * 4 + c] ?? 0)) / 255 + (1 - alpha) * sheet;
    }
  }
  return colours;
}

function greyOf(picture: Picture): Floats {
  const colours = coloursOf(picture);
  return Float32Array.from({ length: colours.length / 3 }, (_, place) =>
    luminance.reduce((sum, weight, c) => sum + weight * (colours[place * 3 + c] ?? 0), 0),
  );
}

function borderOf(grey: Floats, width: number, height: number): Floats {
  return grey.filter((_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
}

function quantile(values: Floats, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

/** Halfway between the means of two groups of values 0…1, parted so that each varies least (Otsu 1979), in 256 steps. */
function halfway(values: Floats): number {
  const counts = new Float64Array(256);
  for (const value of values) counts[Math.round(255 * value)] = (counts[Math.round(255 * value)] ?? 0) + 1;
  const total = values.length;
  const sum = counts.reduce((all, count, level) => all + count * level, 0);
  let [below, sumBelow, best, middle] = [0, 0, -1, 0];
  counts.forEach((count, level) => {
    below += count;
    sumBelow += count * level;
    if (below === 0 || below === total) return;
    const [low, high] = [sumBelow / below, (sum - sumBelow) / (total - below)];
    const variance = below * (total - below) * (high - low) ** 2;
    if (variance > best) [best, middle] = [variance, (low + high) / 2];
  });
  return middle / 255;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

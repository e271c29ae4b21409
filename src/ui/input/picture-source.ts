/** Pixels out of files and frames, no larger than a digit needs. Makes no digit of them. */
import type { Picture } from '../../app/picture.ts';

/** Longer sides are scaled down to this, in pixels: more detail than 28 × 28 can show. */
const longestSide = 320;

/** The picture in a file. @throws Error in words for people where the browser cannot read it. */
export async function readPicture(file: Blob): Promise<Picture> {
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(file);
  } catch {
    const name = file instanceof File && file.name !== '' ? `“${file.name}”` : 'This';
    throw new Error(`${name} is no picture that the browser can read. PNG, JPEG and WebP are.`);
  }
  const picture = pixelsOf(image, 0, 0, image.width, image.height);
  image.close();
  return picture;
}

/** The square in the middle of a video's present frame; undefined before there is one. */
export function grabFrame(video: HTMLVideoElement): Picture | undefined {
  const { videoWidth, videoHeight } = video;
  const side = Math.min(videoWidth, videoHeight);
  if (side === 0) return undefined;
  return pixelsOf(video, (videoWidth - side) / 2, (videoHeight - side) / 2, side, side);
}

/** The first picture among things that were dropped or pasted. */
export function pictureIn(transfer: DataTransfer | null): File | undefined {
  return [...(transfer?.files ?? [])].find(({ type }) => type.startsWith('image/'));
}

function pixelsOf(source: CanvasImageSource, x: number, y: number, width: number, height: number): Picture {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser has no room for another picture.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width: canvas.width, height: canvas.height, rgba: new Uint8ClampedArray(data) };
}

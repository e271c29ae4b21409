/** The image whose maps are shown: where it comes from, and what is done to it before the network sees it. Pure. */
import { isSameShape, type ImageShape } from '../data/image-fit.ts';
import type { Request } from '../worker/protocol.ts';
import { digitSize } from './digit-grid.ts';
import { firstDigit } from './first-digit.ts';
import { isUnmoved, moveImage, noMoves, type ImageMoves } from './image-moves.ts';
import type { Message } from './intent.ts';
import { inputOf, pictureShape, type Picture } from './picture.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

type Floats = Float32Array<ArrayBuffer>;

/** The chosen image. */
export interface InputState {
  /** What the network is shown, 0…1, in `shape`; the worker pads it where the network's input is larger. */
  readonly pixels: Floats;
  /** The image before anything is done to it. */
  readonly original: Floats;
  readonly shape: ImageShape;
  readonly moves: ImageMoves;
  readonly source: 'sketch' | 'drawn' | 'example' | 'picture';
  /** Present for examples. */
  readonly label?: number;
  readonly index?: number;
  /** Present for pictures: what it was made from, and a file's name or `camera`. */
  readonly picture?: Picture;
  readonly name?: string;
  /** The class that examples are taken from; absent: any. */
  readonly wantedLabel?: number;
}

/** What a person can want of the input. */
export type InputIntent =
  | { readonly type: 'digitDrawn'; readonly pixels: Floats }
  /** The next example, the one before, or, with a share 0…1 of the test set, the one there. */
  | { readonly type: 'exampleRequested'; readonly direction?: 1 | -1; readonly share?: number }
  | { readonly type: 'exampleLabelChosen'; readonly label?: number }
  /** One example, as it is: nothing is done to it any more. */
  | { readonly type: 'exampleChosen'; readonly index: number }
  | { readonly type: 'pictureTaken'; readonly picture: Picture; readonly name: string }
  | { readonly type: 'imageMoved'; readonly moves: ImageMoves };

const digitShape: ImageShape = [digitSize, digitSize, 1];

/** Starts with a sketched digit. */
export const inputSlice: Slice<InputState> = {
  initial: { ...asIs(firstDigit(), digitShape), moves: noMoves, source: 'sketch' },
  reduce(input, message, state) {
    switch (message.type) {
      case 'digitDrawn':
        return chosen(input, { ...asIs(message.pixels, digitShape), source: 'drawn' });
      case 'inputPicked': {
        const { pixels, shape, label, index } = message;
        return chosen(input, { ...asIs(pixels, shape), source: 'example', label, index });
      }
      case 'pictureTaken':
        return withPicture(input, message.picture, message.name, state.draft.config.inputShape);
      case 'built':
        return adapted(input, message.config.inputShape);
      case 'imageMoved':
        return moved(input, message.moves);
      case 'exampleChosen':
        return { ...input, moves: noMoves };
      case 'exampleLabelChosen': {
        const { wantedLabel: _before, ...rest } = input;
        return message.label === undefined ? rest : { ...rest, wantedLabel: message.label };
      }
      default:
        return input;
    }
  },
  requests(message, before, after) {
    if (after.input.pixels !== before.input.pixels) return [inputRequest(after)];
    return exampleRequests(message, after);
  },
};

/** Shows the chosen image to the network. */
export function inputRequest({ input }: PlaygroundState): Request {
  return { type: 'setInput', pixels: input.pixels, shape: input.shape };
}

function exampleRequests(message: Message, { data, input }: PlaygroundState): readonly Request[] {
  const { index = 0, wantedLabel } = input;
  const label = wantedLabel === undefined ? {} : { label: wantedLabel };
  const count = data.sizes?.test ?? 0;
  switch (message.type) {
    case 'exampleRequested': {
      if (count === 0) return [];
      const { direction = 1, share } = message;
      const next = input.index === undefined ? 0 : (index + direction + count) % count;
      return [
        { type: 'pickExample', ...label, index: share === undefined ? next : Math.floor(share * count), direction },
      ];
    }
    case 'exampleLabelChosen':
      return count === 0 || wantedLabel === undefined ? [] : [{ type: 'pickExample', ...label, index, direction: 1 }];
    case 'exampleChosen':
      return count === 0 ? [] : [{ type: 'pickExample', index: message.index, direction: 1 }];
    case 'dataReady':
      // An example of a data set that is gone would keep its old label; what the person brought stays.
      return input.source === 'drawn' || input.source === 'picture'
        ? []
        : [{ type: 'pickExample', index: 0, direction: 1 }];
    default:
      return [];
  }
}

type ChosenImage = Omit<InputState, 'moves' | 'wantedLabel'>;

function asIs(pixels: Floats, shape: ImageShape) {
  return { pixels, original: pixels, shape };
}

/** Another image; what is done to images stays, and so does the class wanted. */
function chosen({ moves, wantedLabel }: InputState, image: ChosenImage): InputState {
  const pixels = moveImage(image.original, image.shape, moves);
  return { ...image, pixels, moves, ...(wantedLabel === undefined ? {} : { wantedLabel }) };
}

function moved(input: InputState, moves: ImageMoves): InputState {
  if (isUnmoved(input.moves) && isUnmoved(moves)) return { ...input, moves };
  return { ...input, moves, pixels: moveImage(input.original, input.shape, moves) };
}

function withPicture(input: InputState, picture: Picture, name: string, inputShape: ImageShape): InputState {
  const pixels = inputOf(picture, inputShape);
  return chosen(input, { ...asIs(pixels, pictureShape(inputShape)), source: 'picture', picture, name });
}

/** A picture gets its colours back when the network has an eye for them, and loses them when it has none. */
function adapted(input: InputState, inputShape: ImageShape): InputState {
  const { picture, name = '' } = input;
  if (!picture || isSameShape(input.shape, pictureShape(inputShape))) return input;
  return withPicture(input, picture, name, inputShape);
}

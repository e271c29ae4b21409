/** What the page asks about the gradient of an answer's score by the chosen image, and what it is told. Types only. */

/** Works out the gradient of an output's score now and whenever image or weights change; without a unit, no more. */
export interface SaliencyRequest {
  readonly type: 'traceSaliency';
  /** Of the network's last layer. */
  readonly unit?: number;
}

/** How a score changes with every pixel of an image, with the weights of the moment. Planes are `[height, width]`. */
export interface Saliency {
  readonly unit: number;
  /** The unit's sum, which its activation is applied to. */
  readonly score: number;
  /** Of the network's input. */
  readonly height: number;
  readonly width: number;
  /** The mean over the channels, 0…1. */
  readonly image: Float32Array<ArrayBuffer>;
  /** d score / d pixel, added up over the channels. */
  readonly gradient: Float32Array<ArrayBuffer>;
  /** pixel · d score / d pixel, added up likewise. */
  readonly product: Float32Array<ArrayBuffer>;
}

export type SaliencyReport = { readonly type: 'saliencyTraced' } & Saliency;

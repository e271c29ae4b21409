/** What the page asks and is told about one layer seen large. Types only. */

/** Whether all maps of a layer share the limits of their colours, or each map (of weights: each filter) has its own. */
export type MapScale = 'shared' | 'perMap';

/** What is shown of a layer: nothing of it is measured for `activations` and `filters` but the filter in hand. */
export type LayerView = 'activations' | 'filters' | 'distributions';

/** How often the values of a tensor fall into equal bins of −limit…limit, and what they come to. */
export interface Histogram {
  /** A power of two, no value is beyond it; 0 where all values are 0. */
  readonly limit: number;
  /** Without the values that are exactly 0. */
  readonly bins: readonly number[];
  readonly count: number;
  readonly zeros: number;
  /** Largest magnitude. */
  readonly largest: number;
  readonly mean: number;
  /** Standard deviation. */
  readonly spread: number;
}

/** A layer's values as they were after `step` training steps. */
export interface Distribution {
  readonly step: number;
  readonly activations: Histogram;
  /** Absent for layers that learn nothing. */
  readonly weights?: Histogram;
}

/** What the layer in hand is watched for. */
export interface LayerWatch {
  readonly layer: string;
  readonly view: LayerView;
  /** The gradients of the chosen image's loss instead of the values themselves. */
  readonly isGradient: boolean;
  /** The filter whose numbers are wanted. */
  readonly filter: number;
  /** Class of the chosen image, where it is known. */
  readonly label?: number;
}

export type ViewsRequest =
  /** Measures what is shown of one layer with the frames that are drawn; without a watch nothing is measured. */
  | { readonly type: 'watchLayer'; readonly watch?: LayerWatch }
  /** Runs the first validation images through and tells which maps or units stay 0 on all of them. */
  | { readonly type: 'findDeadUnits'; readonly layer: string };

export type ViewsReport =
  | { readonly type: 'distribution'; readonly layer: string; readonly distribution: Distribution }
  /** Filter `filter` of a convolution, `[height, width, input channels]`, or the gradient of it. */
  | {
      readonly type: 'filterRead';
      readonly layer: string;
      readonly filter: number;
      readonly isGradient: boolean;
      readonly numbers: readonly number[];
    }
  | {
      readonly type: 'deadUnits';
      readonly layer: string;
      readonly dead: readonly number[];
      /** Maps or units of the layer. */
      readonly units: number;
      readonly images: number;
      readonly step: number;
    }
  /** The gradients of the chosen image's loss are there to be drawn. */
  | {
      readonly type: 'gradientsReady';
      readonly layer: string;
      readonly loss: number;
      /** The class whose loss it is: the image's own, or the network's answer where that is not known. */
      readonly label: number;
      readonly isLabelKnown: boolean;
      /** Whether the gradient by the layer's activations could be had too. */
      readonly hasActivations: boolean;
    };

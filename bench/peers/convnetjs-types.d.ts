/** What the benchmark uses of ConvNetJS 0.3.0, which comes without types. */
declare module 'convnetjs' {
  /** Numbers as `[height, width, depth]`, and their gradients. */
  class Vol {
    constructor(width: number, height: number, depth: number, value?: number);
    w: Float64Array | number[];
  }
  interface Layer {
    readonly layer_type: string;
    readonly filters?: readonly Vol[];
    readonly biases?: Vol;
    readonly pad?: number;
  }
  class Net {
    readonly layers: readonly Layer[];
    makeLayers(definitions: readonly object[]): void;
    forward(inputs: Vol, isTraining?: boolean): Vol;
  }
  class Trainer {
    constructor(net: Net, options: object);
    /** One example; the weights move after each `batch_size` of them. */
    train(inputs: Vol, label: number): { readonly cost_loss: number };
  }
  const convnetjs: { Vol: typeof Vol; Net: typeof Net; Trainer: typeof Trainer };
  export default convnetjs;
}

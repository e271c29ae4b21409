/** What the benchmark uses of ConvNetJS 0.3.0, which comes without types. */
declare module 'convnetjs' {
  /** Numbers as `[height, width, depth]`. */
  interface Vol {
    w: Float64Array | number[];
  }
  interface Layer {
    readonly layer_type: string;
    readonly filters?: readonly Vol[];
    readonly biases?: Vol;
  }
  interface Net {
    readonly layers: readonly Layer[];
    makeLayers(definitions: readonly object[]): void;
    forward(inputs: Vol, isTraining?: boolean): Vol;
  }
  interface Trainer {
    /** One example; the weights move after each `batch_size` of them. */
    train(inputs: Vol, label: number): { readonly cost_loss: number };
  }
  const convnetjs: {
    readonly Vol: new (width: number, height: number, depth: number, value: number) => Vol;
    readonly Net: new () => Net;
    readonly Trainer: new (net: Net, options: object) => Trainer;
  };
  export default convnetjs;
}

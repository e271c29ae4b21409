/** Draws maps on canvases from the network's own buffers. Nothing but the scales' limits and the answer is read back. */
import { mapForReading, type Network, type TensorView } from '../engine/index.ts';
import featureMapSource from '../../shaders/feature-map.wgsl?raw';
import { cellCount } from '../engine/shape/cells.ts';
import { floatBytes } from '../engine/shape/memory.ts';
import { canvasPixels, type MapTensor } from './map-tensor.ts';
import { tensorOf } from './map-tensors.ts';
import type { MapLayout, MapPalettes, MapTarget, Rgb } from './protocol.ts';

const viewBytes = 112;

/** Each kind of value has hues of its own. */
const paletteOf: Readonly<Record<MapTarget['kind'], keyof MapPalettes>> = {
  input: 'activations',
  activations: 'activations',
  weights: 'weights',
  activationGradients: 'gradients',
  weightGradients: 'gradients',
};

interface AttachedMap {
  readonly canvas: OffscreenCanvas;
  readonly context: GPUCanvasContext;
  readonly view: GPUBuffer;
  target: MapTarget;
  layout: MapLayout;
  /** Absent while the network has no such layer. */
  bound?: BoundMap;
}

interface BoundMap {
  readonly draw: GPUBindGroup;
  readonly groupLimits: GPUBindGroup;
  readonly limit: GPUBindGroup;
  /** Of all groups, then one for each. */
  readonly limits: GPUBuffer;
  readonly groups: number;
}

/** What one drawn frame says in numbers. */
export interface FrameNumbers {
  /** ±limit by map id. */
  readonly scales: Readonly<Record<string, number>>;
  readonly probabilities: readonly number[];
}

export class MapPainter {
  readonly #maps = new Map<string, AttachedMap>();
  readonly #format = navigator.gpu.getPreferredCanvasFormat();
  readonly #drawPipeline: GPURenderPipeline;
  readonly #groupLimitPipeline: GPUComputePipeline;
  readonly #limitPipeline: GPUComputePipeline;
  #network: Network | undefined;

  constructor(
    private readonly device: GPUDevice,
    private palettes: MapPalettes,
  ) {
    const module = device.createShaderModule({ label: 'feature-map', code: featureMapSource });
    this.#drawPipeline = device.createRenderPipeline({
      label: 'feature-map',
      layout: 'auto',
      vertex: { module, entryPoint: 'vertexMain' },
      fragment: { module, entryPoint: 'fragmentMain', targets: [{ format: this.#format }] },
    });
    const compute = (entryPoint: string) =>
      device.createComputePipeline({ label: entryPoint, layout: 'auto', compute: { module, entryPoint } });
    this.#groupLimitPipeline = compute('findGroupLimit');
    this.#limitPipeline = compute('findLimit');
  }

  /** Shows another network; canvases whose layer it lacks stay as they are. */
  setNetwork(network: Network | undefined): void {
    this.#network = network;
    for (const map of this.#maps.values()) this.#bind(map);
  }

  setPalettes(palettes: MapPalettes): void {
    this.palettes = palettes;
    for (const map of this.#maps.values()) this.#bind(map);
  }

  attach(id: string, canvas: OffscreenCanvas, target: MapTarget, layout: MapLayout): void {
    this.detach(id);
    const context = canvas.getContext('webgpu');
    if (!context) return;
    context.configure({ device: this.device, format: this.#format, alphaMode: 'opaque' });
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const view = this.device.createBuffer({ label: 'map view', size: viewBytes, usage });
    const map: AttachedMap = { canvas, context, view, target, layout };
    this.#maps.set(id, map);
    this.#bind(map);
  }

  update(id: string, target: MapTarget, layout: MapLayout): void {
    const map = this.#maps.get(id);
    if (!map) return;
    map.target = target;
    map.layout = layout;
    this.#bind(map);
  }

  detach(id: string): void {
    const map = this.#maps.get(id);
    if (!map) return;
    map.context.unconfigure();
    map.view.destroy();
    map.bound?.limits.destroy();
    this.#maps.delete(id);
  }

  /** Runs the chosen image through the network as it is now and draws every map; resolves when the GPU has. */
  async paint(): Promise<FrameNumbers | undefined> {
    const network = this.#network;
    const last = network?.model.layers.at(-1);
    if (!network || !last) return undefined;
    const encoder = this.device.createCommandEncoder({ label: 'maps' });
    network.inspection.encode(encoder);
    // Gradients come later than the canvas that waits for them.
    for (const map of this.#maps.values()) if (!map.bound) this.#bind(map);
    const bound = [...this.#maps].flatMap(([id, map]) => (map.bound ? [{ id, map, bound: map.bound }] : []));
    this.#findLimits(
      encoder,
      bound.map((entry) => entry.bound),
    );
    for (const { map, bound: groups } of bound) this.#draw(encoder, map, groups.draw);
    const outputs = network.inspection.outputs(last.name);
    const numbers = await this.#read(
      encoder,
      bound.map((entry) => entry.bound.limits),
      outputs,
    );
    const scales = Object.fromEntries(bound.map(({ id }, index) => [id, numbers[index] ?? 0]));
    return { scales, probabilities: [...numbers.subarray(bound.length)] };
  }

  #findLimits(encoder: GPUCommandEncoder, bound: readonly BoundMap[]): void {
    const pass = encoder.beginComputePass({ label: 'map limits' });
    pass.setPipeline(this.#groupLimitPipeline);
    for (const { groupLimits, groups } of bound) {
      pass.setBindGroup(0, groupLimits);
      pass.dispatchWorkgroups(groups);
    }
    pass.setPipeline(this.#limitPipeline);
    for (const { limit } of bound) {
      pass.setBindGroup(0, limit);
      pass.dispatchWorkgroups(1);
    }
    pass.end();
  }

  #draw(encoder: GPUCommandEncoder, map: AttachedMap, group: GPUBindGroup): void {
    const pass = encoder.beginRenderPass({
      label: 'map',
      colorAttachments: [{ view: map.context.getCurrentTexture().createView(), loadOp: 'clear', storeOp: 'store' }],
    });
    pass.setPipeline(this.#drawPipeline);
    pass.setBindGroup(0, group);
    pass.draw(3);
    pass.end();
  }

  /** Submits the frame and reads the limit of every map and the network's answer. */
  async #read(encoder: GPUCommandEncoder, limits: readonly GPUBuffer[], outputs: TensorView): Promise<Float32Array> {
    const limitBytes = limits.length * floatBytes;
    const staging = this.device.createBuffer({
      label: 'frame numbers',
      size: limitBytes + outputs.sizeBytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    limits.forEach((limit, index) => {
      encoder.copyBufferToBuffer(limit, 0, staging, index * floatBytes, floatBytes);
    });
    encoder.copyBufferToBuffer(outputs.buffer, outputs.offsetBytes, staging, limitBytes, outputs.sizeBytes);
    this.device.queue.submit([encoder.finish()]);
    try {
      await mapForReading(this.device, staging);
      const classes = cellCount(outputs.shape);
      return new Float32Array(staging.getMappedRange().slice(0), 0, limits.length + classes);
    } finally {
      staging.destroy();
    }
  }

  /** Binds the map to its tensor in the present network and sizes its canvas. */
  #bind(map: AttachedMap): void {
    map.bound?.limits.destroy();
    delete map.bound;
    const found = this.#network && tensorOf(this.#network, map.target);
    if (!found) return;
    const { view, maps } = found;
    const { width, height } = canvasPixels(maps, map.layout);
    const limit = this.device.limits.maxTextureDimension2D;
    if (width > limit || height > limit) return;
    if (map.canvas.width !== width) map.canvas.width = width;
    if (map.canvas.height !== height) map.canvas.height = height;
    this.device.queue.writeBuffer(map.view, 0, this.#viewData(maps, map));
    const numbers = { buffer: view.buffer, offset: view.offsetBytes, size: view.sizeBytes };
    map.bound = this.#boundTo(map.view, numbers, maps.mapCount / maps.inner);
  }

  #boundTo(view: GPUBuffer, numbers: GPUBufferBinding, groups: number): BoundMap {
    const limits = this.device.createBuffer({
      label: 'map limits',
      size: (1 + groups) * floatBytes,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    const group = (
      pipeline: GPURenderPipeline | GPUComputePipeline,
      entries: Readonly<Record<number, GPUBufferBinding>>,
    ) =>
      this.device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: Object.entries(entries).map(([binding, resource]) => ({ binding: Number(binding), resource })),
      });
    const [viewed, scale] = [{ buffer: view }, { buffer: limits }];
    return {
      draw: group(this.#drawPipeline, { 0: viewed, 1: numbers, 2: scale }),
      groupLimits: group(this.#groupLimitPipeline, { 0: viewed, 1: numbers, 3: scale }),
      limit: group(this.#limitPipeline, { 0: viewed, 3: scale }),
      limits,
      groups,
    };
  }

  /** The uniform `MapView` of feature-map.wgsl. */
  #viewData(maps: MapTensor, { layout, target }: AttachedMap): ArrayBuffer {
    const data = new ArrayBuffer(viewBytes);
    const { mapHeight, mapWidth, mapCount, inner, outerStride, innerStride, rowStride, columnStride } = maps;
    const { columns, cellPx, gapPx } = layout;
    new Int32Array(data).set([
      mapHeight,
      mapWidth,
      mapCount,
      inner,
      outerStride,
      innerStride,
      rowStride,
      columnStride,
      columns,
      cellPx,
      gapPx,
      target.scale === 'perMap' ? 1 : 0,
    ]);
    const { negative, zero, positive, gap } = this.palettes[paletteOf[target.kind]];
    const opaque = (colour: Rgb) => [...colour, 1];
    new Float32Array(data, 48).set([negative, zero, positive, gap].flatMap(opaque));
    return data;
  }
}

/** Draws maps on canvases from the network's own buffers. Nothing but the scales' limits and the answer is read back. */
import { mapForReading, type Network, type TensorView } from '../engine/index.ts';
import featureMapSource from '../../shaders/feature-map.wgsl?raw';
import mapLimitSource from '../../shaders/map-limit.wgsl?raw';
import { activationMaps, canvasPixels, weightMaps, type MapTensor } from './map-tensor.ts';
import type { MapLayout, MapPalette, MapTarget, Rgb } from './protocol.ts';

const floatBytes = 4;
const viewBytes = 112;
const requestBytes = 8;
/** Canvases that can have a scale at the same time; far more than layers a page shows. */
const maxSlots = 256;

interface AttachedMap {
  readonly canvas: OffscreenCanvas;
  readonly context: GPUCanvasContext;
  readonly view: GPUBuffer;
  readonly request: GPUBuffer;
  readonly slot: number;
  target: MapTarget;
  layout: MapLayout;
  /** Absent while the network has no such layer. */
  bound?: { readonly draw: GPUBindGroup; readonly limit: GPUBindGroup };
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
  readonly #limits: GPUBuffer;
  readonly #drawPipeline: GPURenderPipeline;
  readonly #limitPipeline: GPUComputePipeline;
  readonly #freeSlots = Array.from({ length: maxSlots }, (_, slot) => maxSlots - 1 - slot);
  #network: Network | undefined;

  constructor(
    private readonly device: GPUDevice,
    private palette: MapPalette,
  ) {
    this.#limits = device.createBuffer({
      label: 'map limits',
      size: maxSlots * floatBytes,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    const drawModule = device.createShaderModule({ label: 'feature-map', code: featureMapSource });
    this.#drawPipeline = device.createRenderPipeline({
      label: 'feature-map',
      layout: 'auto',
      vertex: { module: drawModule, entryPoint: 'vertexMain' },
      fragment: { module: drawModule, entryPoint: 'fragmentMain', targets: [{ format: this.#format }] },
    });
    this.#limitPipeline = device.createComputePipeline({
      label: 'map-limit',
      layout: 'auto',
      compute: {
        module: device.createShaderModule({ label: 'map-limit', code: mapLimitSource }),
        entryPoint: 'findLimit',
      },
    });
  }

  /** Shows another network; canvases whose layer it lacks stay as they are. */
  setNetwork(network: Network | undefined): void {
    this.#network = network;
    for (const map of this.#maps.values()) this.#bind(map);
  }

  setPalette(palette: MapPalette): void {
    this.palette = palette;
    for (const map of this.#maps.values()) this.#bind(map);
  }

  attach(id: string, canvas: OffscreenCanvas, target: MapTarget, layout: MapLayout): void {
    this.detach(id);
    const context = canvas.getContext('webgpu');
    const slot = this.#freeSlots.pop();
    if (!context || slot === undefined) return;
    context.configure({ device: this.device, format: this.#format, alphaMode: 'opaque' });
    const uniform = (label: string, size: number) =>
      this.device.createBuffer({ label, size, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
    const map: AttachedMap = {
      canvas,
      context,
      view: uniform('map view', viewBytes),
      request: uniform('limit request', requestBytes),
      slot,
      target,
      layout,
    };
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
    map.request.destroy();
    this.#freeSlots.push(map.slot);
    this.#maps.delete(id);
  }

  /** Runs the chosen image through the network as it is now and draws every map; resolves when the GPU has. */
  async paint(): Promise<FrameNumbers | undefined> {
    const network = this.#network;
    const last = network?.model.layers.at(-1);
    if (!network || !last) return undefined;
    const encoder = this.device.createCommandEncoder({ label: 'maps' });
    network.inspection.encode(encoder);
    const bound = [...this.#maps].flatMap(([id, map]) => (map.bound ? [{ id, map, bound: map.bound }] : []));
    const limits = encoder.beginComputePass({ label: 'map limits' });
    limits.setPipeline(this.#limitPipeline);
    for (const { bound: groups } of bound) {
      limits.setBindGroup(0, groups.limit);
      limits.dispatchWorkgroups(1);
    }
    limits.end();
    for (const { map, bound: groups } of bound) this.#draw(encoder, map, groups.draw);
    const outputs = network.inspection.outputs(last.name);
    const numbers = await this.#read(encoder, outputs);
    const scales = Object.fromEntries(bound.map(({ id, map }) => [id, numbers[map.slot] ?? 0]));
    return { scales, probabilities: [...numbers.subarray(maxSlots)] };
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

  /** Submits the frame and reads all limits and the network's answer. */
  async #read(encoder: GPUCommandEncoder, outputs: TensorView): Promise<Float32Array> {
    const limitBytes = maxSlots * floatBytes;
    const staging = this.device.createBuffer({
      label: 'frame numbers',
      size: limitBytes + outputs.sizeBytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    encoder.copyBufferToBuffer(this.#limits, 0, staging, 0, limitBytes);
    encoder.copyBufferToBuffer(outputs.buffer, outputs.offsetBytes, staging, limitBytes, outputs.sizeBytes);
    this.device.queue.submit([encoder.finish()]);
    try {
      await mapForReading(this.device, staging);
      const classes = outputs.shape.reduce((product, size) => product * size, 1);
      return new Float32Array(staging.getMappedRange().slice(0), 0, maxSlots + classes);
    } finally {
      staging.destroy();
    }
  }

  /** Binds the map to its tensor in the present network and sizes its canvas. */
  #bind(map: AttachedMap): void {
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
    const count = maps.mapHeight * maps.mapWidth * maps.mapCount;
    this.device.queue.writeBuffer(map.request, 0, Int32Array.of(count, map.slot));
    const numbers = { buffer: view.buffer, offset: view.offsetBytes, size: view.sizeBytes };
    const entries = (uniform: GPUBuffer): GPUBindGroupEntry[] => [
      { binding: 0, resource: { buffer: uniform } },
      { binding: 1, resource: numbers },
      { binding: 2, resource: { buffer: this.#limits } },
    ];
    map.bound = {
      draw: this.device.createBindGroup({
        layout: this.#drawPipeline.getBindGroupLayout(0),
        entries: entries(map.view),
      }),
      limit: this.device.createBindGroup({
        layout: this.#limitPipeline.getBindGroupLayout(0),
        entries: entries(map.request),
      }),
    };
  }

  /** The uniform `MapView` of feature-map.wgsl. */
  #viewData(maps: MapTensor, { layout, slot }: AttachedMap): ArrayBuffer {
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
      slot,
    ]);
    const { negative, zero, positive, gap } = this.palette;
    const opaque = (colour: Rgb) => [...colour, 1];
    new Float32Array(data, 48).set([negative, zero, positive, gap].flatMap(opaque));
    return data;
  }
}

/** The tensor a target names and its maps; undefined where the network has none. */
function tensorOf(network: Network, target: MapTarget): { view: TensorView; maps: MapTensor } | undefined {
  if (target.kind === 'input') {
    const view = network.inspection.input;
    return { view, maps: activationMaps(view.shape) };
  }
  const layer = network.model.layers.find(({ name }) => name === target.layer);
  if (!layer) return undefined;
  if (target.kind === 'activations') {
    const view = network.inspection.outputs(layer.name);
    return { view, maps: activationMaps(view.shape) };
  }
  const [kernel] = layer.weights;
  if (!kernel) return undefined;
  const view = network.weight(kernel.name);
  return { view, maps: weightMaps(view.shape) };
}

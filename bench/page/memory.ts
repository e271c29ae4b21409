/** Keeps account of what a page holds on the GPU and in WebAssembly, by listening to the platform's classes. */
import { listen } from './wrap.ts';

const account = { gpuBytes: 0, gpuPeakBytes: 0 };
const wasmMemories = new Set<WebAssembly.Memory>();
let sharedAtFirstBytes = 0;

/** Bytes of everything that is neither destroyed nor collected; what is dropped without `destroy` goes when collected. */
const held = new Map<number, number>();
const keys = new WeakMap<object, number>();
const collected = new FinalizationRegistry<number>((key) => release(key));
let lastKey = 0;

function hold(owner: object, bytes: number): void {
  forget(owner);
  lastKey += 1;
  keys.set(owner, lastKey);
  held.set(lastKey, bytes);
  collected.register(owner, lastKey);
  account.gpuBytes += bytes;
  account.gpuPeakBytes = Math.max(account.gpuPeakBytes, account.gpuBytes);
}

function release(key: number): void {
  account.gpuBytes -= held.get(key) ?? 0;
  held.delete(key);
}

function forget(owner: unknown): void {
  const key = typeof owner === 'object' && owner !== null ? keys.get(owner) : undefined;
  if (key !== undefined) release(key);
}

const ignore = (): void => undefined;

function watchBuffers(): void {
  listen(GPUDevice.prototype, 'createBuffer', ignore, (_, [descriptor], buffer) => {
    if (buffer instanceof GPUBuffer && descriptor) hold(buffer, buffer.size);
  });
  listen(GPUBuffer.prototype, 'destroy', forget);
}

/** Bytes of one texel in the formats that number crunching uses. */
const texelBytes = new Map<number, number>([
  [WebGL2RenderingContext.RGBA32F, 16],
  [WebGL2RenderingContext.RGBA16F, 8],
  [WebGL2RenderingContext.R32F, 4],
  [WebGL2RenderingContext.R16F, 2],
]);

function watchTextures(): void {
  const gl = WebGL2RenderingContext.prototype;
  const bound = new WeakMap<object, unknown>();
  listen(gl, 'bindTexture', (self, [, texture]) => {
    if (self instanceof WebGL2RenderingContext) bound.set(self, texture);
  });
  const sized = (self: unknown, [, , format, width, height]: readonly unknown[]): void => {
    const texture = self instanceof WebGL2RenderingContext ? bound.get(self) : undefined;
    if (!(texture instanceof WebGLTexture) || typeof format !== 'number') return;
    hold(texture, Number(width) * Number(height) * (texelBytes.get(format) ?? 4));
  };
  listen(gl, 'texStorage2D', sized);
  listen(gl, 'texImage2D', sized);
  listen(gl, 'deleteTexture', (_, [texture]) => forget(texture));
}

/** WebAssembly's memories are made by scripts or come out of an instance. */
function watchWasm(): void {
  const OriginalMemory = WebAssembly.Memory;
  WebAssembly.Memory = new Proxy(OriginalMemory, {
    construct(target, given: [WebAssembly.MemoryDescriptor]) {
      const memory = new target(...given);
      wasmMemories.add(memory);
      if (Object.prototype.toString.call(memory.buffer) === '[object SharedArrayBuffer]') {
        sharedAtFirstBytes += memory.buffer.byteLength;
      }
      return memory;
    },
  });
  const keep = (instance: WebAssembly.Instance): void => {
    for (const value of Object.values(instance.exports)) {
      if (value instanceof OriginalMemory) wasmMemories.add(value);
    }
  };
  listen(WebAssembly, 'instantiate', ignore, (_, __, answer) => {
    void Promise.resolve(answer).then((given: unknown) => {
      if (given instanceof WebAssembly.Instance) keep(given);
      else if (typeof given === 'object' && given !== null && 'instance' in given) {
        if (given.instance instanceof WebAssembly.Instance) keep(given.instance);
      }
    }, ignore);
  });
}

/** Begins the account; it must stand before the trainer is loaded. */
export function watchMemory(): void {
  watchBuffers();
  watchTextures();
  watchWasm();
}

/** What `performance.measureUserAgentSpecificMemory` gives, as far as it is read. */
interface MeasuredMemory {
  readonly breakdown: readonly {
    readonly bytes: number;
    readonly attribution: readonly { readonly scope: string }[];
  }[];
}

/**
 * Bytes of the page's JavaScript, its workers' included; 0 where the browser does not tell. WebAssembly's memory, which is
 * told of by itself, is taken off: the page's share counts it whole, every thread's as large as it was at first.
 */
async function scriptBytes(wasmBytes: number): Promise<number> {
  const measure: unknown = Reflect.get(performance, 'measureUserAgentSpecificMemory');
  if (typeof measure !== 'function') return 0;
  const { breakdown } = (await Reflect.apply(measure, performance, [])) as MeasuredMemory;
  return breakdown.reduce((sum, { bytes, attribution }) => {
    const scope = attribution[0]?.scope;
    const counted = scope === 'Window' ? wasmBytes : scope === undefined ? 0 : sharedAtFirstBytes;
    return sum + Math.max(0, bytes - counted);
  }, 0);
}

/** What a page holds, in bytes. */
export interface HeldMemory {
  readonly gpuBytes: number;
  /** The most since the page began. */
  readonly gpuPeakBytes: number;
  readonly wasmBytes: number;
  readonly scriptBytes: number;
}

/** What is held now. */
export async function readMemory(): Promise<HeldMemory> {
  const wasmBytes = [...wasmMemories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  return { ...account, wasmBytes, scriptBytes: await scriptBytes(wasmBytes) };
}

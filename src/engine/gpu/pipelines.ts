/** WGSL → compute pipelines, each specialised text compiled once, many in parallel. */
import { EngineError } from '../error.ts';
import type { Kernel } from './kernel.ts';
import { shaderSource } from './shader-sources.ts';
import { pickBindings, readBindings, type BindingDeclaration } from './wgsl/bindings.ts';
import { specialise } from './wgsl/specialise.ts';

export interface CompiledKernel {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  readonly bindings: readonly BindingDeclaration[];
}

type KernelSource = Pick<Kernel, 'shader' | 'entryPoint' | 'constants' | 'workgroupSize' | 'element'>;

/** The WGSL a device gets for a kernel: what is compiled, what can be shown. */
export function kernelText(kernel: KernelSource): string {
  const constants = { ...kernel.constants, workgroupSize: kernel.workgroupSize };
  const text = specialise(shaderSource(kernel.shader), kernel.entryPoint, constants);
  return kernel.element === 'f16'
    ? `enable f16;\n${text.replace('alias element = f32;', 'alias element = f16;')}`
    : text;
}

export class PipelineCache {
  readonly #compiled = new Map<string, Promise<CompiledKernel>>();

  constructor(private readonly device: GPUDevice) {}

  /** The kernel's pipeline; compiled at the first call, shared afterwards. @throws EngineError `internal`. */
  compile(kernel: Kernel): Promise<CompiledKernel> {
    const key = this.#key(kernel);
    let compiled = this.#compiled.get(key);
    if (!compiled) {
      compiled = this.#compile(kernel);
      this.#compiled.set(key, compiled);
    }
    return compiled;
  }

  #key(kernel: Kernel): string {
    const bound = Object.keys(kernel.bindings).sort();
    return JSON.stringify([
      kernel.shader,
      kernel.entryPoint,
      kernel.constants,
      kernel.workgroupSize,
      kernel.element,
      bound,
    ]);
  }

  async #compile(kernel: Kernel): Promise<CompiledKernel> {
    const label = `${kernel.shader}.${kernel.entryPoint}`;
    const source = shaderSource(kernel.shader);
    const file = `${kernel.shader}.wgsl`;
    const bindings = pickBindings(readBindings(source, file), Object.keys(kernel.bindings), file);
    const layout = this.device.createBindGroupLayout({
      label,
      entries: bindings.map(({ binding, type }) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
    });
    const module = this.device.createShaderModule({ label, code: kernelText(kernel) });
    try {
      const pipeline = await this.device.createComputePipelineAsync({
        label,
        layout: this.device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: kernel.entryPoint },
      });
      return { pipeline, layout, bindings };
    } catch (error) {
      throw new EngineError('internal', `${label}: must compile on this device. Received ${String(error)}`);
    }
  }
}

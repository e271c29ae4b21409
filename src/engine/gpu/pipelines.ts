/** WGSL → compute pipelines, each specialised text compiled once, many in parallel. */
import { EngineError } from '../error.ts';
import { workgroupsOf, type Kernel } from './kernel.ts';
import { shaderSource } from './shader-sources.ts';
import { pickBindings, readBindings, type BindingDeclaration } from './wgsl/bindings.ts';
import { mergeTexts } from './wgsl/merge.ts';
import { specialise } from './wgsl/specialise.ts';

export interface CompiledKernel {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  readonly bindings: readonly BindingDeclaration[];
}

type KernelSource = Pick<Kernel, 'shader' | 'entryPoint' | 'constants' | 'workgroupSize' | 'element' | 'usesQuads'> &
  Partial<Pick<Kernel, 'parts' | 'bindings'>>;

/** The WGSL a device gets for a kernel: what is compiled, what can be shown. */
export function kernelText(kernel: KernelSource): string {
  const { shader, entryPoint, workgroupSize, element, usesQuads = false, parts, bindings = {} } = kernel;
  if (parts) {
    const texts = parts.map(({ kernel: part, names }) => ({
      ...{ text: kernelText(part), entryPoint: part.entryPoint },
      ...{ workgroups: workgroupsOf(part), bindings: names },
    }));
    return mergeTexts(texts, Object.keys(bindings), workgroupSize);
  }
  const constants = { ...kernel.constants, workgroupSize, ...(usesQuads && { lanes: quadLanes }) };
  let text = specialise(shaderSource(shader), entryPoint, constants);
  if (element === 'f16') text = `enable f16;\n${text.replace('alias element = f32;', 'alias element = f16;')}`;
  return usesQuads ? withQuads(text) : text;
}

const quadLanes = 4;

/** quad.wgsl with its exchanges. That whole quads meet in them is the kernels' care, not what the compiler can prove. */
function withQuads(text: string): string {
  const header = 'enable subgroups;\ndiagnostic(off, subgroup_uniformity);\n';
  return (
    header + text.replace(/(fn (?:across|wordAcross)(\w+)\([^)]*\)[^{]*\{\s*return )value;/g, '$1quadSwap$2(value);')
  );
}

/** How the kernel's shader declares what it is bound to. */
function declarationsOf({ shader, bindings, parts }: Kernel): readonly BindingDeclaration[] {
  const names = Object.keys(bindings);
  if (!parts) return pickBindings(readBindings(shaderSource(shader), `${shader}.wgsl`), names, `${shader}.wgsl`);
  return names.map((name, binding) => {
    const found = parts.flatMap((part) =>
      declarationsOf(part.kernel).filter((declaration) => part.names[declaration.name] === name),
    );
    if (!found[0]) throw new Error(`${shader}: a binding must be one of its parts'. Received name=${name}.`);
    return { ...found[0], name, binding };
  });
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
    if (kernel.parts) {
      const parts = kernel.parts.map((part) => [this.#key(part.kernel), part.names, workgroupsOf(part.kernel)]);
      return JSON.stringify([parts, Object.keys(kernel.bindings)]);
    }
    const bound = Object.keys(kernel.bindings).sort();
    return JSON.stringify([
      kernel.shader,
      kernel.entryPoint,
      kernel.constants,
      kernel.workgroupSize,
      kernel.element,
      kernel.usesQuads,
      bound,
    ]);
  }

  async #compile(kernel: Kernel): Promise<CompiledKernel> {
    const label = `${kernel.shader}.${kernel.entryPoint}`;
    const bindings = declarationsOf(kernel);
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

/** Reads the `@binding` lines of a shader, so that TypeScript binds by name and the numbers stand in WGSL only. */

export interface BindingDeclaration {
  readonly name: string;
  readonly binding: number;
  readonly type: GPUBufferBindingType;
  /** The type it is declared with: `array<f32>`. */
  readonly holds: string;
}

const bindingPattern =
  /@group\(0\)\s*@binding\((\d+)\)\s*var<\s*(uniform|storage)\s*(?:,\s*(read|read_write)\s*)?>\s*(\w+)\s*:\s*([^;]+?)\s*;/g;

/** All of the file's bindings by name. @throws when two share a number. */
export function readBindings(source: string, file: string): ReadonlyMap<string, BindingDeclaration> {
  const declarations = new Map<string, BindingDeclaration>();
  const numbers = new Set<number>();
  for (const [, number, space, access, name, holds = ''] of source.matchAll(bindingPattern)) {
    const binding = Number(number);
    if (numbers.has(binding)) throw new Error(`${file}: binding numbers must differ. Received ${binding} twice.`);
    numbers.add(binding);
    const type = space === 'uniform' ? 'uniform' : access === 'read_write' ? 'storage' : 'read-only-storage';
    if (name) declarations.set(name, { name, binding, type, holds });
  }
  return declarations;
}

/** The declarations of the names given. @throws for a name the file does not have. */
export function pickBindings(
  declarations: ReadonlyMap<string, BindingDeclaration>,
  names: readonly string[],
  file: string,
): readonly BindingDeclaration[] {
  return names.map((name) => {
    const declaration = declarations.get(name);
    if (!declaration) {
      throw new Error(`${file}: has no binding "${name}"; it has ${[...declarations.keys()].join(', ')}.`);
    }
    return declaration;
  });
}

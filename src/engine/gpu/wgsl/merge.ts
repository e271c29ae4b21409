/**
 * Puts several shader texts into one, to run as one dispatch: each keeps a range of the workgroups, its module-scope names get
 * an ending of their own, its entry point becomes a function. Knows texts as `specialise` leaves them; nothing of what they compute.
 */
import { closingBracket } from './text.ts';

/** One of the texts to be merged. */
export interface MergedText {
  /** Without comments and with one entry point. */
  readonly text: string;
  readonly entryPoint: string;
  /** Workgroups it is dispatched with. */
  readonly workgroups: number;
  /** What its bindings are called in the merged text; two texts that give one name share a binding. */
  readonly bindings: Readonly<Record<string, string>>;
}

/** The name of the merged entry point. */
export const mergedEntryPoint = 'merged';

/**
 * The merged text, for workgroups of `workgroupSize`; its bindings are numbered in the order of `names`.
 * @throws when an entry point asks for a builtin that a range of workgroups cannot give.
 */
export function mergeTexts(parts: readonly MergedText[], names: readonly string[], workgroupSize: number): string {
  const directives = new Set<string>();
  const declared = new Set<string>();
  const bodies = parts.map((part, index) => {
    const text = part.text.replace(/^\s*(enable|diagnostic|requires)\b[^;{]*;/gm, (directive) => {
      directives.add(directive.trim());
      return '';
    });
    return renumberBindings(renameModuleScope(text, ending(index), part.bindings), names, declared);
  });
  const calls = parts.map((part, index) => call(part, bodies[index] ?? '', index));
  const plain = bodies.map((body) => body.replace(entryAttributes, '').replace(/@builtin\(\w+\)\s*/g, ''));
  return [...directives, ...plain, dispatcher(parts, calls, workgroupSize)].join('\n');
}

const entryAttributes = /@compute\s*@workgroup_size\([^)]*\)\s*/g;

function ending(index: number): string {
  return `_part${index + 1}`;
}

const moduleScope = /[{(]|\b(?:const|alias|struct|fn|override)\s+(\w+)|\bvar(?:<[^>]*>)?\s+(\w+)/g;

/** Names that are declared outside every function and struct. */
function moduleNames(text: string): Set<string> {
  const names = new Set<string>();
  const pattern = new RegExp(moduleScope);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const name = match[1] ?? match[2];
    if (name) names.add(name);
    else pattern.lastIndex = closingBracket(text, match.index);
  }
  return names;
}

/** Gives every module-scope name the ending, bindings their names in the merged text; members and attributes keep theirs. */
function renameModuleScope(text: string, suffix: string, bindings: Readonly<Record<string, string>>): string {
  const names = moduleNames(text);
  const rename = (piece: string, isStruct: boolean) =>
    piece.replace(/(?<![\w.])[A-Za-z_]\w*\b(\s*:)?/g, (found, colon: string | undefined) => {
      const word = colon ? found.slice(0, -colon.length) : found;
      if (!names.has(word) || (isStruct && colon)) return found;
      return (bindings[word] ?? word + suffix) + (colon ?? '');
    });
  let renamed = '';
  let position = 0;
  for (const match of text.matchAll(/\bstruct\s+\w+\s*\{/g)) {
    const open = match.index + match[0].length - 1;
    const end = closingBracket(text, open) + 1;
    renamed += rename(text.slice(position, open), false) + rename(text.slice(open, end), true);
    position = end;
  }
  return renamed + rename(text.slice(position), false);
}

const bindingDeclaration = /@group\(0\)\s*@binding\(\d+\)\s*(var<[^>]*>\s*(\w+)\s*:[^;]*;)/g;

/** Numbers bindings by their names; what is not bound comes behind them, and what was declared before is left out. */
function renumberBindings(text: string, names: readonly string[], declared: Set<string>): string {
  return text.replace(bindingDeclaration, (_, declaration: string, name: string) => {
    if (declared.has(name)) return '';
    const unbound = declared.size - names.filter((other) => declared.has(other)).length;
    const place = names.includes(name) ? names.indexOf(name) : names.length + unbound;
    declared.add(name);
    return `@group(0) @binding(${place}) ${declaration}`;
  });
}

/** What a builtin is for a part of `count` workgroups of `size`, in its workgroup `own`. */
const builtins: Readonly<Record<string, string>> = {
  global_invocation_id: 'vec3u(own * size + lane, 0u, 0u)',
  workgroup_id: 'vec3u(own, 0u, 0u)',
  num_workgroups: 'vec3u(count, 1u, 1u)',
  local_invocation_index: 'lane',
  local_invocation_id: 'vec3u(lane, 0u, 0u)',
};

/** The call of a part's entry point, with what it asks for. */
function call({ entryPoint, workgroups }: MergedText, text: string, index: number): string {
  const name = entryPoint + ending(index);
  const start = text.search(new RegExp(`\\bfn\\s+${name}\\s*\\(`));
  const open = text.indexOf('(', start);
  const parameters = text.slice(open + 1, closingBracket(text, open));
  const given = [...parameters.matchAll(/@builtin\((\w+)\)/g)].map(([, builtin = '']) => {
    const value = builtins[builtin];
    if (value === undefined) throw new Error(`wgsl: a merged kernel must not ask for ${builtin}.`);
    return value.replace('count', `${workgroups}u`);
  });
  return `${name}(${given.join(', ')});`;
}

/** The entry point: workgroups in order, each part's behind those of the part before; the last part has the overhang. */
function dispatcher(parts: readonly MergedText[], calls: readonly string[], workgroupSize: number): string {
  let first = 0;
  const branches = parts.map(({ workgroups }, index) => {
    const start = first;
    first += workgroups;
    const condition = index < parts.length - 1 ? `if (place < ${first}u) ` : '';
    return `${condition}{\n    let own = place - ${start}u;\n    ${calls[index] ?? ''}\n  }`;
  });
  return `
@compute @workgroup_size(${workgroupSize})
fn ${mergedEntryPoint}(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  const size = ${workgroupSize}u;
  let place = group.y * groups.x + group.x;
  ${branches.join(' else ')}
}
`;
}

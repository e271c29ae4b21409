/*
 * Plan. Texts that share every name they have, functions, structs, constants, bindings, and whose members, locals and
 * parameters are called like each other's functions: merged, each name of the module stands once, members and builtins keep
 * theirs, directives come first and once, bindings have the numbers asked for, shared ones are declared once. That the
 * dispatcher gives every workgroup to its part is proved by running it as JavaScript. What cannot be given is refused.
 */
import { runInNewContext } from 'node:vm';
import { expect, test } from 'playwright/test';
import { readBindings } from './bindings.ts';
import { mergeTexts, type MergedText } from './merge.ts';

const text = (statement: string): string => `
enable f16;
alias element = f16;
const workgroupSize = 4u;
struct Loss { loss: f32, other: element, }
@group(0) @binding(5) var<storage, read> inputs: array<element>;
@group(0) @binding(2) var<storage, read_write> outputs: array<Loss>;
@group(0) @binding(9) var<storage, read> unused: array<f32>;
var<workgroup> sums: array<f32, workgroupSize>;
fn half(loss: f32) -> f32 { return loss * 0.5 + v.half; }
@compute @workgroup_size(workgroupSize)
fn loss(@builtin(global_invocation_id) gid: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let sums = half(inputs[gid.x]);
  ${statement}
}
`;

const parts: readonly MergedText[] = [
  { text: text('outputs[0].loss = sums;'), entryPoint: 'loss', workgroups: 3, bindings: { inputs: 'x', outputs: 'y' } },
  { text: text('outputs[1].loss = sums;'), entryPoint: 'loss', workgroups: 2, bindings: { inputs: 'x', outputs: 'z' } },
];

test('every name of the module stands once, and means the same in its part', () => {
  const merged = mergeTexts(parts, ['x', 'y', 'z'], 4);
  const names = [...merged.matchAll(/\b(?:const|alias|struct|fn)\s+(\w+)|\bvar<[^>]*>\s+(\w+)/g)].map(
    (match) => match[1] ?? match[2],
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['loss_part1', 'loss_part2', 'Loss_part1', 'x', 'y', 'z', 'merged']));
  expect(merged).toContain('struct Loss_part2 { loss: f32, other: element_part2, }');
  expect(merged).toContain('fn half_part1(loss_part1: f32) -> f32 { return loss_part1 * 0.5 + v.half; }');
  expect(merged).toContain('y[0].loss = sums_part1;');
  expect(merged).toContain('z[1].loss = sums_part2;');
  expect(merged.match(/@compute/g)).toHaveLength(1);
});

test('directives come first, once each', () => {
  const merged = mergeTexts(parts, ['x', 'y', 'z'], 4);
  expect(merged.startsWith('enable f16;\n')).toBe(true);
  expect(merged.match(/enable/g)).toHaveLength(1);
});

test('bindings have the numbers asked for, and what is shared is declared once', () => {
  const found = readBindings(mergeTexts(parts, ['x', 'y', 'z'], 4), 'merged');
  expect(['x', 'y', 'z'].map((name) => found.get(name)?.binding)).toEqual([0, 1, 2]);
  expect(found.get('y')).toMatchObject({ type: 'storage', holds: 'array<Loss_part1>' });
  expect([...found.values()].filter(({ name }) => name.startsWith('unused')).map(({ binding }) => binding)).toEqual([
    3, 4,
  ]);
});

/** What the dispatcher calls, for each invocation of `groups` workgroups: part, number, workgroups. */
function calls(merged: string, groups: { x: number; y: number }, size: number): string[] {
  const body = merged.slice(merged.indexOf('fn merged'));
  const script = body
    .replace(/fn merged\([^{]*\{/, 'function merged(group, groups, lane) {')
    .replace(/\b(\d+)u\b/g, '$1');
  const called: string[] = [];
  const note = (part: number) => (gid: { x: number }, count: { x: number }) =>
    called.push(`${part}:${gid.x}/${count.x}`);
  const vec3u = (x: number, y: number, z: number) => ({ x, y, z });
  const context = { vec3u, loss_part1: note(1), loss_part2: note(2), groups, size };
  runInNewContext(
    `${script}
    for (let y = 0; y < groups.y; y++) for (let x = 0; x < groups.x; x++)
      for (let lane = 0; lane < size; lane++) merged({ x, y }, groups, lane);`,
    context,
  );
  return called;
}

for (const groups of [
  { x: 5, y: 1 },
  { x: 3, y: 2 },
]) {
  test(`each part has its workgroups, of ${groups.x} × ${groups.y}`, () => {
    const expected = [
      ...Array.from({ length: 12 }, (_, index) => `1:${index}/3`),
      // The overhang of a folded grid is the last part's, which checks its own bound.
      ...Array.from({ length: groups.x * groups.y * 4 - 12 }, (_, index) => `2:${index}/2`),
    ];
    expect(calls(mergeTexts(parts, ['x', 'y', 'z'], 4), groups, 4)).toEqual(expected);
  });
}

test('a builtin of the whole dispatch is refused', () => {
  const odd = { ...parts[0]!, text: parts[0]!.text.replace('num_workgroups', 'subgroup_id') };
  expect(() => mergeTexts([odd], ['x', 'y'], 4)).toThrow('a merged kernel must not ask for subgroup_id');
});

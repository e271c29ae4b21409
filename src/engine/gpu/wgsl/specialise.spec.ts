/*
 * Plan. A table of marked loops, conditions and arrays with the text that must come out; a table of constants and how they are
 * written; a table of mistakes with their messages. Then the promise itself: a small shader, near enough to JavaScript to be
 * run as it, computes the same before and after, for many values of its constants; the control shows that the constants matter.
 */
import { expect, test } from 'playwright/test';
import { runInNewContext } from 'node:vm';
import { specialise, type ShaderConstants } from './specialise.ts';

const inMain = (body: string): string => `const four = 4;\n@compute @workgroup_size(1)\nfn main() {\n${body}\n}`;

/** The body of `main`, spaces made single. */
function bodyAfter(body: string, constants: ShaderConstants = {}): string {
  const text = specialise(inMain(body), 'main', constants);
  return text
    .slice(text.indexOf('{') + 1, text.lastIndexOf('}'))
    .replace(/\s+/g, ' ')
    .trim();
}

const expansions: readonly (readonly [title: string, body: string, expected: string])[] = [
  ['unrolls', '// @unroll\nfor (var i = 0; i < 3; i++) { a += i; }', 'a = a + (0) + (1) + (2);'],
  [
    'unrolls in steps',
    '// @unroll\nfor (var i: i32 = 2; i < four * 2; i += 3) { a[i] = ii.i; }',
    'a[2] = ii.i; a[5] = ii.i;',
  ],
  ['brackets negative values', '// @unroll\nfor (var i = -1; i < 1; i++) { a -= i; }', 'a -= (-1); a -= 0;'],
  ['unrolls nothing', '// @unroll\nfor (var i = 4; i < four; i++) { a += i; } b();', 'b();'],
  [
    'unrolls inside, by the outer value',
    '// @unroll\nfor (var i = 1; i < 3; i++) {\n// @unroll\nfor (var j = 0; j < i; j++) { f(i, j); } }',
    'f(1, 0); f(2, 0); f(2, 1);',
  ],
  ['drops a loop that runs once', '// @once\nfor (var k = 0; k < four; k += 4) { f(k); }', 'f(0);'],
  [
    'keeps a loop that runs twice',
    '// @once\nfor (var k = 0; k < four; k += 2) { f(k); }',
    'for (var k = 0; k < four; k += 2) { f(k); }',
  ],
  [
    'keeps a loop whose second turn is not whole',
    '// @once\nfor (var k = 0; k < 5; k += 4) { f(k); }',
    'for (var k = 0; k < 5; k += 4) { f(k); }',
  ],
  ['writes out a loop over registers', '// @registers\nfor (var k = 0; k < 2; k++) { f(k); }', 'f(0); f(1);'],
  ['writes out a short loop', '// @short\nfor (var k = 1; k < 8; k += 2) { f(k); }', 'f(1); f(3); f(5); f(7);'],
  [
    'keeps a loop of five turns',
    '// @short\nfor (var k = 0; k < 9; k += 2) { f(k); }',
    'for (var k = 0; k < 9; k += 2) { f(k); }',
  ],
  [
    'expands inside a loop that is kept',
    '// @once\nfor (var k = 0; k < four; k += 2) {\n// @unroll\nfor (var i = 0; i < 2; i++) { f(k, i); } }',
    'for (var k = 0; k < four; k += 2) { f(k, 0); f(k, 1); }',
  ],
  ['leaves unmarked loops alone', 'for (var i = 0; i < 3; i++) { a += i; }', 'for (var i = 0; i < 3; i++) { a += i; }'],
  ['keeps what holds', '// @static\nif (four == 4) { f(); } else { g(); } h();', 'f(); h();'],
  ['keeps the other', '// @static\nif (four > 4) { f(); } else { g(); } h();', 'g(); h();'],
  ['keeps nothing', '// @static\nif (four > 4) { f(); } h();', 'h();'],
  [
    'decides by a loop value',
    '// @unroll\nfor (var i = 0; i < 3; i++) {\n// @static\nif (i % 2 == 0) { f(i); } }',
    'f(0); f(2);',
  ],
  [
    'leaves out what is not chosen, even if it could not be decided',
    '// @static\nif (four == 4) { f(); } else {\n// @static\nif (unknown) { g(); } }',
    'f();',
  ],
  [
    'makes scalars of arrays',
    'var sums: array<f32, four>;\nsums[four - 4] += sums[2] + sums[ 2 ];',
    'var sums_0: f32; var sums_2: f32; sums_0 += sums_2 + sums_2;',
  ],
  [
    'makes constants of elements written once and then read',
    'var cells: array<f32, 2>;\ncells[0] = a; cells[1] = cells[0]; f(cells[1]);',
    'let cells_0: f32 = a; let cells_1: f32 = cells_0; f(cells_1);',
  ],
  [
    'not of those read outside the block that writes them',
    'var cells: array<f32, 2>;\nif (x) { cells[0] = a; f(cells[0]); cells[1] = b; } f(cells[1]);',
    'var cells_1: f32; if (x) { let cells_0: f32 = a; f(cells_0); cells_1 = b; } f(cells_1);',
  ],
  [
    'not of those read before, as in the turn before',
    'var cells: array<f32, 1>;\nfor (;;) { f(cells[0]); cells[0] = a; }',
    'var cells_0: f32; for (;;) { f(cells_0); cells_0 = a; }',
  ],
  [
    'not of those that go on from what they were',
    'var cells: array<f32, 1>;\ncells[0] = cells[0] + a; f(cells[0]);',
    'var cells_0: f32; cells_0 = cells_0 + a; f(cells_0);',
  ],
  [
    'not of those written twice or compared',
    'var cells: array<f32, 2>;\ncells[0] = a; cells[0] = b; if (cells[1] == c) { f(); }',
    'var cells_0: f32; var cells_1: f32; cells_0 = a; cells_0 = b; if (cells_1 == c) { f(); }',
  ],
  [
    'tells the names of turns and branches apart',
    '// @unroll\nfor (var i = 0; i < 2; i++) { let y = i + 1; if (y > x.y) { let y = 2; f(y); } }\n// @static\nif (four == 4) { let y = 3; f(y); }',
    'let y_t1 = 0 + 1; if (y_t1 > x.y) { let y_t1 = 2; f(y_t1); } let y_t2 = 1 + 1; if (y_t2 > x.y) { let y_t2 = 2; f(y_t2); } let y_t3 = 3; f(y_t3);',
  ],
  [
    'joins what is added to one sum in a row, no other',
    '// @unroll\nfor (var i = 0; i < 2; i++) {\n// @unroll\nfor (var k = 0; k < 2; k++) { s[i] += a * k; } s[i] += b; t += i; }',
    's[0] = s[0] + (a * 0) + (a * 1) + (b); t += 0; s[1] = s[1] + (a * 0) + (a * 1) + (b); t += 1;',
  ],
  [
    'keeps an array with one open index',
    'var sums: array<f32, four>;\nsums[0] = sums[i];',
    'var sums: array<f32, four>; sums[0] = sums[i];',
  ],
  ['keeps an array used whole', 'var p: array<i32, 2>;\np[0] = 1; f(p);', 'var p: array<i32, 2>; p[0] = 1; f(p);'],
  ['knows members from arrays', 'var p: array<i32, 2>;\np[1] = v.p[i];', 'let p_1: i32 = v.p[i];'],
];
for (const [title, body, expected] of expansions) {
  test(title, () => expect(bodyAfter(body)).toBe(expected));
}

test('constants take their values, and what follows from them', () => {
  const source =
    'const a = 1;\nconst b: f32 = 0.5;\nconst isC = false;\nconst d = a * 2;\n@compute fn main() {\n// @unroll\nfor (var i = 0; i < d; i++) { f(i); } }';
  const text = specialise(source, 'main', { a: 2, b: -0.25, isC: true });
  expect(text).toContain('const a = 2;\nconst b: f32 = -0.25;\nconst isC = true;\nconst d = a * 2;');
  expect(text.match(/f\(\d\)/g)).toEqual(['f(0)', 'f(1)', 'f(2)', 'f(3)']);
});

test('a loop over registers stays a loop where sums are memory', () => {
  const source =
    'const sumsAreMemory = false;\n@compute fn main() {\n// @registers\nfor (var k = 0; k < 2; k++) {\n// @unroll\nfor (var i = 0; i < 2; i++) { f(k, i); } } }';
  expect(specialise(source, 'main', { sumsAreMemory: true })).toMatch(
    /for \(var k = 0; k < 2; k\+\+\)\s*\{\s*f\(k, 0\);\s*f\(k, 1\);\s*\}/,
  );
  expect(specialise(source, 'main', {})).not.toContain('for');
});

test('aliases take their types', () => {
  const source = 'alias cell = f32;\nconst lanes = 1;\nvar<private> cells: array<cell, lanes>;\n@compute fn main() { }';
  const text = specialise(source, 'main', { cell: 'vec4<f32>', lanes: 4 });
  expect(text).toContain('alias cell = vec4<f32>;\nconst lanes = 4;\nvar<private> cells: array<cell, lanes>;');
});

test('only the entry point asked for is kept, with all that is not one', () => {
  const source = `struct S { a: f32 }
@compute @workgroup_size(8) fn one(@builtin(global_invocation_id) gid: vec3u) { if (x) { y(); } }
fn shared() { }
@vertex fn two() -> @builtin(position) vec4f { return vec4f(); }
const last = 1;`;
  expect(specialise(source, 'two', {})).toBe(source.replace(/@compute.*\n/, '\n'));
  expect(specialise(source, 'one', {})).toBe(source.replace(/@vertex.*\n/, '\n'));
});

const mistakes: readonly (readonly [title: string, body: string, constants: ShaderConstants, message: string])[] = [
  [
    'an unknown constant',
    '',
    { five: 5 },
    'wgsl: a constant must be declared in the file. Received five; it has four.',
  ],
  [
    'a type for a constant',
    '',
    { four: 'vec4f' },
    'wgsl: a constant must be declared in the file. Received four; it has ',
  ],
  [
    'a loop to an open end',
    '// @unroll\nfor (var i = 0; i < n; i++) { }',
    {},
    'wgsl: a marked loop must count up between constants. Received for (var i = 0; i < n; i++).',
  ],
  ['a loop that counts down', '// @once\nfor (var i = 3; i > 0; i--) { }', {}, 'must count up between constants'],
  ['a loop that stands still', '// @unroll\nfor (var i = 0; i < 3; i += 0) { }', {}, 'must count up between constants'],
  [
    'an open condition',
    '// @static\nif (x < 3) { }',
    {},
    'wgsl: a @static condition must be constant. Received if (x < 3).',
  ],
  [
    'a number for a condition',
    '// @static\nif (four) { }',
    {},
    'a @static condition must be constant. Received if (four).',
  ],
  ['an open bracket', 'if (x) {', {}, 'wgsl: every bracket must be closed.'],
];
for (const [title, body, constants, message] of mistakes) {
  test(`refuses ${title}`, () => expect(() => bodyAfter(body, constants)).toThrow(message));
}
test('refuses an entry point that is not there', () => {
  expect(() => specialise(inMain(''), 'backward', {})).toThrow(
    'wgsl: the entry point must be in the file. Received backward.',
  );
});

const program = `const rows = 2;
const columns = 3;
const chunk = 2;
const isShifted = false;
@compute @workgroup_size(1)
fn main() {
  var sums: array<f32, rows * columns>;
  var seen: array<f32, rows>;
  // @once
  for (var k = 0; k < 4; k += chunk) {
    // @unroll
    for (var r = 0; r < rows; r++) {
      // @unroll
      for (var c = 0; c < columns; c++) {
        // @static
        if (isShifted && r != c) {
          sums[r * columns + c] += (k + 1) * (r + c);
        } else {
          sums[r * columns + c] -= k + r;
        }
      }
      seen[(r + k) % rows] += sums[r * columns] + k;
    }
  }
  // @unroll
  for (var p = 0; p < rows * columns; p++) {
    results[p] = sums[p] + seen[p % rows];
  }
}`;

/** Runs the text as JavaScript, which has the same loops, conditions and sums. */
function run(text: string): number[] {
  const script = text
    .replace(/@compute @workgroup_size\(1\)\nfn/, 'function')
    .replace(/var (\w+): array<f32, ([^>]+)>;/g, 'let $1 = new Array($2).fill(0);')
    .replace(/var (\w+): f32;/g, 'let $1 = 0;')
    .replace(/let (\w+): f32 =/g, 'let $1 =')
    .replace(/\bvar\b/g, 'let');
  const results: number[] = [];
  runInNewContext(`${script}\nmain();`, { results });
  return results;
}

test('what it computes stays the same', () => {
  const outcomes = new Set<string>();
  for (const isShifted of [false, true]) {
    for (const [rows, columns, chunk] of [
      [1, 1, 4],
      [2, 3, 2],
      [3, 2, 1],
      [1, 4, 3],
      [4, 4, 4],
    ] as const) {
      const constants = { rows, columns, chunk, isShifted };
      const plain = Object.entries(constants).reduce(
        (text, [name, value]) => text.replace(new RegExp(`const ${name} = \\w+`), `const ${name} = ${value}`),
        program.replace(/\/\/.*$/gm, ''),
      );
      const results = run(specialise(program, 'main', constants));
      expect(results).toEqual(run(plain));
      expect(results).toHaveLength(rows * columns);
      outcomes.add(String(results));
    }
  }
  expect(outcomes.size).toBeGreaterThan(6);
});

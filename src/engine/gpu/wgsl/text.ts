/** Finding one's way in WGSL text: comments, matching brackets, words. Knows nothing of what the text means. */

/**
 * The text without comments, indentation and empty lines, as it will be copied a thousand times; the markers `// @unroll`,
 * `// @short`, `// @once` and `// @static` stay, as words with an @.
 */
export function stripComments(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/\/\/[ \t]*(@unroll|@short|@once|@registers|@static)[ \t]*$/gm, '$1')
    .replace(/\/\/.*$/gm, '')
    .replace(/\s*\n\s*/g, '\n');
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Index of the bracket that closes the one at `open`. @throws when there is none. */
export function closingBracket(text: string, open: number): number {
  const opener = text[open] ?? '';
  const closer = closers[opener];
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === opener) depth++;
    else if (text[i] === closer && --depth === 0) return i;
  }
  throw new Error(
    `wgsl: every bracket must be closed. Received an open ${opener} at "${text.slice(open, open + 40)}".`,
  );
}

/** The text with every whole word `word` replaced; a member access `.word` is not one. */
export function replaceWord(text: string, word: string, replacement: string): string {
  return text.replace(new RegExp(`(?<![\\w.])${word}\\b`, 'g'), replacement);
}

/** Names that the block declares itself, not in the blocks or loops inside it. */
export function localNames(block: string): string[] {
  const names: string[] = [];
  const pattern = /[({]|\b(?:let|var|const)\s+(\w+)/g;
  for (let match = pattern.exec(block); match; match = pattern.exec(block)) {
    if (match[1]) names.push(match[1]);
    else pattern.lastIndex = closingBracket(block, match.index);
  }
  return names;
}

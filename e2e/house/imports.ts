/** Reads the imports of TypeScript source text. It knows syntax, not which imports are allowed. */
import { posix } from 'node:path';
import ts from 'typescript';

/** One import, from a file of src to another file of src or to a package. */
export interface Edge {
  /** The importing file, from the project's folder: `src/app/store.ts`. */
  readonly from: string;
  /** The file imported, written likewise, or a package's specifier: `lit/decorators.js`. */
  readonly to: string;
  /** Whether nothing of it is left when the types are erased. */
  readonly isTypeOnly: boolean;
}

interface Found {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** `new URL('./worker.ts', import.meta.url)`, the way a worker's file is named. */
function isUrlOfModule(node: ts.Node): node is ts.NewExpression {
  return ts.isNewExpression(node) && node.expression.getText() === 'URL' && node.arguments?.length === 2;
}

function specifierOf(node: ts.Node): Found | undefined {
  const found = (specifier: string | undefined, isTypeOnly: boolean): Found | undefined =>
    specifier === undefined ? undefined : { specifier, isTypeOnly };
  if (ts.isImportDeclaration(node)) {
    return found(textOf(node.moduleSpecifier), node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  }
  if (ts.isExportDeclaration(node)) return found(textOf(node.moduleSpecifier), node.isTypeOnly);
  if (ts.isImportTypeNode(node)) {
    return found(ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined, true);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return found(textOf(node.arguments[0]), false);
  }
  return isUrlOfModule(node) ? found(textOf(node.arguments?.[0]), false) : undefined;
}

/** Every static, dynamic, type and worker import in the text of the file `from`. */
export function readEdges(from: string, text: string): Edge[] {
  const edges: Edge[] = [];
  const visit = (node: ts.Node): void => {
    const found = specifierOf(node);
    if (found) {
      const [path = ''] = found.specifier.split('?');
      const isRelative = path.startsWith('.');
      const to = isRelative ? posix.join(posix.dirname(from), path) : path;
      edges.push({ from, to, isTypeOnly: found.isTypeOnly });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, text, ts.ScriptTarget.Latest, true));
  return edges;
}

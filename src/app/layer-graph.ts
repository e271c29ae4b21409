/** A model's layers with every name and every source written out, and what can be done to their order. Pure; knows no shapes. */
import type { LayerConfig, LayerType, ModelConfig } from '../engine/model/config.ts';
import { inputName, layerNames } from '../engine/model/layer-names.ts';
import { nameStem } from '../engine/model/rules/layer-rules.ts';

/** One layer: who it is, what it reads, and all its other arguments. */
export interface LayerNode {
  readonly name: string;
  readonly sources: readonly string[];
  /** Without `name` and `inputs`. */
  readonly layer: LayerConfig;
  /** Its sources stand in the config even where it just follows the layer before. */
  readonly isSourced: boolean;
}

/** The layers of a config; names that nobody gave are those the engine gives. */
export function graphOf({ layers }: ModelConfig): readonly LayerNode[] {
  const names = layerNames(layers);
  return layers.map((config, index) => {
    const { name: _name, inputs, ...layer } = config;
    const name = names[index] ?? '';
    return { name, sources: inputs ?? [names[index - 1] ?? inputName], layer, isSourced: inputs !== undefined };
  });
}

/** The config of a graph, with every name written, so that no later edit changes who a layer is. */
export function configOf(config: ModelConfig, nodes: readonly LayerNode[]): ModelConfig {
  return { ...config, layers: nodes.map((node, index) => withIdentity(node, nodes[index - 1]?.name ?? inputName)) };
}

function withIdentity({ name, sources, layer, isSourced }: LayerNode, previous: string): LayerConfig {
  const isFollowing = sources.length === 1 && sources[0] === previous;
  return { ...layer, name, ...(isSourced || !isFollowing ? { inputs: sources } : {}) };
}

/** Whether a name only tells the type and a number, as those that nobody chose do. */
export function isAutomaticName(name: string, type: LayerType): boolean {
  return new RegExp(`^${nameStem(type)}_\\d+$`).test(name);
}

/** A name for a layer of the type that is not among `taken`. */
export function freshName(type: LayerType, taken: Iterable<string>): string {
  const used = new Set(taken);
  const stem = nameStem(type);
  let number = 1;
  while (used.has(`${stem}_${number}`)) number++;
  return `${stem}_${number}`;
}

/**
 * The graph with `node` between the layers `at − 1` and `at`. It reads the former, first of its sources; the latter reads it
 * if it read the former, otherwise everybody behind who did.
 */
export function withInserted(nodes: readonly LayerNode[], at: number, node: LayerNode): readonly LayerNode[] {
  const source = nodes[at - 1]?.name ?? inputName;
  const isOnEdge = nodes[at]?.sources.includes(source) ?? false;
  const inserted = { ...node, sources: [source, ...node.sources.slice(1)] };
  return nodes
    .map((other, index) => (index === at || (index > at && !isOnEdge) ? withReplaced(other, source, node.name) : other))
    .toSpliced(at, 0, inserted);
}

/** The graph without the layer `index`: what read it reads number `heirIndex` of what it read. */
export function withoutLayer(nodes: readonly LayerNode[], index: number, heirIndex = 0): readonly LayerNode[] {
  const gone = nodes[index];
  if (!gone) return nodes;
  const heir = gone.sources[heirIndex] ?? inputName;
  return nodes.toSpliced(index, 1).map((other) => withReplaced(other, gone.name, heir));
}

/** The graph with layer `from` taken out and put in again as the `to`-th; what else it joins it still joins. */
export function withMoved(nodes: readonly LayerNode[], from: number, to: number): readonly LayerNode[] {
  const node = nodes[from];
  return node ? withInserted(withoutLayer(nodes, from), to, node) : nodes;
}

/** The graph with a copy of layer `index` behind it, which reads it. */
export function withDuplicate(nodes: readonly LayerNode[], index: number, name: string): readonly LayerNode[] {
  const node = nodes[index];
  return node ? withInserted(nodes, index + 1, { ...node, name }) : nodes;
}

/** The graph with layer `index` called `name`, by its readers too. */
export function withName(nodes: readonly LayerNode[], index: number, name: string): readonly LayerNode[] {
  const before = nodes[index]?.name;
  if (before === undefined) return nodes;
  return nodes.map((node, i) => (i === index ? { ...node, name } : withReplaced(node, before, name)));
}

function withReplaced(node: LayerNode, source: string, by: string): LayerNode {
  if (!node.sources.includes(source)) return node;
  return { ...node, sources: node.sources.map((name) => (name === source ? by : name)) };
}

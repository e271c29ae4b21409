/** Which panel stands beside the curves. */
import type { Slice } from './slice.ts';

/** The panels beside the curves, in the order of their tabs. */
export type DockPanel = 'explain' | 'filters' | 'saliency' | 'mistakes' | 'training' | 'speed';

/** What the dock shows. */
export interface DockState {
  readonly panel: DockPanel;
}

/** A tab was chosen, or something on the page asks for its panel. */
export interface DockIntent {
  readonly type: 'panelChosen';
  readonly panel: DockPanel;
}

/** Starts with what explains the maps. */
export const dockSlice: Slice<DockState> = {
  initial: { panel: 'explain' },
  reduce: (dock, message) =>
    message.type === 'panelChosen' && message.panel !== dock.panel ? { panel: message.panel } : dock,
};

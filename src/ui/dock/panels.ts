/** The panels of the dock: their tabs, and where each one's code is. Loads nothing itself. */
import type { TemplateResult } from 'lit';
import type { DockPanel } from '../../app/dock-slice.ts';
import type { PlaygroundState } from '../../app/state.ts';

/** What a panel's module exports. */
export interface PanelModule {
  /** The panel as `state` has it. */
  renderPanel(state: PlaygroundState): TemplateResult;
}

/** One tab and the module behind it, loaded when it is first chosen. */
export interface PanelEntry {
  readonly panel: DockPanel;
  readonly label: string;
  load(): Promise<PanelModule>;
}

/** In the order of the tabs. */
export const panelEntries: readonly PanelEntry[] = [
  { panel: 'explain', label: 'Explain', load: () => import('./explain-panel.ts') },
  { panel: 'filters', label: 'Filter', load: () => import('../surgery/surgery-panel.ts') },
  { panel: 'saliency', label: 'Saliency', load: () => import('../saliency/saliency-panel.ts') },
  { panel: 'mistakes', label: 'Mistakes', load: () => import('../mistakes/mistakes-panel.ts') },
  { panel: 'training', label: 'Training', load: () => import('./training-panel.ts') },
  { panel: 'speed', label: 'Speed', load: () => import('../speed/speed-dock.ts') },
];

/** The theme chosen by the person, remembered, and the colours it comes to. Knows no components. */
import type { MapPalette, MapPalettes, Rgb } from '../worker/protocol.ts';

/** `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark';

export const themeChoices: readonly ThemeChoice[] = ['system', 'light', 'dark'];

const storageKey = 'receptive.theme';

/** The remembered choice; `system` where nothing is or can be remembered. */
export function rememberedTheme(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return themeChoices.find((choice) => choice === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Puts the choice on the document and remembers it where the browser allows. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // A browser that forbids storage still shows the theme until the page is left.
  }
}

/** The map colours of the theme in force, read from a computed colour because custom properties keep light-dark() as it is. */
export function readPalettes(): MapPalettes {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const read = (token: string): Rgb => {
    probe.style.setProperty('color', `var(${token})`);
    return channelsOf(getComputedStyle(probe).color);
  };
  const palette = (pair: string): MapPalette => ({
    negative: read(`--${pair}-negative`),
    zero: read('--value-zero'),
    positive: read(`--${pair}-positive`),
    gap: read('--paper'),
  });
  const palettes = { activations: palette('value'), weights: palette('weight'), gradients: palette('gradient') };
  probe.remove();
  return palettes;
}

/** `rgb(194, 65, 12)` → channels 0…1. */
export function channelsOf(color: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((channel) => Number(channel) / 255);
  return [red, green, blue];
}

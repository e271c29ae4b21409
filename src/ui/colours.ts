/** The colours of the maps' scales as chosen by the person, and remembered. Knows no components. */

/** `safe` are pairs that people with a colour-vision deficiency tell apart too. */
export type ColourChoice = 'standard' | 'safe';

const storageKey = 'receptive.colours';

/** The remembered choice; `standard` where nothing is or can be remembered. */
export function rememberedColours(): ColourChoice {
  try {
    return localStorage.getItem(storageKey) === 'safe' ? 'safe' : 'standard';
  } catch {
    return 'standard';
  }
}

/** Puts the choice on the document and remembers it where the browser allows. */
export function applyColours(choice: ColourChoice): void {
  if (choice === 'standard') delete document.documentElement.dataset['colours'];
  else document.documentElement.dataset['colours'] = choice;
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // A browser that forbids storage still shows the colours until the page is left.
  }
}

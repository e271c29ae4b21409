/** Whether the person lets the page look for faster ways to compute, remembered between visits. Knows no components. */

const storageKey = 'receptive.tuning';

/** True unless it was switched off, here and where nothing can be remembered. */
export function isTuningRemembered(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

/** Remembers the choice where the browser allows. */
export function rememberTuning(isOn: boolean): void {
  try {
    localStorage.setItem(storageKey, isOn ? 'on' : 'off');
  } catch {
    // A browser that forbids storage still does as it is told until the page is left.
  }
}

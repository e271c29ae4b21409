/** How many lines a list in the dock can have without hiding what stands below it. Knows no list. */

/** Read once: a window that grows taller while a list is open keeps its length. */
export function listLength(): number {
  return matchMedia('(min-height: 1000px), (max-width: 699px)').matches ? 6 : 3;
}

/** Pauses between two pieces of work, in which the browser paints and takes input. */

/** Resolves in a task of its own. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** Resolves when what is on the page now has been painted; at once where nothing is painted because nobody looks. */
export async function nextPaint(): Promise<void> {
  if (document.visibilityState === 'visible') await new Promise(requestAnimationFrame);
  await nextTask();
}

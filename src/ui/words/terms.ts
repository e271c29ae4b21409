/** Every term of the page and its explanation: one table, put together from its chapters. */
import { activationWords } from './activation-words.ts';
import { argumentWords } from './argument-words.ts';
import { layerWords } from './layer-words.ts';
import { machineWords } from './machine-words.ts';
import { optimizerWords } from './optimizer-words.ts';
import { saliencyWords } from './saliency-words.ts';
import { shapeWords } from './shape-words.ts';
import type { Term } from './term.ts';
import type { TermName } from './term-name.ts';
import { trainingWords } from './training-words.ts';

export const terms: Readonly<Record<TermName, Term>> = {
  ...layerWords,
  ...argumentWords,
  ...shapeWords,
  ...activationWords,
  ...trainingWords,
  ...saliencyWords,
  ...optimizerWords,
  ...machineWords,
};

/** All names, by the alphabet of their titles. */
export const termNames: readonly TermName[] = (Object.keys(terms) as TermName[]).toSorted((a, b) =>
  terms[a].title.localeCompare(terms[b].title, 'en'),
);

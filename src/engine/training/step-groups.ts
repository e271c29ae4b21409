/** What a network can be asked to compute, as sequences of named groups of kernels. Knows no kernel. */

/** What a step encodes before and after the update of the weights. */
export const stepGroups = {
  beforeUpdate: ['cast', 'trainForward', 'trainLoss', 'penalties', 'trainBackward', 'updateState'],
  afterUpdate: ['trainFinish'],
} as const;

/** Each sequence runs whole; groups of one name are the same kernels wherever they run. */
export const sequences = {
  step: [...stepGroups.beforeUpdate, ...stepGroups.afterUpdate],
  gradients: [
    'cast',
    'manualForward',
    'manualLoss',
    'penalties',
    'manualBackward',
    'inputGradient',
    'weightGradients',
    'manualFinish',
  ],
  evaluation: ['cast', 'forward', 'evaluate', 'penalties', 'manualFinish'],
  prediction: ['cast', 'forward', 'probabilities'],
} as const;

/** Kernels that are always encoded together. */
export type Group = (typeof sequences)[keyof typeof sequences][number];

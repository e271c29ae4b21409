/** What is said of filters and of what was done to them. Pure; knows no elements. */
import type { FilterAddress, FilterBank } from '../../engine/model/filter-bank.ts';
import type { SurgeryEffect, SurgeryNotice, SurgeryStep } from '../../worker/protocol.ts';
import { formatCount, formatPercent, formatSigned } from '../format.ts';

/** `conv2d_1`; where a layer has two kernels, which of them: `separable_conv2d_1, depthwise`. */
export function bankText({ layer, weight }: FilterBank): string {
  const part = weight.slice(layer.length + 1).replace(/_?kernel$/, '');
  return part === '' ? layer : `${layer}, ${part}`;
}

/** `conv2d_1, filter 5`. */
export function addressText({ weight, filter }: FilterAddress, bank: FilterBank | undefined): string {
  const [layer = ''] = weight.split('/');
  return `${bank ? bankText(bank) : layer}, ${bank?.kind ?? 'filter'} ${filter}`;
}

const deeds: Readonly<Record<SurgeryStep['kind'], string>> = {
  edited: 'edited',
  replaced: 'replaced',
  flipped: 'flipped',
  zeroed: 'set to zero',
  frozen: 'frozen',
  thawed: 'no longer frozen',
  switchedOff: 'switched off',
  switchedOn: 'switched on',
};

/** `conv2d_1, filter 5 switched off`. */
export function stepText({ kind, address }: SurgeryStep, bank: FilterBank | undefined): string {
  return `${addressText(address, bank)} ${deeds[kind]}`;
}

/** An operation's effect in three parts: from what to what, by how much, measured on how many images. */
export interface EffectText {
  readonly accuracy: string;
  /** Empty until both are known. */
  readonly difference: string;
  readonly images: string;
}

/** `98.4 % → 97.9 %`, `−0.5 points`, `1,000 test images`. */
export function effectText({ before, after, count, isTraining }: SurgeryEffect): EffectText {
  if (count === 0) return { accuracy: '', difference: '', images: 'No test images yet: the accuracy is not known.' };
  const decimals = count >= 10_000 ? 2 : 1;
  const share = (value: number): string => formatPercent(value, decimals);
  const isKnown = before !== undefined && after !== undefined;
  const images = `${formatCount(count)} test images${isTraining ? ', while training goes on' : ''}`;
  return {
    accuracy: (before === undefined ? '' : `${share(before)} → `) + (after === undefined ? '…' : share(after)),
    difference: isKnown ? `${differenceText(after - before, decimals)} points` : '',
    images,
  };
}

function differenceText(difference: number, decimals: number): string {
  const text = formatSigned(difference * 100, decimals);
  return Number(text) === 0 ? `±${text}` : text;
}

/** `98.7 % of 1,000 test images are right.` */
export function knownText({ accuracy, count }: { readonly accuracy: number; readonly count: number }): string {
  return `${formatPercent(accuracy, count >= 10_000 ? 2 : 1)} of ${formatCount(count)} test images are right.`;
}

/** What became of edits without the person's asking. */
export function noticeText(notice: SurgeryNotice): string {
  switch (notice.kind) {
    case 'rewound':
      return 'Rewound: edited numbers are the initial ones again. What was frozen or switched off stays so.';
    case 'startedFresh':
      return 'Training began from fresh weights: edits are gone, but frozen filters kept their numbers.';
    case 'otherTime':
      return 'These are the weights of another time: earlier edits can no longer be undone.';
    case 'released':
      return `The rebuild changed ${notice.layers.join(' and ')}: nothing is frozen or switched off there any more.`;
  }
}

/** What a measurement of mistakes is of, in words. Pure. */
import type { MistakesMeasurement } from '../../app/mistakes-slice.ts';
import { formatCount, formatPercent } from '../format.ts';

/** Which weights, how many images, how many of them right: `step 412 · 1,000 of 10,000 test images · 97.1 % right`. */
export function measurementText(measurement: MistakesMeasurement): string {
  const { labels, planned, right } = measurement;
  const count =
    labels.length < planned ? `${formatCount(labels.length)} of ${formatCount(planned)}` : formatCount(planned);
  const share = formatPercent(labels.length === 0 ? 0 : right / labels.length, 2);
  return `${weightsText(measurement)} · ${count} test images · ${share} right`;
}

function weightsText({ origin, step }: MistakesMeasurement): string {
  if (origin === 'shipped') return 'the app’s weights';
  return step === 0 ? 'initial weights' : `step ${formatCount(step)}`;
}

/** The curves of the run on screen and of the run before it. Pure; knows no chart. */
import type { Report } from '../worker/protocol.ts';
import type { CurvePoint, Curves, PlaygroundState, RunCurves } from './state.ts';

const noCurves: Curves = { train: [], validation: [], test: [] };

/** Before the first step. */
export const emptyRun: RunCurves = { loss: noCurves, accuracy: noCurves };

/** What the worker tells that moves curves. */
type CurveReport = Extract<Report, { type: 'progress' | 'evaluated' | 'wasReset' | 'wentOn' }>;

type ProgressReport = Extract<Report, { type: 'progress' }>;

/** The state with its curves after a report. */
export function afterCurves(state: PlaygroundState, report: CurveReport): PlaygroundState {
  const { loss, accuracy } = state;
  switch (report.type) {
    case 'progress': {
      const [first, last] = [report.steps[0]?.step ?? Infinity, loss.train.at(-1)?.step ?? 0];
      // A first step that is not after the last one drawn means that training began anew.
      const base = first <= last ? begunAnew(state) : state;
      return {
        ...base,
        loss: withSteps(base.loss, report, 'loss'),
        accuracy: withSteps(base.accuracy, report, 'accuracy'),
      };
    }
    case 'evaluated': {
      const { kind, step } = report;
      return {
        ...state,
        loss: withPoint(loss, kind, { step, value: report.loss }),
        accuracy: withPoint(accuracy, kind, { step, value: report.accuracy }),
      };
    }
    case 'wasReset':
      return begunAnew(state);
    case 'wentOn': {
      const { step } = report;
      if ((loss.train.at(-1)?.step ?? 0) <= step) return state;
      return { ...state, loss: upTo(loss, step), accuracy: upTo(accuracy, step), earlierRun: { loss, accuracy } };
    }
  }
}

/** A run without a step leaves nothing to compare with. */
function begunAnew(state: PlaygroundState): PlaygroundState {
  const { loss, accuracy } = state;
  return { ...state, ...emptyRun, ...(loss.train.length > 0 && { earlierRun: { loss, accuracy } }) };
}

function withSteps(curves: Curves, { steps }: ProgressReport, metric: 'loss' | 'accuracy'): Curves {
  if (steps.length === 0) return curves;
  return { ...curves, train: [...curves.train, ...steps.map((one) => ({ step: one.step, value: one[metric] }))] };
}

function withPoint(curves: Curves, kind: 'validation' | 'test', point: CurvePoint): Curves {
  return { ...curves, [kind]: [...curves[kind].filter(({ step }) => step < point.step), point] };
}

function upTo({ train, validation, test }: Curves, last: number): Curves {
  const isThere = ({ step }: CurvePoint): boolean => step <= last;
  return { train: train.filter(isThere), validation: validation.filter(isThere), test: test.filter(isThere) };
}

/** The one pure reducer: a message of the person or of the worker and a state make the next state. Sends nothing. */
import { lectureModel } from '../engine/model/presets.ts';
import type { OptimizerType } from '../engine/model/training-config.ts';
import type { Hyperparameters, Report } from '../worker/protocol.ts';
import { cancelledData, dataAfter, startedData, waitingData } from './data-reducer.ts';
import { isSameConfig, workOut } from './draft.ts';
import { afterEdit } from './edit-reducer.ts';
import { firstDigit } from './first-digit.ts';
import type { Message } from './intent.ts';
import { initialSlices, reduceSlices } from './slices.ts';
import type { BuiltModel, CurvePoint, Curves, PlaygroundState } from './state.ts';

const noCurves: Curves = { train: [], validation: [], test: [] };

/** Keras's default learning rates, for optimizers that leave theirs out. */
export const defaultLearningRates: Readonly<Record<OptimizerType, number>> = {
  rmsprop: 0.001,
  sgd: 0.01,
  adam: 0.001,
  adamw: 0.001,
  adagrad: 0.001,
};

/** What the lecture trains with. */
export const defaultHyperparameters: Hyperparameters = {
  optimizer: { type: 'rmsprop', learningRate: 0.001 },
  batchSize: 64,
  epochs: 5,
  seed: 1,
};

/** The page before the worker has said a word. */
export function initialState(): PlaygroundState {
  return {
    gpu: { status: 'starting' },
    // They are asked for with the start; a panel that said otherwise would offer no way to cancel.
    data: startedData(waitingData),
    draft: workOut(lectureModel),
    requested: lectureModel,
    hyperparameters: defaultHyperparameters,
    phase: 'idle',
    origin: 'shipped',
    loss: noCurves,
    accuracy: noCurves,
    input: { pixels: firstDigit(), source: 'sketch' },
    probabilities: [],
    mapKind: 'activations',
    mapScales: {},
    ...initialSlices(),
  };
}

/** The next state; the same object when nothing changed. */
export function reduce(state: PlaygroundState, message: Message): PlaygroundState {
  return reduceSlices(reduceCore(state, message), message);
}

function reduceCore(state: PlaygroundState, message: Message): PlaygroundState {
  switch (message.type) {
    case 'layerEdited':
    case 'editCommitted':
    case 'fixApplied':
    case 'lectureRestored':
      return afterEdit(state, message);
    case 'hyperparametersChanged':
      return afterHyperparameters(state, message.hyperparameters);
    case 'trainPressed':
    case 'stepPressed':
    case 'rewindPressed':
      return state.alert?.code === 'nonFinite' ? withoutAlert(state) : state;
    case 'rateLowered':
      return withoutAlert({ ...state, hyperparameters: withLowerRate(state.hyperparameters) });
    case 'digitDrawn':
      return { ...state, input: { pixels: message.pixels, source: 'drawn' } };
    case 'dataRequested':
      return state.gpu.status === 'unavailable'
        ? state
        : { ...withoutAlert(state, 'dataFailed'), data: startedData(state.data) };
    case 'dataCancelled':
      return { ...state, data: cancelledData(state.data) };
    case 'mapKindChosen':
      // Scales of the other kind would label the new maps until the worker reports theirs.
      return message.kind === state.mapKind ? state : { ...state, mapKind: message.kind, mapScales: {} };
    case 'alertDismissed':
      return withoutAlert(state);
    default:
      return afterReport(state, message);
  }
}

function afterHyperparameters(state: PlaygroundState, hyperparameters: Hyperparameters): PlaygroundState {
  const before = state.hyperparameters;
  const isBuildNeeded = before.batchSize !== hyperparameters.batchSize || before.seed !== hyperparameters.seed;
  const next = { ...state, hyperparameters };
  if (!isBuildNeeded || state.gpu.status !== 'ready') return next;
  const config = state.requested ?? state.builtConfig;
  return config ? { ...next, requested: config } : next;
}

function withLowerRate(hyperparameters: Hyperparameters): Hyperparameters {
  const { optimizer } = hyperparameters;
  // The page sets plain numbers, no schedules.
  const before = typeof optimizer.learningRate === 'number' ? optimizer.learningRate : undefined;
  const learningRate = (before ?? defaultLearningRates[optimizer.type]) / 10;
  return { ...hyperparameters, optimizer: { ...optimizer, learningRate: Number(learningRate.toPrecision(6)) } };
}

function withoutAlert(state: PlaygroundState, code = state.alert?.code): PlaygroundState {
  if (!state.alert || state.alert.code !== code) return state;
  const { alert: _gone, ...rest } = state;
  return rest;
}

function afterReport(state: PlaygroundState, report: Message): PlaygroundState {
  switch (report.type) {
    case 'ready':
      return { ...withoutAlert(state, 'deviceLost'), gpu: { status: 'ready', adapter: report.adapter } };
    case 'failed':
      return afterFailure(state, report);
    case 'dataProgress':
    case 'dataSkipped':
      // Without a GPU no data are put to use, whatever the worker finds.
      return state.gpu.status === 'unavailable' ? state : { ...state, data: dataAfter(state.data, report) };
    case 'fileChecked':
      return { ...state, data: dataAfter(state.data, report) };
    case 'dataReady':
      return { ...withoutAlert(state, 'dataFailed'), data: dataAfter(state.data, report) };
    case 'built':
      return afterBuilt(state, report);
    case 'modelIssues': {
      const { requested: _refused, ...rest } = state;
      return { ...rest, draft: { config: state.draft.config, layers: state.draft.layers, issues: report.issues } };
    }
    case 'phase':
      return { ...state, phase: report.phase, origin: report.origin };
    case 'progress':
      return afterProgress(state, report);
    case 'evaluated':
      return {
        ...state,
        loss: withPoint(state.loss, report.kind, { step: report.step, value: report.loss }),
        accuracy: withPoint(state.accuracy, report.kind, { step: report.step, value: report.accuracy }),
      };
    case 'wasReset': {
      const { progress: _past, ...rest } = state;
      return { ...rest, loss: noCurves, accuracy: noCurves };
    }
    case 'prediction':
      return { ...state, probabilities: report.probabilities };
    case 'mapScales':
      return { ...state, mapScales: { ...state.mapScales, ...report.scales } };
    case 'inputPicked':
      return {
        ...state,
        input: { pixels: report.pixels, source: 'example', label: report.label, index: report.index },
      };
    default:
      return state;
  }
}

function afterFailure(state: PlaygroundState, failure: Extract<Report, { type: 'failed' }>): PlaygroundState {
  const { code, message } = failure;
  const { requested: _lost, ...rest } = state;
  if (code === 'noWebGPU' || code === 'noAdapter')
    return { ...rest, gpu: { status: 'unavailable', message }, data: waitingData };
  const data = code === 'dataFailed' ? dataAfter(state.data, failure) : state.data;
  return { ...rest, data, alert: { code, message } };
}

function afterBuilt(state: PlaygroundState, report: Extract<Report, { type: 'built' }>): PlaygroundState {
  const { model } = workOut(report.config);
  if (!model) return state;
  const built: BuiltModel = { model, summary: report.summary };
  const next = { ...state, built, builtConfig: report.config, origin: report.origin };
  if (!isSameConfig(state.requested, report.config)) return next;
  const { requested: _answered, ...rest } = next;
  return rest;
}

function afterProgress(state: PlaygroundState, report: Extract<Report, { type: 'progress' }>): PlaygroundState {
  const { type: _type, steps, ...progress } = report;
  if (steps.length === 0) return { ...state, progress };
  return {
    ...state,
    progress,
    loss: withSteps(
      state.loss,
      steps.map(({ step, loss }) => ({ step, value: loss })),
    ),
    accuracy: withSteps(
      state.accuracy,
      steps.map(({ step, accuracy }) => ({ step, value: accuracy })),
    ),
  };
}

/** A first step that is not after the last one drawn means that training began anew: the curves begin anew with it. */
function withSteps(curves: Curves, points: readonly CurvePoint[]): Curves {
  const last = curves.train.at(-1);
  const first = points[0];
  if (last && first && first.step <= last.step) return { ...noCurves, train: points };
  return { ...curves, train: [...curves.train, ...points] };
}

function withPoint(curves: Curves, kind: 'validation' | 'test', point: CurvePoint): Curves {
  return { ...curves, [kind]: [...curves[kind].filter(({ step }) => step < point.step), point] };
}

/** The one pure reducer: a message of the person or of the worker and a state make the next state. Sends nothing. */
import { lectureModel } from '../engine/model/presets.ts';
import type { OptimizerType } from '../engine/model/training-config.ts';
import type { Hyperparameters, Report } from '../worker/protocol.ts';
import { afterCurves, emptyRun } from './curves.ts';
import { cancelledData, dataAfter, startedData, waitingData } from './data-reducer.ts';
import { isSameConfig, workOut } from './draft.ts';
import { freshHistory } from './edit-history.ts';
import { isEdit } from './edit-intents.ts';
import { afterEdit } from './edit-reducer.ts';
import type { Message } from './intent.ts';
import { initialSlices, reduceSlices } from './slices.ts';
import type { BuiltModel, PlaygroundState } from './state.ts';

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
    history: freshHistory(lectureModel),
    requested: lectureModel,
    hyperparameters: defaultHyperparameters,
    phase: 'idle',
    origin: 'shipped',
    ...emptyRun,
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
  if (isEdit(message)) return afterEdit(state, message);
  switch (message.type) {
    case 'hyperparametersChanged':
      return afterHyperparameters(state, message.hyperparameters);
    case 'trainPressed':
    case 'stepPressed':
    case 'rewindPressed':
      return state.alert?.code === 'nonFinite' ? withoutAlert(state) : state;
    case 'rateLowered':
      return withoutAlert({ ...state, hyperparameters: withLowerRate(state.hyperparameters) });
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
  const { loss } = hyperparameters;
  const draft = before.loss === loss ? state.draft : workOut(state.draft.config, loss);
  const next = { ...state, hyperparameters, draft };
  if (!isBuildNeeded(before, hyperparameters) || state.gpu.status !== 'ready') return next;
  const config = state.requested ?? state.builtConfig;
  return config ? { ...next, requested: config } : next;
}

/** Whether the network has to be built anew for other settings; the rest is taken over while training. */
export function isBuildNeeded(before: Hyperparameters, after: Hyperparameters): boolean {
  return before.batchSize !== after.batchSize || before.seed !== after.seed || before.loss !== after.loss;
}

function withLowerRate(hyperparameters: Hyperparameters): Hyperparameters {
  const { optimizer } = hyperparameters;
  const before = optimizer.learningRate ?? defaultLearningRates[optimizer.type];
  const learningRate =
    typeof before === 'number'
      ? tenthOf(before)
      : 'initialLearningRate' in before
        ? { ...before, initialLearningRate: tenthOf(before.initialLearningRate) }
        : { ...before, learningRate: tenthOf(before.learningRate) };
  return { ...hyperparameters, optimizer: { ...optimizer, learningRate } };
}

function tenthOf(learningRate: number): number {
  return Number((learningRate / 10).toPrecision(6));
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
      const { model: _refusedModel, ...draft } = state.draft;
      return { ...rest, draft: { ...draft, issues: report.issues } };
    }
    case 'phase':
      return { ...state, phase: report.phase, origin: report.origin };
    case 'progress':
      return afterProgress(state, report);
    case 'evaluated':
    case 'wentOn':
      return afterCurves(state, report);
    case 'wasReset': {
      const { progress: _past, ...rest } = afterCurves(state, report);
      return rest;
    }
    case 'prediction':
      return { ...state, probabilities: report.probabilities };
    case 'mapScales':
      return { ...state, mapScales: { ...state.mapScales, ...report.scales } };
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
  const { model } = workOut(report.config, state.hyperparameters.loss);
  if (!model) return state;
  const built: BuiltModel = { model, summary: report.summary };
  const next = { ...state, built, builtConfig: report.config, origin: report.origin };
  if (!isSameConfig(state.requested, report.config)) return next;
  const { requested: _answered, ...rest } = next;
  return rest;
}

function afterProgress(state: PlaygroundState, report: Extract<Report, { type: 'progress' }>): PlaygroundState {
  const { type: _type, steps: _steps, ...progress } = report;
  return { ...afterCurves(state, report), progress };
}

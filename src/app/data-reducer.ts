/** The data set's part of the reducer: progress, rungs skipped, files checked. Pure; loads nothing itself. */
import type { Report } from '../worker/protocol.ts';
import type { DataState } from './state.ts';

type DataReport = Extract<
  Report,
  { type: 'dataProgress' | 'dataSkipped' | 'fileChecked' | 'dataReady' } | { type: 'failed' }
>;

/** Nothing asked for yet. */
export const waitingData: DataState = { status: 'waiting', skipped: [], checkedFiles: [], missingFiles: [] };

/** A new climb of the ladder: what was in use stays in use until it succeeds. */
export function startedData(data: DataState): DataState {
  const { progress: _progress, message: _message, ...rest } = data;
  return { ...rest, status: 'loading', skipped: [] };
}

/** The climb ends where it is. */
export function cancelledData(data: DataState): DataState {
  const { progress: _progress, message: _message, ...rest } = data;
  return { ...rest, status: data.sizes ? 'ready' : 'cancelled' };
}

/** The data state after one of the worker's reports about it. */
export function dataAfter(data: DataState, report: DataReport): DataState {
  switch (report.type) {
    case 'dataProgress': {
      const { type: _type, ...progress } = report;
      return { ...data, status: 'loading', progress };
    }
    case 'dataSkipped':
      return { ...data, skipped: [...data.skipped, { rung: report.rung, reason: report.reason }] };
    case 'fileChecked': {
      const { name, isAccepted, message, missing } = report;
      const others = data.checkedFiles.filter((file) => file.name !== name);
      return { ...data, checkedFiles: [...others, { name, isAccepted, message }], missingFiles: missing };
    }
    case 'dataReady': {
      const { progress: _progress, message: _message, ...rest } = data;
      const sizes = { train: report.trainSize, validation: report.validationSize, test: report.testSize };
      return { ...rest, status: 'ready', rung: report.rung, sizes };
    }
    case 'failed': {
      const { progress: _progress, ...rest } = data;
      return { ...rest, status: 'failed', message: report.message };
    }
  }
}

/** What the engine's specs find in their page: one engine on the page's own device, and the references beside it. */
import {
  checkModel,
  createEngine,
  EngineError,
  lectureModel,
  type Dataset,
  type Engine,
} from '../../src/engine/index.ts';
import { browserTuningStore } from '../../src/worker/tuning-store.ts';
import { motionOf, resolveAugmentation } from '../../src/engine/training/augmentation.ts';
import * as saliencies from './check-saliency.ts';
import * as tensorStatistics from './check-tensor-statistics.ts';
import { checkFusion } from './check-fusion.ts';
import { checkLayer, checkNetwork, compareRuns } from './check-layer.ts';
import { checkWays } from './check-ways.ts';
import { checkRandomNetworks } from './check-random.ts';
import { refusalToCompile } from './compile-refusal.ts';
import { checkLoss } from './check-loss.ts';
import * as unitGradients from './check-unit-gradient.ts';
import * as countDispatches from './count-dispatches.ts';
import { countCreations } from './count-creations.ts';
import { followOptimizer } from './follow-optimizer.ts';
import { followTraining } from './follow-training.ts';
import * as tunings from './follow-tuning.ts';
import * as gpuDraws from './gpu-draws.ts';
import { goOnFromStates } from './go-on-from-state.ts';
import { hashAfterTraining } from './hash-after-training.ts';
import { checkMutants, refusalOf } from './model-mutants.ts';
import { networkBits } from './network-bits.ts';
import { fromBase64, sha256OfWeights } from './page-data.ts';
import { comparePrecisions } from './compare-precisions.ts';
import { compare } from './reference/compare.ts';
import { createFloat64Optimizer } from './reference/float64-optimizers.ts';
import { runFloat64 } from './reference/float64-reference.ts';
import { movedImage } from './reference/moved-image.ts';
import { randomBytes, randomFloats, seededUniform } from './reference/seeded-random.ts';
import { startWeights } from './reference/start-weights.ts';
import { withComposedFilterGradient } from './reference/tfjs-filter-gradient.ts';
import { runTfjs } from './reference/tfjs-reference.ts';
import * as shaderGate from './shader-gate.ts';
import { trainOnBatch } from './train-on-batch.ts';
import { tuneMadeUpKernel } from './tune-made-up-kernel.ts';

const engine = await createEngine();
/** Validation and memory errors that no one caught; every spec asks for none. */
const gpuErrors: string[] = [];
engine.device.addEventListener('uncapturederror', (event) => gpuErrors.push(event.error.message));

/** Real MNIST images of 28×28 and their labels, which the spec brings. */
const digits = { images: new Uint8Array(), labels: new Uint8Array() };

/** The first `count` digits on the GPU of `engine`. */
function uploadDigits(count: number, owner: Engine = engine): Dataset {
  const images = digits.images.slice(0, count * 784);
  return owner.upload({ images, labels: digits.labels.slice(0, count), shape: [count, 28, 28, 1], classes: 10 });
}

const proof = {
  engine,
  gpuErrors,
  checkModel,
  createEngine,
  EngineError,
  lectureModel,
  checkLayer,
  checkNetwork,
  checkRandomNetworks,
  checkWays,
  compare,
  comparePrecisions,
  compareRuns,
  checkFusion,
  checkLoss,
  countCreations,
  countDispatches,
  checkMutants,
  refusalOf,
  refusalToCompile,
  networkBits,
  runFloat64,
  runTfjs,
  withComposedFilterGradient,
  createFloat64Optimizer,
  followOptimizer,
  followTraining,
  ...tunings,
  ...unitGradients,
  ...saliencies,
  tuneMadeUpKernel,
  browserTuningStore,
  startWeights,
  randomBytes,
  randomFloats,
  seededUniform,
  fromBase64,
  digits,
  setDigits: (images: Uint8Array<ArrayBuffer>, labels: Uint8Array<ArrayBuffer>) =>
    Object.assign(digits, { images, labels }),
  uploadDigits,
  goOnFromStates,
  gpuDraws,
  hashAfterTraining,
  motionOf,
  movedImage,
  resolveAugmentation,
  shaderGate,
  tensorStatistics,
  sha256OfWeights,
  trainOnBatch,
};

declare global {
  /** The engine under test and its references, in the page of `engine-page.html`. */
  var proof: EngineProof;
}

/** The type of `proof`. */
export type EngineProof = typeof proof;

globalThis.proof = proof;

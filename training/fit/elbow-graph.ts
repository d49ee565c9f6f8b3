import { FATIGUE_MODULE_LAYER, RANGE_LAYER, TORQUE_MODULE_LAYER } from '../../core/inference/elbow-bundle.ts';
import {
  ELBOW_CHANNEL_COUNT,
  ELBOW_STATIC,
  ELBOW_STEP_COUNT,
  ELBOW_TORQUE_TIMES_S,
} from '../../core/inference/elbow-input.ts';
import type { GraphModelSpec } from '../../core/learning/graph-model.ts';
import type { InputScaling } from '../../core/learning/start-weights.ts';

const TIMES = ELBOW_TORQUE_TIMES_S.length;

/**
 * The network of `elbow-torque-fatigue`, two modules in one graph:
 * - *torque module*: an LSTM over the activations (means of one second) beside the static features answers the held torque
 *   as a share of maximal torque, layer "torque-level";
 * - *fatigue module*: from the same LSTM, the share of it that is left at each of 30 times, layer "fatigue-share".
 * Joined: maximal torque x level x share, N.m, so a person twice as strong gets exactly twice the torque. Beside it
 * ln(time to failure / 60 s).
 */
export function elbowGraph(activationScaling: InputScaling, staticScaling: InputScaling): GraphModelSpec {
  return {
    name: 'elbow-torque-fatigue',
    inputs: [
      {
        name: 'activations',
        shape: [ELBOW_STEP_COUNT, ELBOW_CHANNEL_COUNT],
        scaling: activationScaling,
      },
      { name: 'static', shape: [ELBOW_STATIC.length], scaling: staticScaling },
      { name: 'maximal-torque', shape: [1], scaling: null },
    ],
    layers: [
      { kind: 'average-pooling1d', name: 'seconds', from: 'activations', size: 2 },
      { kind: 'lstm', name: 'torque-lstm', from: 'seconds', units: 20, returnSequences: false },
      { kind: 'concatenate', name: 'known', from: ['torque-lstm', 'static'] },
      { kind: 'dense', name: 'hidden-torque', from: 'known', units: 16, activation: 'tanh' },
      { kind: 'concatenate', name: 'torque-known', from: ['hidden-torque', 'static'] },
      { kind: 'dense', name: TORQUE_MODULE_LAYER, from: 'torque-known', units: 1, activation: 'sigmoid' },
      { kind: 'dense', name: 'hidden-known', from: 'known', units: 32, activation: 'tanh' },
      { kind: 'dense', name: RANGE_LAYER, from: 'hidden-known', units: 24, activation: 'tanh' },
      { kind: 'dense', name: FATIGUE_MODULE_LAYER, from: RANGE_LAYER, units: TIMES, activation: 'sigmoid' },
      { kind: 'repeat-vector', name: 'level-steps', from: TORQUE_MODULE_LAYER, steps: TIMES },
      { kind: 'flatten', name: 'level-at-times', from: 'level-steps' },
      { kind: 'repeat-vector', name: 'maximum-steps', from: 'maximal-torque', steps: TIMES },
      { kind: 'flatten', name: 'maximum-at-times', from: 'maximum-steps' },
      {
        kind: 'multiply',
        name: 'torque',
        from: ['maximum-at-times', 'level-at-times', FATIGUE_MODULE_LAYER],
      },
      { kind: 'dense', name: 'log-time', from: RANGE_LAYER, units: 1, activation: 'linear' },
      { kind: 'concatenate', name: 'answer', from: ['torque', 'log-time'] },
    ],
  };
}

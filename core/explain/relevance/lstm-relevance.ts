import type { LstmWeights } from '../../networks/lstm-layer.ts';
import type { LstmRule } from './composite.ts';
import { shareAtGate } from './gate-share.ts';
import { type LstmRecord, recordLstm } from './lstm-record.ts';
import type { SlotView } from './slot-view.ts';
import { stabiliserOf } from './stabiliser.ts';

/** Relevance inside an LSTM, in the order in which it read its steps. */
export interface LstmRelevance {
  /** Length steps * inputCount. */
  input: Float64Array;
  /** Of the hidden state after each step, length steps * units. */
  hidden: Float64Array;
  /** Of the cell state after each step, length steps * units. */
  cell: Float64Array;
  /** The part of `cell` that came from the step after, through the forget gate; length steps * units. */
  cellFromNext: Float64Array;
  /** Of the candidate of each step, length steps * units. */
  candidate: Float64Array;
  /** Of the zero states before the first step, length units: parts of biases and stabilisers, if redistributed. */
  initialHidden: Float64Array;
  initialCell: Float64Array;
  /** Taken by biases, the part that was redistributed to the initial states included. */
  bias: number;
  /** Taken by stabilisers, likewise. */
  stabiliser: number;
}

/** Blocks of the kernels, in the Keras order. */
const INPUT_GATE = 0;
const FORGET_GATE = 1;
const CANDIDATE = 2;
const OUTPUT_GATE = 3;

/**
 * Layer-wise relevance of an LSTM: activations pass it, weighted sums and the cell's sum use the epsilon rule,
 * products of gate and signal share it by the mode. Source: Arras et al. 2017 and 2019.
 * @param view - of the sequence, in the order in which it is read. @param byHidden - relevance that the layers above
 *   send to the hidden state after each step, length steps * units.
 * @throws RangeError when a length does not fit or a relevance is not finite.
 */
export function lstmRelevance(
  weights: LstmWeights,
  view: SlotView,
  rule: LstmRule,
  byHidden: Float64Array,
): LstmRelevance {
  const { units, inputCount } = weights;
  const record = recordLstm(
    weights,
    view.base.map((base, j) => view.scale[j]! * base + view.offset[j]!),
  );
  const { steps } = record;
  if (byHidden.length !== steps * units || !byHidden.every(Number.isFinite)) {
    throw new RangeError(`relevance of an LSTM's answers needs ${steps * units} finite numbers`);
  }
  const result: LstmRelevance = {
    input: new Float64Array(steps * inputCount),
    hidden: byHidden.slice(),
    cell: new Float64Array(steps * units),
    cellFromNext: new Float64Array(steps * units),
    candidate: new Float64Array(steps * units),
    initialHidden: new Float64Array(units),
    initialCell: new Float64Array(units),
    bias: 0,
    stabiliser: 0,
  };
  const at = { weights, record, view, rule };
  for (let t = steps - 1; t >= 0; t -= 1) {
    for (const [gate, relevance] of stepBack(result, at, t).entries()) {
      spreadGate(result, at, t, gate, relevance);
    }
  }
  return result;
}

interface LstmPass {
  weights: LstmWeights;
  record: LstmRecord;
  view: SlotView;
  rule: LstmRule;
}

/**
 * From the hidden state and cell after step t to the gates of that step and the cell before it.
 * @returns relevance of the four gates, in the order of their blocks.
 */
function stepBack(into: LstmRelevance, { weights, record, rule }: LstmPass, t: number): Float64Array[] {
  const { units } = weights;
  const { gates, cell } = record;
  const gateOf = (gate: number, j: number) => gates[(t * 4 + gate) * units + j]!;
  const hidden = into.hidden.subarray(t * units, (t + 1) * units);
  const after = into.cell.subarray(t * units, (t + 1) * units);
  const before = t === 0 ? into.initialCell : into.cell.subarray((t - 1) * units, t * units);
  const ofGates = Array.from({ length: 4 }, () => new Float64Array(units));
  const kept = new Float64Array(units);
  const written = new Float64Array(units);
  let spread = 0;
  for (let j = 0; j < units; j += 1) {
    const state = cell[(t + 1) * units + j]!;
    const answer = shareAtGate(rule.mode, gateOf(OUTPUT_GATE, j), Math.tanh(state), hidden[j]!);
    ofGates[OUTPUT_GATE]![j] = answer.gate;
    after[j]! += answer.signal;
    if (after[j] === 0) continue;
    const stabiliser = stabiliserOf(state, rule.epsilon);
    const each = after[j]! / (state + stabiliser);
    if (!Number.isFinite(each)) {
      into.stabiliser += after[j]!;
      continue;
    }
    kept[j] = gateOf(FORGET_GATE, j) * cell[t * units + j]! * each;
    written[j] = gateOf(INPUT_GATE, j) * gateOf(CANDIDATE, j) * each;
    if (rule.redistributesBias) spread += (stabiliser * each) / (2 * units);
    else into.stabiliser += stabiliser * each;
  }
  for (let j = 0; j < units; j += 1) {
    const old = shareAtGate(rule.mode, gateOf(FORGET_GATE, j), cell[t * units + j]!, kept[j]! + spread);
    const fresh = shareAtGate(rule.mode, gateOf(INPUT_GATE, j), gateOf(CANDIDATE, j), written[j]! + spread);
    ofGates[FORGET_GATE]![j] = old.gate;
    ofGates[INPUT_GATE]![j] = fresh.gate;
    ofGates[CANDIDATE]![j] = fresh.signal;
    before[j] = old.signal;
    // The state before the first step is no input: what it was given came from the stabiliser.
    if (t === 0) into.stabiliser += old.signal;
  }
  if (t > 0) into.cellFromNext.set(before, (t - 1) * units);
  into.candidate.set(ofGates[CANDIDATE]!, t * units);
  return ofGates;
}

/** Epsilon rule of one block of z = x W + h U + b at one step. */
function spreadGate(
  into: LstmRelevance,
  { weights, record, view, rule }: LstmPass,
  t: number,
  gate: number,
  relevance: Float64Array,
): void {
  const { units, inputCount, kernel, recurrentKernel, bias } = weights;
  const width = 4 * units;
  const count = inputCount + units;
  const first = t * inputCount;
  const hidden = t === 0 ? into.initialHidden : into.hidden.subarray((t - 1) * units, t * units);
  for (const [k, own] of relevance.entries()) {
    if (own === 0) continue;
    const column = gate * units + k;
    const z = record.preActivations[t * width + column]!;
    const stabiliser = stabiliserOf(z, rule.epsilon);
    const each = own / (z + stabiliser);
    if (!Number.isFinite(each)) {
      into.stabiliser += own;
      continue;
    }
    let fixed = bias[column]!;
    for (let i = 0; i < inputCount; i += 1) fixed += view.offset[first + i]! * kernel[i * width + column]!;
    const extra = rule.redistributesBias ? (fixed + stabiliser) / count : 0;
    for (let i = 0; i < inputCount; i += 1) {
      const weight = view.scale[first + i]! * kernel[i * width + column]!;
      into.input[first + i]! += (view.base[first + i]! * weight + extra) * each;
    }
    for (let j = 0; j < units; j += 1) {
      const numerator = record.hidden[t * units + j]! * recurrentKernel[j * width + column]!;
      hidden[j]! += (numerator + extra) * each;
    }
    // Redistributed parts stay inside but for those of the zero state before the first step.
    const lost = rule.redistributesBias ? (t === 0 ? units / count : 0) : 1;
    into.bias += lost * fixed * each;
    into.stabiliser += lost * stabiliser * each;
  }
}

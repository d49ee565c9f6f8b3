import { FEATURE_IDS } from '../signals/feature-ids.ts';
import { TRACE_LENGTH, TRACE_STEP_COUNT } from '../signals/trace-resample.ts';
import { TRACE_COMPONENT_COUNT } from '../signals/trace-shape.ts';
import { WRIST_FEATURE_COUNT, WRIST_FEATURE_GROUPS, type WristFeatures } from '../signals/wrist-features.ts';
import type { PatternKey } from './calibration-file.ts';
import type { Manifest } from './manifest.ts';

/** Steps and components (palmar, longitudinal, transverse) of the force trace that a network reads. */
export const TRACE_SAMPLES = TRACE_STEP_COUNT;
export const TRACE_COMPONENTS = TRACE_COMPONENT_COUNT;
export { TRACE_LENGTH };
/** Name of the trace among a manifest's inputs: one entry that stands for {@link TRACE_LENGTH} numbers. */
export const TRACE_INPUT = 'trace-60x3';

/** What was measured, as the network takes it. */
export interface NetworkMeasurement extends Pick<WristFeatures, 'values' | 'mask'> {
  /** Length TRACE_LENGTH, [step][component], shares of the best gauge reading (resampleTrace); null: not recorded. */
  trace: Float64Array | null;
}

/** An input that says whether a group was measured: 1 present, 0 absent. */
export interface MaskColumn {
  name: string;
  /** Positions among FEATURE_IDS. A group counts as present only as a whole. */
  group: readonly number[];
  /** True when the trace belongs to this group: both are there or neither. */
  hasTrace: boolean;
}

/**
 * Columns of one version's network: features (zero where absent), masks, then the trace. It follows from the names of
 * the inputs in the bundle's manifest, so that bundles of several versions run side by side.
 */
export interface InputLayout {
  /** Position among FEATURE_IDS of each feature column. */
  features: readonly number[];
  masks: readonly MaskColumn[];
  hasTrace: boolean;
  /** Numbers of one input row. */
  width: number;
}

const GROUP_OF_MASK: Readonly<Record<string, readonly number[]>> = {
  'other-hand-measured': WRIST_FEATURE_GROUPS.otherHand,
  'wrist-strength-measured': WRIST_FEATURE_GROUPS.wristStrength,
  'postures-measured': WRIST_FEATURE_GROUPS.postures,
};
/** The group whose mask also speaks for the trace, in a network that reads one. */
const TRACE_MASK = 'postures-measured';

/**
 * Layout of the columns that a manifest names, in its order: features, masks, trace.
 * @throws RangeError for a name or an order that this version of the app does not know.
 */
export function layoutOf(inputs: Manifest['inputs']): InputLayout {
  const names = inputs.map(({ name }) => name);
  const features: number[] = [];
  const masks: MaskColumn[] = [];
  const hasTrace = names.at(-1) === TRACE_INPUT;
  for (const name of hasTrace ? names.slice(0, -1) : names) {
    const feature = (FEATURE_IDS as readonly string[]).indexOf(name);
    const group = GROUP_OF_MASK[name];
    if (feature >= 0 && masks.length === 0) features.push(feature);
    else if (group) masks.push({ name, group, hasTrace: hasTrace && name === TRACE_MASK });
    else throw new RangeError(`the input "${name}" is not known, or not at this place`);
  }
  const known = new Set(features);
  if (masks.some(({ group }) => group.some((position) => !known.has(position)))) {
    throw new RangeError('a mask speaks for a feature that the network does not read');
  }
  return { features, masks, hasTrace, width: features.length + masks.length + (hasTrace ? TRACE_LENGTH : 0) };
}

/** Names of the columns of the present version, in order. @param hasTrace - false: pattern C is postures only. */
export const inputNames = (hasTrace: boolean): string[] => [
  ...FEATURE_IDS,
  'other-hand-measured',
  'wrist-strength-measured',
  TRACE_MASK,
  ...(hasTrace ? [TRACE_INPUT] : []),
];

const isPresent = ({ mask }: Pick<WristFeatures, 'mask'>, group: readonly number[]) =>
  group.every((position) => mask[position] === 1);

/**
 * The measurement without what the network was not trained to see: features that the layout does not read, and half a
 * group (postures without the trace that belongs to them, or the reverse). What is left out is answered as if it had not
 * been measured, never imputed.
 */
export function readableBy(layout: InputLayout, measured: NetworkMeasurement): NetworkMeasurement {
  const mask = new Uint8Array(WRIST_FEATURE_COUNT);
  for (const feature of layout.features) mask[feature] = measured.mask[feature] ?? 0;
  let trace: Float64Array | null = null;
  for (const { group, hasTrace } of layout.masks) {
    const isWhole = isPresent({ mask }, group) && (!hasTrace || measured.trace !== null);
    if (!isWhole) for (const position of group) mask[position] = 0;
    else if (hasTrace) trace = measured.trace;
  }
  return { values: measured.values.map((value, i) => (mask[i] === 1 ? value : 0)), mask, trace };
}

/** Calibration that belongs to what was measured, as {@link readableBy} leaves it. */
export function patternKeyOf(measured: Pick<WristFeatures, 'mask'>): PatternKey {
  const hasStrength = isPresent(measured, WRIST_FEATURE_GROUPS.wristStrength);
  const hasPostures = hasStrength && isPresent(measured, WRIST_FEATURE_GROUPS.postures);
  const hasOther = isPresent(measured, WRIST_FEATURE_GROUPS.otherHand);
  return `${hasPostures ? 'C' : hasStrength ? 'B' : 'A'}${hasOther ? '' : '-one-hand'}`;
}

/**
 * The network's input row: features, zero where absent; masks; trace, zero where absent.
 * @param measured - as {@link readableBy} leaves it. @throws RangeError when the trace has another length.
 */
export function networkInput(layout: InputLayout, measured: NetworkMeasurement): Float64Array {
  const input = new Float64Array(layout.width);
  layout.features.forEach((feature, column) => {
    if (measured.mask[feature] === 1) input[column] = measured.values[feature] ?? 0;
  });
  layout.masks.forEach(({ group }, index) => {
    input[layout.features.length + index] = isPresent(measured, group) ? 1 : 0;
  });
  if (layout.hasTrace && measured.trace !== null) {
    if (measured.trace.length !== TRACE_LENGTH) throw new RangeError(`a trace has ${TRACE_LENGTH} numbers`);
    input.set(measured.trace, layout.features.length + layout.masks.length);
  }
  return input;
}

/** Columns of the trace in an input row; empty when the network reads none. */
export function traceColumns(layout: InputLayout): number[] {
  const start = layout.features.length + layout.masks.length;
  return Array.from({ length: layout.width - start }, (_, i) => start + i);
}

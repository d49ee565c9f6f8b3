import type { TraceBlock } from '../../../core/explain/time-bands.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';

/** A made-up recording whose class is decided by one dip at a known place. */
export interface PlantedTrace {
  /** Row-major [step][channel]: force in shares of its plateau, and a wave that tells nothing. */
  row: Float64Array;
  /** 1 with a dip, 0 without. */
  label: 0 | 1;
  /** First step of the dip and the first one after it; drawn without a dip too, and then empty of meaning. */
  band: readonly [start: number, end: number];
}

export const PLANTED_BLOCK: TraceBlock = { steps: 60, channels: 2 };
/** Shortest and longest dip, in steps. */
const DIP_STEPS = [7, 10] as const;
/** Force rises until here; dips lie after it. */
const PLATEAU_START = 14;

/**
 * A force trace with ramp, plateau, drift and noise beside a wave of random phase; with label 1 the force dips by 35 to
 * 55 % of its plateau at a random place of it.
 * @param seed, index - name the streams: the same trace each time.
 */
export function plantedTrace(seed: string, index: number, label: 0 | 1): PlantedTrace {
  const { steps, channels } = PLANTED_BLOCK;
  const shape = randomStream(seed, 'shape', index);
  const noise = randomStream(seed, 'noise', index);
  const place = randomStream(seed, 'dip', index);
  const plateau = 1 + 0.15 * shape.normal();
  const drift = -0.1 * shape.uniform();
  const rampSteps = 6 + 6 * shape.uniform();
  const phase = 2 * Math.PI * shape.uniform();
  const wave = 0.05 + 0.1 * shape.uniform();
  const width = DIP_STEPS[0] + place.integer(DIP_STEPS[1] - DIP_STEPS[0] + 1);
  const start = PLATEAU_START + place.integer(steps - 2 - width - PLATEAU_START);
  const depth = 0.35 + 0.2 * place.uniform();
  const row = new Float64Array(steps * channels);
  for (let step = 0; step < steps; step += 1) {
    const rise = 1 - Math.exp((-3 * step) / rampSteps);
    const isDip = label === 1 && step >= start && step < start + width;
    const dip = isDip ? depth * Math.sin((Math.PI * (step - start + 0.5)) / width) : 0;
    row[step * channels] = plateau * (rise * (1 + (drift * step) / steps) - dip) + 0.02 * noise.normal();
    row[step * channels + 1] = Math.sin(wave * step + phase) + 0.1 * noise.normal();
  }
  return { row, label, band: [start, start + width] };
}

/** Traces 0 to count - 1 of a seed, every other one with a dip. */
export const plantedTraces = (seed: string, count: number): PlantedTrace[] =>
  Array.from({ length: count }, (_, index) => plantedTrace(seed, index, index % 2 === 0 ? 0 : 1));

/** Seed of the traces that the networks of the fixture were fitted on. */
export const FIT_SEED = 'planted-signal-fit';
export const FIT_COUNT = 400;

/** Mean of all traces that the networks were fitted on: the reference that says what a trace looks like without news. */
export function meanFitTrace(): Float64Array {
  const mean = new Float64Array(PLANTED_BLOCK.steps * PLANTED_BLOCK.channels);
  for (const { row } of plantedTraces(FIT_SEED, FIT_COUNT)) {
    for (let i = 0; i < mean.length; i += 1) mean[i]! += row[i]! / FIT_COUNT;
  }
  return mean;
}

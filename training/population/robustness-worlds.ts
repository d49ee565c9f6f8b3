import { scaledSpread } from './varied-hand.ts';
import type { PopulationOptions } from './virtual-person.ts';

/** One row of the robustness table: people or instruments that differ from those of the training. */
export interface RobustnessWorld {
  name: string;
  /** Handed to the generators of people. */
  population: PopulationOptions;
  /** Factor on every pinch reading, hence on trials and peak, after the simulated measurement; 1: a true gauge. */
  gaugeGain: number;
  /** Factor on measurement noise, for generators that take `noiseScale`. */
  noiseScale: number;
}

/** Recruitment shifts of pinch and grip, Diaz et al. 2025, J Biomech 182:112558: smallest and largest. */
export const RECRUITMENT_SHIFTS = [1.062, 1.194] as const;

const world = (name: string, change: Partial<Omit<RobustnessWorld, 'name'>>): RobustnessWorld => ({
  name,
  population: {},
  gaugeGain: 1,
  noiseScale: 1,
  ...change,
});

/**
 * The worlds that concern population and measurement; each changes one thing. Surgery's severity belongs to the
 * generators that operate.
 */
export const ROBUSTNESS_WORLDS: readonly RobustnessWorld[] = [
  world('as simulated', {}),
  world('other contact model', { population: { contact: 'B' } }),
  world('gauge reads 10 % low', { gaugeGain: 0.9 }),
  world('gauge reads 10 % high', { gaugeGain: 1.1 }),
  ...RECRUITMENT_SHIFTS.map((shift) =>
    world(`recruited ${(100 * (shift - 1)).toFixed(1)} % stronger`, {
      population: { strengthFactor: shift },
    }),
  ),
  world('hands of 80 % strength', { population: { strengthFactor: 0.8 } }),
  world('half the measurement noise', { noiseScale: 0.5 }),
  world('twice the measurement noise', { noiseScale: 2 }),
  world('half the spread of muscles', { population: { spread: scaledSpread(0.5) } }),
  world('twice the spread of muscles', { population: { spread: scaledSpread(2) } }),
  world('grip-pinch correlation 0.5', { population: { gripPinchCorrelation: 0.5 } }),
  world('grip-pinch correlation 0.9', { population: { gripPinchCorrelation: 0.9 } }),
  world('common factor 40 % of pinch', { population: { commonShare: 0.4 } }),
  world('common factor 70 % of pinch', { population: { commonShare: 0.7 } }),
];

import { MUSCLE_GROUP_NAMES, MUSCLE_GROUPS } from './muscle-groups.ts';
import { MUSCLE_NAMES } from './muscle-names.ts';

const KINDS = {
  'log-max-force-': 'largest force',
  'log-optimal-length-': 'optimal fibre length',
  'log-slack-length-': 'tendon slack length',
} as const;

/** What a clinician reads for an output of `muscle-parameters`; its own name where it is unknown here. */
export function muscleOutputName(output: string): string {
  const group = MUSCLE_GROUPS.find((id) => output === `percent-expected-${id}`);
  if (group) return MUSCLE_GROUP_NAMES[group];
  const parts = muscleParameterOf(output);
  return parts ? `${parts.kind}, ${parts.muscle}` : output;
}

/** What a single parameter is, and of which muscle; null for anything else. */
export function muscleParameterOf(output: string): { kind: string; muscle: string } | null {
  for (const [prefix, kind] of Object.entries(KINDS)) {
    const muscle = output.startsWith(prefix) ? MUSCLE_NAMES[output.slice(prefix.length)] : undefined;
    if (muscle) return { kind, muscle };
  }
  return null;
}

const INPUTS: Readonly<Record<string, string>> = {
  'pinch-neutral': 'key pinch',
  grip: 'grip strength',
  'pinch-flexion-20': 'key pinch, wrist flexed 20°',
  'pinch-extension-20': 'key pinch, wrist extended 20°',
  'peak-neutral-direction': 'direction of the pinch',
  'peak-flexion-20-direction': 'direction of the pinch, wrist flexed 20°',
  'peak-extension-20-direction': 'direction of the pinch, wrist extended 20°',
  'ramp-50-direction': 'direction at half of the pinch',
  'ramp-75-direction': 'direction at 75 % of the pinch',
  'ramp-90-direction': 'direction at 90 % of the pinch',
};

/** What a clinician reads for a group of inputs of an explanation. */
export const muscleInputName = (input: string): string => INPUTS[input] ?? input;

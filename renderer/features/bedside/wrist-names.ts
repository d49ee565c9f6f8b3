import type { WristMeasure } from '../../../core/clinical/entry-walk.ts';

/** Directions of wrist strength as the form names them. */
export const WRIST_NAMES: Readonly<Record<WristMeasure, string>> = {
  'wrist-extension': 'extension',
  'wrist-flexion': 'flexion',
  'wrist-radial': 'radial deviation',
  'wrist-ulnar': 'ulnar deviation',
};

import type { JudgedClass, WristClass } from '../contract/schemas/clinical.ts';
import type { FeatureId, WidthReason } from '../contract/schemas/judgement.ts';

/** What a clinician reads for each answer, in the order of the keys 1-4. */
export const ANSWER_NAMES: Readonly<Record<JudgedClass, string>> = {
  nonimpaired: 'nonimpaired',
  'four-corner-fusion': 'four-corner fusion',
  'proximal-row-carpectomy': 'proximal row carpectomy',
  'cannot-tell': 'cannot tell',
};

/** Short form for sets and chart labels. */
export const SHORT_CLASS_NAMES: Readonly<Record<WristClass, string>> = {
  nonimpaired: 'nonimpaired',
  'four-corner-fusion': 'four-corner fusion',
  'proximal-row-carpectomy': 'PRC',
};

/** What a clinician reads for each feature of `wrist-state`. */
export const FEATURE_NAMES: Readonly<Record<FeatureId, string>> = {
  'pinch-percent-expected': 'key pinch',
  'pinch-ratio-other-hand': 'key pinch against the other hand',
  'pinch-flexion-20-ratio': 'key pinch with the wrist flexed 20°',
  'pinch-extension-20-ratio': 'key pinch with the wrist extended 20°',
  'pinch-ulnar-10-ratio': 'key pinch in ulnar deviation 10°',
  'wrist-extension-percent-expected': 'wrist extension strength',
  'wrist-flexion-percent-expected': 'wrist flexion strength',
  'wrist-radial-percent-expected': 'radial deviation strength',
  'wrist-ulnar-percent-expected': 'ulnar deviation strength',
};

/** What is noted beside an answer, in two or three words; the result screen has a sentence for each. */
export const FLAG_NAMES: Readonly<Record<WidthReason, string>> = {
  'few-trials': 'few trials',
  'wide-trial-spread': 'trials far apart',
  'members-disagree': 'networks disagree',
  'far-from-training': 'unlike most simulated people',
  'missing-wrist-strength': 'no wrist strength',
  'between-classes': 'between two answers',
};

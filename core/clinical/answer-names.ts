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

/** Why an answer is in doubt, in few words: on the card of the answer and in the sentence of its explanation alike. */
export const DOUBT_WORDS: Readonly<Record<WidthReason, string>> = {
  'few-trials': 'few trials of this hand',
  'wide-trial-spread': 'trials of this hand far apart',
  'members-disagree': 'the networks of the model disagree',
  'far-from-training': 'near the edge of the range of the training people',
  'missing-wrist-strength': 'no wrist strength, which tells the groups apart best',
  'between-classes': 'the measurements lie between groups',
};

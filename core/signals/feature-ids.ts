/** The nine features of `wrist-state`, in the order of the feature vector (decisions 7). */
export const FEATURE_IDS = [
  'pinch-percent-expected',
  'pinch-ratio-other-hand',
  'pinch-flexion-20-ratio',
  'pinch-extension-20-ratio',
  'pinch-ulnar-10-ratio',
  'wrist-extension-percent-expected',
  'wrist-flexion-percent-expected',
  'wrist-radial-percent-expected',
  'wrist-ulnar-percent-expected',
] as const;

/** The three classes of `wrist-state`: what a pinch behaves most like, never which operation was done. */
export const WRIST_CLASSES = ['nonimpaired', 'four-corner-fusion', 'proximal-row-carpectomy'] as const;

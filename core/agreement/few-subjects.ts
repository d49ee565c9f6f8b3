/** Below this number of subjects figures of agreement and their intervals are shown with a warning. */
export const FEW_SUBJECTS = 20;

/** What the second explanation of a sustained elbow flexion is asked, as it is stored. */
export const ELBOW_BY_BAND = 'time to task failure, by stretch of the first 30 s';

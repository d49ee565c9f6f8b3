/** Parts of a report that can be ticked off. The ids are stored with a user's choices: never renamed. */
export const REPORT_PARTS = [
  { id: 'trials', label: 'Each trial', isOn: true },
  { id: 'spread', label: 'Spread of the trials', isOn: true },
  { id: 'norm', label: 'Published norms', isOn: true },
  {
    id: 'unverified-norm',
    label: 'Norms that were not read in their source (called unverified)',
    isOn: false,
  },
  { id: 'other-hand', label: 'Percent of the other hand', isOn: true },
  { id: 'change', label: 'Change since the last visit', isOn: true },
  { id: 'model', label: 'Result of the model', isOn: true },
  { id: 'conclusion', label: 'Conclusion', isOn: true },
  { id: 'patient-course', label: 'Course as a picture', isOn: true },
  { id: 'patient-model', label: 'Result of the model', isOn: false },
] as const;

export type ReportPart = (typeof REPORT_PARTS)[number]['id'];
export type ReportParts = ReadonlySet<ReportPart>;

/** Parts of the page for the patient; all others are of the page for the surgeon. */
export const isPatientPart = (part: ReportPart): boolean => part.startsWith('patient-');

/** @param stored what the user chose last; null: nothing yet. Unknown ids of another version are left out. */
export function reportPartsFrom(stored: readonly string[] | null): ReportParts {
  return new Set(
    REPORT_PARTS.filter(({ id, isOn }) => (stored === null ? isOn : stored.includes(id))).map(({ id }) => id),
  );
}

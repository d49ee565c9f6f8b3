/** Every keyboard shortcut, once: the listing is drawn from this table. */
export interface ShortcutGroup {
  where: string;
  shortcuts: readonly { keys: readonly string[]; does: string }[];
}

export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    where: 'Anywhere',
    shortcuts: [
      { keys: ['Alt', '1'], does: 'Patients' },
      { keys: ['Alt', '2'], does: 'Models' },
      { keys: ['Alt', '3'], does: 'Help' },
      { keys: ['Alt', '4'], does: 'Settings' },
      { keys: ['Alt', 'L'], does: 'Lock, or leave the sample clinic' },
      { keys: ['?'], does: 'Show these shortcuts' },
    ],
  },
  {
    where: 'Patient list',
    shortcuts: [
      { keys: ['type'], does: 'Search' },
      { keys: ['↓', '↑'], does: 'Move through the list' },
      { keys: ['Enter'], does: 'Open the patient' },
      { keys: ['N'], does: 'New patient, when the cursor is not in the search field' },
      { keys: ['Alt', 'N'], does: 'New patient, from anywhere in the list' },
    ],
  },
  {
    where: 'Patient',
    shortcuts: [{ keys: ['Alt', 'N'], does: 'New session' }],
  },
  {
    where: 'Bedside entry',
    shortcuts: [
      { keys: ['Enter'], does: 'Next field: right, left, right, left' },
      { keys: ['Ctrl', 'Z'], does: 'Take back the last value' },
      { keys: ['Ctrl', 'Enter'], does: 'Save and judge' },
      { keys: ['Ctrl', 'S'], does: 'Save measurements only' },
    ],
  },
  {
    where: 'Your judgement',
    shortcuts: [
      { keys: ['1', '2', '3', '4'], does: 'Choose the answer' },
      { keys: ['Enter'], does: 'Next question' },
      { keys: ['Ctrl', 'Enter'], does: 'Lock and show' },
      { keys: ['S'], does: 'Save measurements only' },
    ],
  },
];

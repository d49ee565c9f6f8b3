/** Every keyboard shortcut, once: the listing is drawn from this table, and a test presses each of them. */
export interface ShortcutGroup {
  where: string;
  shortcuts: readonly { keys: readonly string[]; does: string }[];
}

export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    where: 'Anywhere',
    shortcuts: [
      { keys: ['Alt', '1'], does: 'Patients' },
      { keys: ['Alt', '2'], does: 'Concordance' },
      { keys: ['Alt', '3'], does: 'Models' },
      { keys: ['Alt', '4'], does: 'Settings' },
      { keys: ['Alt', '5'], does: 'Help' },
      { keys: ['Alt', 'L'], does: 'Lock, or leave the sample clinic' },
      { keys: ['Alt', 'U'], does: 'Switch user' },
      { keys: ['F2'], does: 'Next open session; its draft is kept' },
      { keys: ['Shift', 'F2'], does: 'Open session before' },
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
    shortcuts: [
      { keys: ['Alt', 'N'], does: 'New session' },
      { keys: ['F'], does: 'Forecast the next visit' },
    ],
  },
  {
    where: 'Bedside entry',
    shortcuts: [
      { keys: ['Enter'], does: 'Next field: right, left, right, left' },
      { keys: ['Shift', 'Enter'], does: 'Back to the field before' },
      { keys: ['↑', '↓'], does: 'The other hand, same trial' },
      { keys: ['Ctrl', 'Z'], does: 'Take back the last value' },
      { keys: ['Ctrl', 'Enter'], does: 'Save and judge' },
      { keys: ['S'], does: 'Save measurements only, when the cursor is in no field' },
      { keys: ['Ctrl', 'S'], does: 'Save measurements only, from anywhere' },
    ],
  },
  {
    where: 'Add wrist strength',
    shortcuts: [
      { keys: ['Enter'], does: 'Next direction' },
      { keys: ['Ctrl', 'Enter'], does: 'Add to the session' },
    ],
  },
  {
    where: 'Your judgement',
    shortcuts: [
      {
        keys: ['1', '2', '3', '4'],
        does: 'Choose the answer; the digits of a number typed in a row choose nothing',
      },
      { keys: ['Enter'], does: 'Next question; on a button, press it' },
      { keys: ['←', '→', '↑', '↓'], does: 'Move through the drivers' },
      { keys: ['Ctrl', 'Enter'], does: 'Lock and show' },
      { keys: ['S'], does: 'Leave with the measurements only' },
    ],
  },
  {
    where: 'Correct a value',
    shortcuts: [
      { keys: ['Enter'], does: 'Save the correction' },
      { keys: ['Esc'], does: 'Leave it as it is' },
    ],
  },
  {
    where: 'Compare methods',
    shortcuts: [{ keys: ['Esc'], does: 'Back to the result' }],
  },
];

import type { Confirmation } from './confirmation.tsx';
import type { Screen } from './routes.ts';

/** Screens on which one person says what they think: nothing half-filled passes to another. */
const OF_ONE_PERSON: readonly Screen[] = [
  'judgement',
  'result',
  'muscle-parameters',
  'elbow',
  'forecast',
  'second-reading',
  'training',
];

/** What they show depends on the user: lists of one's own, and records whose answers wait for a second reader. */
const READ_ANEW: readonly Screen[] = ['settings', 'readings', 'concordance', 'patient', 'session'];

/** Screens that begin anew for the user who takes over; every other one stays as it is. */
export const beginsAnew = (screen: Screen): boolean =>
  OF_ONE_PERSON.includes(screen) || READ_ANEW.includes(screen);

/** What the switch says before it is made, where a record is in view: it cannot be unseen. */
export const SEEN_ON_SWITCH =
  'Whoever takes over has seen this record: a second reading of it by them counts as not blinded.';

/** What the user who takes over reads. */
export function switchedConfirmation(screen: Screen, name: string): Confirmation {
  const text = OF_ONE_PERSON.includes(screen)
    ? 'A judgement is of one person: what was half filled in on this screen was cleared.'
    : READ_ANEW.includes(screen)
      ? 'This screen was read anew for you; what is saved from now on is in your name.'
      : screen === 'bedside' || screen === 'add-wrist-strength'
        ? 'The measurements stay as they were typed; what is saved from now on is in your name.'
        : 'The screen stays as it was; what is saved from now on is in your name.';
  return { title: `${name} goes on here.`, text };
}

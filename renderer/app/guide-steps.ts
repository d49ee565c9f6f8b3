import type { Screen } from './routes.ts';

export interface GuideStep {
  title: string;
  text: string;
}

/** The way through the app in five steps; it can be replayed from Help. */
export const GUIDE_STEPS: readonly GuideStep[] = [
  {
    title: 'Choose a patient',
    text: 'Click a name, or type a part of it and press Enter.',
  },
  {
    title: 'Measure',
    text: 'New session, then three key pinches of each hand; Enter moves from right to left and back.',
  },
  {
    title: 'Judge first',
    text: 'What does the pinch behave most like, and how sure are you? No model runs before you lock.',
  },
  {
    title: 'Read the model beside you',
    text: 'Its answer and its doubt, then what drove it, next to your reasons. “Cannot tell” is an answer too.',
  },
  {
    title: 'Compare and follow',
    text: 'Agree, disagree or leave it open. Timeline keeps the session, Trends shows the course of both hands.',
  },
];

const STEP_OF_SCREEN: Partial<Record<Screen, number>> = {
  patients: 0,
  patient: 1,
  bedside: 1,
  'add-wrist-strength': 3,
  judgement: 2,
  result: 3,
};

/**
 * The step after moving to a screen: the guide follows what is done, forwards only, and coming back to the patient
 * from a result is the last step.
 */
export function stepAfterScreen(step: number, screen: Screen): number {
  if (step >= 3 && screen === 'patient') return GUIDE_STEPS.length - 1;
  return Math.max(step, STEP_OF_SCREEN[screen] ?? 0);
}

/** What to do and say at each test, so that two people measure alike. The words are this project's own. */

export const SEATED =
  'Seated, feet flat, no armrest. Upper arm at the side, elbow bent 90°, forearm in neutral, wrist 0–30° extended and 0–15° towards the little finger.';

const SAY = '“Squeeze as hard as you can … harder … and relax.” Three seconds.';
const IN_TURN = 'Change hands after each trial; 15 seconds of rest for each hand.';
const STOP = 'Stop when it hurts more; note the pain and mark “stopped early”.';

export const PINCH_SQUEEZE: readonly string[] = [
  'Gauge between the thumb pad and the side of the index finger; you hold its far end.',
  SAY,
  IN_TURN,
  STOP,
];

export const GRIP_SQUEEZE: readonly string[] = [
  'Dynamometer in the second handle position; you support its weight from below.',
  SAY,
  IN_TURN,
  STOP,
];

const THREE_PINCHES =
  'Key: thumb pad on the side of the index finger. Tip: tip to tip. Palmar: thumb pad against index and middle finger.';

export const PINCH_TYPES: readonly string[] = [THREE_PINCHES, SAY, IN_TURN, STOP];

export const FULL_HAND: readonly string[] = [
  THREE_PINCHES,
  'Grip: dynamometer in the second handle position; you support its weight from below.',
  SAY,
  IN_TURN,
  'Wrist strength of the affected side: the largest torque in each direction, once.',
  STOP,
];

export const POSTURES: readonly string[] = [
  'Then the same pinch with the wrist flexed 20°, extended 20° and in 10° ulnar deviation, checked with a goniometer, once each.',
];

export const RANGE: readonly string[] = [
  'Forearm supported on the table, hand over its edge; for turning, elbow at the side and bent 90°.',
  '“Move as far as you can by yourself.” Read the goniometer at the end of the movement.',
  'One hand first, then the other. A lag below zero is noted in words, not as a number.',
  'Stop when it hurts more, and note the pain.',
];

export const PINCH_HOLD: readonly string[] = [
  'Rest two minutes. Then hold half of the largest pinch; the patient sees the dial.',
  'Start the clock with the hold, stop it when the needle stays below the mark for two seconds or the patient lets go.',
];

export const ELBOW_HOLD: readonly string[] = [
  'Seated, upper arm at the side, elbow bent 90°, palm up; the cuff at the wrist, its lever arm measured.',
  '“Pull as hard as you can … harder … and relax.” Three seconds; the largest torque counts.',
  'Rest two minutes. Then hold half of it for as long as possible; start and stop the clock beside the field.',
  'Stop when it hurts more; note the pain and mark “stopped early”.',
];

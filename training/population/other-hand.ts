import { randomStream } from '../../core/numerics/random-stream.ts';
import { expectedStrength, type PersonSize } from '../../core/signals/expected-strength.ts';

/**
 * True difference of key pinch between a person's two hands, SD of the logarithm: assumption. With the noise of
 * two sessions' bests it gives about the spread of grip between hands in the US survey (0.12-0.13, noise included).
 */
export const OTHER_HAND_LOG_SD = 0.09;

/** True key pinch of the other hand over that of the given one: the ratio of the norms, and an own difference. */
export function otherHandRatio(
  seed: number | string,
  subject: number,
  person: PersonSize,
  side: 'right' | 'left',
): number {
  const otherSide = side === 'right' ? 'left' : 'right';
  const norm = expectedStrength(person, otherSide).pinchN / expectedStrength(person, side).pinchN;
  return norm * Math.exp(OTHER_HAND_LOG_SD * randomStream(seed, 'other-hand', subject).normal());
}

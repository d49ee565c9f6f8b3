import { randomStream } from '../../../core/numerics/random-stream.ts';
import { PULL_TIMING } from './trace-assumptions.ts';

/** When a pull happens, seconds from the start of the recording. */
export interface PullTiming {
  onsetS: number;
  rampS: number;
  releaseS: number;
  releaseRampS: number;
}

/** Timing of one pull; a stream a quantity. @param pull - names the pull, e.g. "neutral-1". */
export function drawPullTiming(seed: number | string, subject: number, pull: string): PullTiming {
  const factor = (name: string, logSd: number): number =>
    Math.exp(logSd * randomStream(seed, `pull-${name}-${pull}`, subject).normal());
  const { cueS, reactionS, reactionLogSd, rampS, rampLogSd, releaseCueS, releaseRampS } = PULL_TIMING;
  return {
    onsetS: cueS + reactionS * factor('reaction', reactionLogSd),
    rampS: rampS * factor('ramp', rampLogSd),
    releaseS: releaseCueS + reactionS * factor('release-reaction', reactionLogSd),
    releaseRampS,
  };
}

/** Ramp, hold, release: the wanted share of the maximum at a time, 0..target. */
export function pullCommand(timing: PullTiming, targetFraction: number, timeS: number): number {
  const rising = (timeS - timing.onsetS) / timing.rampS;
  const falling = 1 - (timeS - timing.releaseS) / timing.releaseRampS;
  return targetFraction * Math.max(0, Math.min(1, rising, falling));
}

/** 97.5 % point of the standard normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * Wilson 95 % interval of a share. Source: Wilson 1927.
 * @param successes - 0..count. @param count - at least 1. @throws RangeError otherwise.
 */
export function wilsonInterval(successes: number, count: number): [number, number] {
  if (!(count >= 1 && successes >= 0 && successes <= count)) {
    throw new RangeError('a share needs 0 <= successes <= count and a count of at least 1');
  }
  const share = successes / count;
  const shrink = 1 + Z_95 ** 2 / count;
  const centre = (share + Z_95 ** 2 / (2 * count)) / shrink;
  const half = (Z_95 * Math.sqrt((share * (1 - share)) / count + Z_95 ** 2 / (4 * count ** 2))) / shrink;
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/**
 * Named, seeded random streams. Every random quantity has its own stream, keyed by (base seed, name,
 * subject): adding a draw to one stream, or adding a whole quantity, leaves all other numbers unchanged.
 *
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), seeded by FNV-1a over the key with a finalising mix.
 * Normals: inverse of the normal distribution function (Wichura 1988, algorithm AS 241), one uniform each,
 * so that a stream advances by the same amount whatever is drawn from it.
 */
export interface RandomStream {
  /** Uniform in the open interval (0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal, mean 0, standard deviation 1. */
  normal(): number;
  /** Uniform whole number 0..n-1. @throws RangeError unless n is a whole number from 1 to 2^32. */
  integer(n: number): number;
}

/**
 * The stream of one quantity of one subject.
 * @param baseSeed - seed of the run; the number 1 and the text "1" are different seeds.
 * @param name - name of the quantity, e.g. "pinch-trial-noise".
 * @param subject - whole number that names the person (or the member, the batch, ...).
 * @throws RangeError when a numeric seed or the subject is not a safe whole number.
 */
export function randomStream(baseSeed: number | string, name: string, subject: number): RandomStream {
  if (typeof baseSeed === 'number' && !Number.isSafeInteger(baseSeed)) {
    throw new RangeError('a numeric seed must be a whole number');
  }
  if (!Number.isSafeInteger(subject)) throw new RangeError('the subject of a stream must be a whole number');
  const kind = typeof baseSeed === 'number' ? 'n' : 's';
  // The lengths make the key unambiguous: ("ab", "c") and ("a", "bc") are different streams.
  const seedText = String(baseSeed);
  const next = sfc32(`${kind}${seedText.length}:${seedText}|${name.length}:${name}|${subject}`);
  const uniform = (): number => {
    const high = next() >>> 5;
    const low = next() >>> 6;
    // (high * 2^26 + low + 1/2) / 2^53: never 0, never 1.
    return (high * 67_108_864 + low + 0.5) / 9_007_199_254_740_992;
  };
  return {
    uniform,
    normal: () => inverseNormal(uniform()),
    integer(n) {
      if (!Number.isInteger(n) || n < 1 || n > 4_294_967_296) {
        throw new RangeError('integer(n) needs a whole number n from 1 to 2^32');
      }
      return Math.floor(uniform() * n);
    },
  };
}

/** Four differently salted FNV-1a hashes of the key, each finished with the murmur3 mix. */
function sfc32(key: string): () => number {
  const state = new Uint32Array(4);
  for (let word = 0; word < 4; word += 1) {
    let hash = (2_166_136_261 ^ Math.imul(word + 1, 0x9e37_79b9)) >>> 0;
    for (let i = 0; i < key.length; i += 1) {
      const unit = key.charCodeAt(i);
      hash = Math.imul(hash ^ (unit & 0xff), 16_777_619);
      hash = Math.imul(hash ^ (unit >>> 8), 16_777_619);
    }
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0x85eb_ca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2_ae35);
    state[word] = hash ^ (hash >>> 16);
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let counter = state[3]!;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i += 1) next();
  return next;
}

const CENTRE = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
] as const;
const TAIL = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
] as const;
const FAR_TAIL = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const;

function rational(coefficients: readonly [readonly number[], readonly number[]], x: number): number {
  let top = 0;
  let bottom = 0;
  for (let i = 7; i >= 0; i -= 1) {
    top = top * x + coefficients[0][i]!;
    bottom = bottom * x + coefficients[1][i]!;
  }
  return top / bottom;
}

/**
 * Inverse of the standard normal distribution function, relative error about 1e-16 (AS 241, PPND16).
 * @param probability - in the open interval (0, 1). @throws RangeError outside it.
 */
export function inverseNormal(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError('a probability must lie between 0 and 1');
  const q = probability - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? probability : 1 - probability));
  const z = r <= 5 ? rational(TAIL, r - 1.6) : rational(FAR_TAIL, r - 5);
  return q < 0 ? -z : z;
}

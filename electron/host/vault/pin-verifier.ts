/** A PIN stands for a user only while the store is open: it opens nothing, so it is kept as a verifier inside the store. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../../core/contract/errors.ts';

/** A PIN has few values: three tries guard it, the cost only slows who has the open store. */
export const PIN_SCRYPT_COST = 2 ** 15;
export const MOST_WRONG_PINS = 3;
const MEMORY_LIMIT_BYTES = 64 * 1024 * 1024;

/** All digits the same, or each one more or one less than the one before. */
const isEasy = (digits: readonly number[]) => {
  const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] as number)));
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0] as number);
};

/** @throws AppError pin.weak unless it is four to eight digits, not all the same and not in a row. */
export function assertPin(pin: string): void {
  if (!/^\d{4,8}$/.test(pin) || isEasy([...pin].map(Number))) throw new AppError('pin.weak');
}

const derive = (pin: string, salt: Buffer, cost: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(pin, salt, 32, { N: cost, r: 8, p: 1, maxmem: MEMORY_LIMIT_BYTES }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

export interface PinVerifier {
  salt: string;
  /** `scrypt$cost$base64`: the cost may grow without making old PINs useless. */
  verifier: string;
}

/** @param cost - scrypt N, a power of two. */
export async function makePinVerifier(pin: string, cost: number): Promise<PinVerifier> {
  const salt = randomBytes(16);
  const key = await derive(pin, salt, cost);
  return { salt: salt.toString('base64'), verifier: `scrypt$${cost}$${key.toString('base64')}` };
}

export async function isPinOf(pin: string, stored: PinVerifier): Promise<boolean> {
  const [kind, cost, text] = stored.verifier.split('$');
  if (kind !== 'scrypt' || cost === undefined || text === undefined) return false;
  const expected = Buffer.from(text, 'base64');
  const key = await derive(pin, Buffer.from(stored.salt, 'base64'), Number(cost));
  return key.length === expected.length && timingSafeEqual(key, expected);
}

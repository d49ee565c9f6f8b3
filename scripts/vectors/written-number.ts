import * as z from 'zod';

/** A number of a case, infinite ones and NaN included, which the cases write as words. */
export const WrittenNumber = z.custom<number>((value) => typeof value === 'number', 'a number is expected');

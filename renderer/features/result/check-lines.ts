import type { Explanation } from '../../../core/contract/schemas/judgement.ts';

type Check = Explanation['gate'][number];

/** The checks of an explanation as plain lines: what was measured, whether it passed, and what it needs. */
export const checkLines = (
  explanation: Pick<Explanation, 'gate' | 'residual' | 'repeated' | 'contributions' | 'traceContribution'>,
): { name: Check['name']; text: string }[] =>
  explanation.gate.map((check) => ({ name: check.name, text: lineOf(check, explanation) }));

function lineOf(check: Check, explanation: Parameters<typeof checkLines>[0]): string {
  const passed = check.ok ? 'yes' : 'no';
  switch (check.name) {
    case 'completeness-gap':
      return `adds up: ${passed} (left over ${leftOver(explanation.residual, check.ok)}, at most rounding)`;
    case 'sign-agreement':
      return `${percentDown(check.value)} of the networks agree on the direction of the strongest driver: ${passed} (needs at least ${percentUp(check.limit)})`;
    case 'deletion-gain': {
      const units = explanation.contributions.length + (explanation.traceContribution ? 1 : 0);
      if (check.ok && units === 1) return 'one measurement only: there is no other order to be faster than';
      return `takes the answer down faster than the average order: ${passed} (${gainText(check)}, needs more than 0)`;
    }
    case 'noise-stability': {
      const { repeated } = explanation;
      const needed = repeated && Math.ceil(check.limit * repeated.draws - ROUNDING);
      return repeated
        ? `same answer and driver in ${repeated.sameDriver} of ${repeated.draws} repeats: ${passed} (needs at least ${needed})`
        : `same answer and driver in ${percentDown(check.value)} of repeats: ${passed} (needs at least ${percentUp(check.limit)})`;
    }
  }
}

/** 0.8 times 20 is a hair more than 16 for some shares. */
const ROUNDING = 1e-9;

/** What is left over is rounding where the check passed; where it did not, it never reads as nothing. */
function leftOver(residual: number, ok: boolean): string {
  const size = Math.abs(residual).toFixed(1);
  return !ok && size === '0.0' ? 'below 0.1' : size;
}

/** A gain just above or below its limit must not read as the limit. */
function gainText({ value, ok }: Check): string {
  const text = value.toFixed(1);
  if (Number(text) !== 0) return text;
  return ok ? 'below 0.1' : '0.0';
}

/** A measured share is rounded down and a limit up: no share reads as its limit without reaching it. */
const percentDown = (share: number) => `${Math.floor(100 * share + ROUNDING)} %`;
const percentUp = (share: number) => `${Math.ceil(100 * share - ROUNDING)} %`;

import type { Explanation } from '../../../core/contract/schemas/judgement.ts';

type StoredExplanation = Pick<Explanation, 'gate' | 'isShown' | 'repeated'>;

/**
 * Why the result screen withholds its explanation, for a sentence after a colon: each check that failed, in the order of the
 * gate. Null where it is shown or was never made.
 */
export function withheldReason(explanation: StoredExplanation | null): string | null {
  if (explanation === null || explanation.isShown) return null;
  const failed = explanation.gate.filter(({ ok }) => !ok).map(({ name }) => reasonOf(name, explanation));
  return failed.length === 0 ? 'it did not pass its checks' : failed.join('; ');
}

export const withheldTitle = (reason: string): string =>
  `The result screen shows no explanation here: ${reason}.`;

export const WITHHELD_MEANING = 'Methods that agree do not repair that; they ask the same networks.';

function reasonOf(name: Explanation['gate'][number]['name'], { repeated }: StoredExplanation): string {
  switch (name) {
    case 'completeness-gap':
      return 'the values do not add up to the explained difference';
    case 'sign-agreement':
      return 'the networks do not agree on the direction of the strongest driver';
    case 'deletion-gain':
      return 'putting the drivers to the reference in their order moves the answer no more than any other order';
    case 'noise-stability':
      return repeated
        ? `measured again with the usual scatter, the answer stayed the same in ${repeated.sameAnswer} of ${repeated.draws} simulated repeats, answer and strongest driver together in ${repeated.sameDriver}`
        : 'answer and strongest driver do not stay the same when measured again with the usual scatter';
  }
}

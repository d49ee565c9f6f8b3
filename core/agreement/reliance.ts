import { type JudgementShare, judgementShare, type RevealedJudgement } from './revealed-judgement.ts';

/** A judgement whose right answer became known later; null where it did not. */
export interface SettledJudgement extends RevealedJudgement {
  truth: string | null;
}

/** What the reveal did to right and wrong answers. Only judgements with a known truth count. */
export interface Reliance {
  /** Judgements with a known truth. */
  count: number;
  /** Judgements left out because the truth is not known. */
  unsettled: number;
  /** Right answers among all settled ones; "could not tell" is not right. */
  accuracyBefore: JudgementShare;
  accuracyAfter: JudgementShare;
  accuracyOfModel: JudgementShare;
  /** Of those where the clinician was right and the model wrong: taken over from the model. */
  overReliance: JudgementShare;
  /** Of those where the model was right and the clinician not: not taken over. */
  underReliance: JudgementShare;
}

/**
 * Accuracy before, after and of the model alone, and reliance where following the model makes a difference (the cases
 * of Schemmer et al. 2023, Proc IUI). Where the model could not tell there is nothing to rely on. Every share is null
 * without a case. Judgements are taken as independent, as in switchRate.
 * @param alpha - of the Wilson intervals. @throws RangeError when it lies outside 0..1.
 */
export function reliance(judgements: readonly SettledJudgement[], alpha = 0.05): Reliance {
  const settled = judgements.filter(({ truth }) => truth !== null);
  const share = (isPart: (judgement: SettledJudgement) => boolean, whole = settled) =>
    judgementShare(whole.filter(isPart).length, whole.length, alpha);
  const misled = settled.filter(
    ({ before, model, truth }) => before === truth && model !== null && model !== truth,
  );
  const advised = settled.filter(({ before, model, truth }) => before !== truth && model === truth);
  return {
    count: settled.length,
    unsettled: judgements.length - settled.length,
    accuracyBefore: share(({ before, truth }) => before === truth),
    accuracyAfter: share(({ after, truth }) => after === truth),
    accuracyOfModel: share(({ model, truth }) => model === truth),
    overReliance: share(({ after, model }) => after === model, misled),
    underReliance: share(({ after, model }) => after !== model, advised),
  };
}

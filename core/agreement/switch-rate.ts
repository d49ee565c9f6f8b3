import { type JudgementShare, judgementShare, type RevealedJudgement } from './revealed-judgement.ts';

/** How often answers change after the reveal. */
export interface SwitchRate {
  /** Changed answers among all. */
  switched: JudgementShare;
  /** Changed to the model's answer, among those where the model answered something else. */
  towardsModel: JudgementShare;
  /** Changed to a third answer, among the same. */
  toThirdAnswer: JudgementShare;
  /** Given up although the model answered the same, among those. */
  awayFromModel: JudgementShare;
}

/**
 * Changes of answers after the reveal. Judgements without an answer of the model count among all only. Intervals take
 * judgements as independent: with several a patient, draw patients (clusterBootstrap).
 * @param alpha - of the intervals, above 0 and below 1. @throws RangeError otherwise.
 */
export function switchRate(judgements: readonly RevealedJudgement[], alpha = 0.05): SwitchRate {
  const isSwitch = ({ before, after }: RevealedJudgement) => before !== after;
  const answered = judgements.filter(({ model }) => model !== null);
  const differing = answered.filter(({ before, model }) => before !== model);
  const equal = answered.filter(({ before, model }) => before === model);
  const towards = differing.filter(({ model, after }) => after === model);
  const third = differing.filter((each) => isSwitch(each) && each.after !== each.model);
  return {
    switched: judgementShare(judgements.filter(isSwitch).length, judgements.length, alpha),
    towardsModel: judgementShare(towards.length, differing.length, alpha),
    toThirdAnswer: judgementShare(third.length, differing.length, alpha),
    awayFromModel: judgementShare(equal.filter(isSwitch).length, equal.length, alpha),
  };
}

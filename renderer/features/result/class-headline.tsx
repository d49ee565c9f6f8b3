import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { sentenceCase } from '../../../core/clinical/sentence-case.ts';
import { type JudgedClass, WRIST_CLASSES, type WristClass } from '../../../core/contract/schemas/clinical.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import { type JudgeWords, useJudge } from '../../app/present-user.tsx';
import answer from './answer.module.css';
import styles from './result.module.css';

/** Classes of the set, the more probable first. */
export function classesLeft({
  predictionSet,
  probabilities,
}: Pick<WristStatePrediction, 'predictionSet' | 'probabilities'>): WristClass[] {
  const of = (id: WristClass) => probabilities?.[WRIST_CLASSES.indexOf(id)] ?? 0;
  return [...predictionSet].sort((a, b) => of(b) - of(a));
}

/** Where the clinician's own answer stands among the classes left; null where they could not tell, or nothing is left. */
export function ownAnswerWords(
  own: JudgedClass | null,
  left: readonly WristClass[],
  judge: JudgeWords,
): string | null {
  if (own === null || own === 'cannot-tell' || left.length === 0) return null;
  if (!left.includes(own)) return `${sentenceCase(judge.answer)} was ${ANSWER_NAMES[own]}.`;
  return left.length === 1
    ? `The same as ${judge.answer}.`
    : `${sentenceCase(judge.answer)}, ${ANSWER_NAMES[own]}, is one of them.`;
}

/**
 * The answer, largest on the screen: what today's pinch behaves most like. Where all three classes or none are left, the
 * refusal above has said it, and no class is printed large.
 */
export function ClassHeadline({
  prediction,
  own,
}: {
  prediction: WristStatePrediction;
  own: JudgedClass | null;
}) {
  const left = classesLeft(prediction);
  const judge = useJudge();
  if (left.length !== 1 && left.length !== 2) return null;
  const ownWords = ownAnswerWords(own, left, judge);
  return (
    <div className={answer.headline}>
      <p className={answer.headlineLead}>Today this pinch behaves most like</p>
      <p className={answer.setClasses} data-set={left.length}>
        {left.map((id) => ANSWER_NAMES[id]).join(' or ')}
      </p>
      {ownWords && (
        <p className={left.includes(own as WristClass) ? styles.quiet : answer.ownDiffers}>{ownWords}</p>
      )}
    </div>
  );
}

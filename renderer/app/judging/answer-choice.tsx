import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import {
  type JudgedClass,
  JudgedClass as JudgedClassSchema,
} from '../../../core/contract/schemas/clinical.ts';
import styles from './judgement.module.css';

/** The four answers in the order of the keys 1-4. */
export const ANSWERS: readonly JudgedClass[] = JudgedClassSchema.options;

/** "Today this pinch behaves most like": four choices, none taken at the start. */
export function AnswerChoice(props: {
  answer: JudgedClass | null;
  onAnswer: (answer: JudgedClass) => void;
  onEnter: () => void;
}) {
  return (
    <fieldset className={styles.answers}>
      <legend>Today this pinch behaves most like</legend>
      {ANSWERS.map((answer, index) => (
        <label key={answer} className={styles.answer} data-checked={props.answer === answer || undefined}>
          <input
            type="radio"
            name="answer"
            value={answer}
            checked={props.answer === answer}
            onChange={() => props.onAnswer(answer)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey) return;
              event.preventDefault();
              if (props.answer !== null) props.onEnter();
            }}
          />
          <span>{ANSWER_NAMES[answer]}</span>
          <span aria-hidden="true" className={styles.answerKey}>
            {index + 1}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

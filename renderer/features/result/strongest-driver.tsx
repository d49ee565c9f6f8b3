import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import type {
  Explanation,
  Judgement,
  WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import answer from './answer.module.css';
import { AnswerRow } from './answer-row.tsx';
import { driverBarsOf } from './driver-bar-rows.ts';
import { EXPLANATION_ID } from './explanation-panel.tsx';
import { withheldInShort } from './withheld-words.ts';

/** Opens what drove the answer, and then names the one driver to remember. */
export function StrongestDriver(props: {
  isOpen: boolean;
  onToggle: () => void;
  prediction: WristStatePrediction;
  explanation: Explanation | null;
  judgement: Judgement | null;
  pinchUnit: ForceUnit;
}) {
  const { isOpen, prediction, explanation } = props;
  if (prediction.probabilities === null) {
    return (
      <AnswerRow label="Strongest driver">
        <p className={answer.strongest}>
          <span className={answer.strongestName}>none</span>
          <span>the model gives no answer, so there is nothing to explain</span>
        </p>
      </AnswerRow>
    );
  }
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <AnswerRow label={isOpen ? 'Strongest driver' : 'Drivers'}>
      {isOpen && explanation?.isShown && <Strongest {...props} explanation={explanation} />}
      {isOpen && explanation && !explanation.isShown && (
        <p className={answer.strongest}>
          <span className={answer.strongestName}>none that can be relied on</span>
          <span>{withheldInShort(explanation)}</span>
        </p>
      )}
      <button
        type="button"
        className={answer.opener}
        aria-expanded={isOpen}
        aria-controls={isOpen ? EXPLANATION_ID : undefined}
        onClick={props.onToggle}
      >
        <Chevron size="1.25rem" aria-hidden="true" />{' '}
        {isOpen && explanation && !explanation.isShown
          ? 'Why none can be relied on'
          : "What drove the model's answer"}
      </button>
    </AnswerRow>
  );
}

function Strongest(props: Parameters<typeof driverBarsOf>[0]) {
  const { explanation } = props;
  const bar = driverBarsOf(props)[0];
  if (bar === undefined) return null;
  const towards = bar.value >= 0 ? explanation.predictedClass : explanation.againstClass;
  return (
    <p className={answer.strongest}>
      <span className={answer.strongestName}>{bar.name}</span>
      <span>
        {bar.measured}
        {bar.reference !== null && ` (reference ${bar.reference})`}, speaks for{' '}
        <strong>{ANSWER_NAMES[towards]}</strong>
      </span>
    </p>
  );
}

import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconZoomQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { FEATURE_NAMES, SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import type {
  Explanation,
  Judgement,
  ReasonOverlap,
  WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import { failureWords, type RevealFailure } from '../../app/model-failure.ts';
import { type DriverBar, DriverBars } from '../../charts/driver-bars.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { driverTexts } from './driver-texts.ts';
import styles from './result.module.css';

const CHECK_NAMES: Readonly<Record<Explanation['gate'][number]['name'], string>> = {
  'completeness-gap': 'shares add up to the explained difference (gap)',
  'sign-agreement': 'the networks agree on the direction',
  'deletion-gain': 'replacing the drivers in this order moves the answer more than in any order',
  'noise-stability': 'answer and strongest driver stay the same when measured again with noise',
};

interface Props {
  prediction: WristStatePrediction;
  explanation: Explanation | null;
  overlap: ReasonOverlap | null;
  judgement: Judgement | null;
  /** Unit for key pinch on the screen. */
  pinchUnit: ForceUnit;
  isComputing: boolean;
  failure: RevealFailure | null;
  onRetry: () => void;
  /** First opening, to be logged. */
  onOpened: () => void;
  onCompareMethods: () => void;
}

/** What drove the answer: closed until asked for, beside the clinician's own drivers. */
export function ExplanationPanel(props: Props) {
  const { prediction, explanation, isComputing, failure } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  if (prediction.probabilities === null) return null;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <section className={styles.explanation} aria-label="What drove the model's answer">
      <button
        type="button"
        className={styles.opener}
        aria-expanded={isOpen}
        onClick={() => {
          setIsOpen(!isOpen);
          if (!isOpen && !wasOpened) {
            setWasOpened(true);
            props.onOpened();
          }
        }}
      >
        <Chevron size="1.25rem" aria-hidden="true" /> What drove the model's answer
      </button>
      {isOpen && (
        <div className={styles.explanationBody}>
          {failure && (
            <>
              <FailureNotice {...failureWords(failure)} onRetry={props.onRetry} />
              <p className={styles.quiet}>The number above stands; it can be compared without its drivers.</p>
            </>
          )}
          {!failure && explanation === null && (
            <p role="status" className={styles.quiet}>
              {isComputing
                ? 'Working out what drove the answer…'
                : 'No explanation was stored for this result.'}
            </p>
          )}
          {explanation && !explanation.isShown && <NoReliableExplanation explanation={explanation} />}
          {explanation?.isShown && <Drivers {...props} explanation={explanation} />}
          {!isComputing && (
            <Button variant="subtle" className={styles.toMethods ?? ''} onClick={props.onCompareMethods}>
              Compare methods
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function NoReliableExplanation({ explanation }: { explanation: Explanation }) {
  return (
    <div className={styles.refusal} data-result="no-explanation">
      <IconZoomQuestion size="1.75rem" aria-hidden="true" />
      <div>
        <p className={styles.refusalTitle}>No reliable explanation</p>
        <p>{explanation.sentence}</p>
        <p className={styles.quiet}>The number above stands; only the picture of its drivers is withheld.</p>
        <Method explanation={explanation} />
      </div>
    </div>
  );
}

function Drivers({
  prediction,
  explanation,
  overlap,
  judgement,
  pinchUnit,
}: Props & { explanation: Explanation }) {
  const bars = explanation.contributions
    .map((contribution): DriverBar => {
      const feature = prediction.features.find(({ id }) => id === contribution.feature);
      return {
        id: contribution.feature,
        name: FEATURE_NAMES[contribution.feature],
        value: contribution.value,
        memberLow: contribution.memberLow,
        memberHigh: contribution.memberHigh,
        ...driverTexts(feature, pinchUnit),
        isNamedByClinician: judgement?.drivers.some((d) => d.feature === contribution.feature) ?? false,
      };
    })
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return (
    <>
      <DriverBars
        bars={bars}
        forName={SHORT_CLASS_NAMES[explanation.predictedClass]}
        againstName={SHORT_CLASS_NAMES[explanation.againstClass]}
        caption={`Compared with ${explanation.referenceName}`}
      />
      <p className={styles.overlap}>
        {overlap && overlap.named > 0 ? (
          <>
            <strong>
              overlap {overlap.overlap} of {overlap.named} named
            </strong>{' '}
            (chance {overlap.chance.toFixed(1)} of {overlap.named})
            {overlap.sameSign !== null && `; same direction ${overlap.sameSign} of ${overlap.overlap}`}
            {overlap.sameSign === null && overlap.overlap > 0 && <NotComparedDirections {...explanation} />}
          </>
        ) : (
          'You named no driver, so there is no overlap to show.'
        )}
      </p>
      <p className={styles.quiet}>
        {explanation.sentence} A driver shows what moved this model; it does not show that the answer is
        right.
      </p>
      <Method explanation={explanation} />
    </>
  );
}

/** Directions speak for or against the clinician's answer; the bars compare two classes, which may be others. */
function NotComparedDirections(props: Pick<Explanation, 'predictedClass' | 'againstClass'>) {
  return (
    <small className={styles.quiet}>
      {' '}
      directions are not compared: your answer is neither {SHORT_CLASS_NAMES[props.predictedClass]} nor{' '}
      {SHORT_CLASS_NAMES[props.againstClass]}
    </small>
  );
}

function Method({ explanation }: { explanation: Explanation }) {
  return (
    <details className={styles.method}>
      <summary>Method and checks</summary>
      <p>
        Exact Shapley values of the margin {SHORT_CLASS_NAMES[explanation.predictedClass]} against{' '}
        {SHORT_CLASS_NAMES[explanation.againstClass]}, averaged over the networks; the thin line spans the
        single networks. Reference {explanation.referenceOutput.toFixed(2)}, today{' '}
        {explanation.output.toFixed(2)}, gap {explanation.residual.toExponential(1)}.
      </p>
      <ul>
        {explanation.gate.map((check) => (
          <li key={check.name}>
            {check.ok ? 'passed' : 'not passed'}: {CHECK_NAMES[check.name]} ({shortNumber(check.value)}, limit{' '}
            {shortNumber(check.limit)})
          </li>
        ))}
      </ul>
    </details>
  );
}

const shortNumber = (value: number) =>
  value !== 0 && Math.abs(value) < 0.01 ? value.toExponential(1) : value.toFixed(2);

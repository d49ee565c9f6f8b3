import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { AnalysisExplanation, ExplainedNumber } from '../../../core/contract/schemas/analysis.ts';
import { GATE_LIMITS } from '../../../core/explain/gate.ts';
import { type SignedBar, SignedBars } from '../../charts/signed-bars.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { failureWords, type RevealFailure } from '../model-failure.ts';
import styles from './analysis.module.css';

export interface ExplanationWords {
  /** What is explained, e.g. "thumb flexor, 74 % of expected". */
  titleOf(number: ExplainedNumber): string;
  nameOf(contribution: string): string;
  /** A contribution with sign and unit, e.g. "−12 points". */
  textOf(value: number): string;
  /** Where a contribution stands among the others; absent: the strongest first. */
  placeOf?(contribution: string): number;
  /** What the numbers are held against, with the reference's own value. */
  referenceOf(number: ExplainedNumber): string;
}

/** Bars of the inputs, collapsed until they are opened; opening is recorded. Computed after the number. */
export function ExplainedBars(props: {
  explanation: AnalysisExplanation | null;
  words: ExplanationWords;
  isComputing: boolean;
  failure: RevealFailure | null;
  onRetry: () => void;
  onOpened: () => void;
}) {
  const { explanation, words } = props;
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  if (explanation === null && !props.isComputing && props.failure === null) return null;
  const toggle = () => {
    if (!isOpen) props.onOpened();
    setIsOpen(!isOpen);
  };
  return (
    <section className={styles.explanation}>
      <Button
        variant="subtle"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={toggle}
        rightSection={
          isOpen ? (
            <IconChevronUp size={18} aria-hidden="true" />
          ) : (
            <IconChevronDown size={18} aria-hidden="true" />
          )
        }
      >
        What moves this number
      </Button>
      <div id={id} hidden={!isOpen} className={styles.explanationBody}>
        {props.isComputing && (
          <p role="status" className={styles.quiet}>
            Sharing the number out among the measurements…
          </p>
        )}
        {props.failure && <FailureNotice {...failureWords(props.failure)} onRetry={props.onRetry} />}
        {explanation?.numbers.map((number) => (
          <ExplainedOne key={number.asked} number={number} words={words} />
        ))}
      </div>
    </section>
  );
}

function ExplainedOne({ number, words }: { number: ExplainedNumber; words: ExplanationWords }) {
  if (!number.isShown) {
    const failed = number.gate.filter(({ ok }) => !ok).map(({ name }) => CHECK_NAMES[name]);
    return (
      <div data-explanation="withheld">
        <h3>{words.titleOf(number)}</h3>
        <p>
          <strong>There is no reliable explanation for these measurements.</strong>{' '}
          <span className={styles.quiet}>Not passed: {failed.join('; ')}.</span>
        </p>
      </div>
    );
  }
  const { placeOf } = words;
  const ordered = placeOf
    ? number.contributions.toSorted((a, b) => placeOf(a.name) - placeOf(b.name))
    : number.contributions;
  const bars = ordered.map(
    ({ name, value, memberLow, memberHigh }): SignedBar => ({
      id: name,
      name: words.nameOf(name),
      value,
      memberLow,
      memberHigh,
      text: words.textOf(value),
    }),
  );
  return (
    <div>
      <h3>{words.titleOf(number)}</h3>
      <p className={styles.quiet}>{words.referenceOf(number)}</p>
      <SignedBars bars={bars} label={`What each measurement adds: ${words.titleOf(number)}`} />
      {number.contributions.length === 1 && (
        <p className={styles.quietSmall}>One measurement only: nothing to share out among others.</p>
      )}
    </div>
  );
}

const CHECK_NAMES = {
  'completeness-gap': 'the shares do not add up to the number',
  'sign-agreement': `fewer than ${100 * GATE_LIMITS.signAgreement} % of the networks agree on the direction of the strongest one`,
  'deletion-gain': 'its order is no better than a random one',
  'noise-stability': `the strongest one changes when the measurement is repeated (needs ${100 * GATE_LIMITS.noiseStability} % of repeats)`,
} as const;

import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { measureOf } from '../../../core/clinical/measures.ts';
import {
  AS_EXPECTED_PERCENT,
  GROUP_ANSWER_NAMES,
  GROUP_ANSWERS,
  type GroupAnswer,
  MUSCLE_GROUP_NAMES,
  MUSCLE_GROUPS,
  type MuscleGroup,
} from '../../../core/clinical/muscle-groups.ts';
import { sentenceCase } from '../../../core/clinical/sentence-case.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import { valueText } from '../../../core/clinical/stored-value.ts';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { MuscleJudgementFields } from '../../../core/contract/schemas/analysis.ts';
import type { Side, Unit } from '../../../core/contract/schemas/clinical.ts';
import styles from '../../app/analysis/analysis.module.css';
import { ClosedModel } from '../../app/analysis/analysis-parts.tsx';
import { useLockKey } from '../../app/analysis/form-focus.ts';
import { JudgementFooter } from '../../app/analysis/judgement-footer.tsx';
import { ConfidenceSlider } from '../../app/judging/confidence-slider.tsx';
import { ElapsedTime, useStopwatch } from '../../app/judging/elapsed-time.tsx';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { Notice } from '../../ui/notice.tsx';

type Answers = Partial<Record<MuscleGroup, GroupAnswer>>;
const CHOICES = GROUP_ANSWERS.map((value) => ({ value, label: GROUP_ANSWER_NAMES[value] }));

/** Each group weaker, as expected or stronger; everything empty at the start. */
export function MuscleJudgementForm(props: {
  view: AnalysisView;
  /** Of a further judgement: the hand of the first. */
  fixedSide: Side | null;
  isBusy: boolean;
  error: WireError | null;
  onLock: (fields: MuscleJudgementFields) => void;
  onMeasure: () => void;
  onCancel: (() => void) | null;
}) {
  const { view, fixedSide, isBusy } = props;
  const watch = useStopwatch();
  const root = useRef<HTMLDivElement>(null);
  const measured = view.hands.filter(({ isEnough }) => isEnough);
  const { affectedSide } = view.patient;
  const given =
    measured.length === 1 ? measured[0]!.side : measured.find(({ side }) => side === affectedSide)?.side;
  const [side, setSide] = useState<Side | null>(fixedSide ?? given ?? null);
  const [answers, setAnswers] = useState<Answers>({});
  const [percent, setPercent] = useState<number | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  useLeaveGuard(!isBusy && Object.keys(answers).length > 0);

  const hand = view.hands.find((each) => each.side === side);
  const needsConfidence = MUSCLE_GROUPS.some((group) => answers[group] !== 'cannot-tell');
  const lock = () => {
    setIsAsked(true);
    const open = MUSCLE_GROUPS.find((group) => answers[group] === undefined);
    const gap =
      side === null ? 'side' : (open ?? (needsConfidence && percent === null ? 'confidence' : null));
    if (gap !== null || side === null) {
      root.current?.querySelector<HTMLElement>(`[data-part="${gap}"] input`)?.focus();
      return;
    }
    props.onLock({
      analysis: 'muscle-parameters',
      side,
      groups: MUSCLE_GROUPS.map((group) => {
        const answer = answers[group] ?? 'cannot-tell';
        return { group, answer, confidencePercent: answer === 'cannot-tell' ? null : percent };
      }),
      durationMs: watch.elapsedMs(),
    });
  };

  useLockKey(lock);

  return (
    <div className={styles.frame}>
      <div className={styles.columns} ref={root} inert={isBusy}>
        <section className={styles.yours} aria-labelledby="your-muscles">
          <header className={styles.head}>
            <h2 id="your-muscles">Your judgement</h2>
            <ElapsedTime watch={watch} />
          </header>
          {fixedSide === null && measured.length > 1 && (
            <div data-part="side">
              <ChoiceRow
                label="Hand you judge"
                choices={measured.map((each) => ({ value: each.side, label: each.side }))}
                value={side}
                error={isAsked && side === null ? 'Say which hand you judge.' : undefined}
                onChange={setSide}
              />
            </div>
          )}
          {hand && (
            <dl
              className={styles.measured}
              aria-label={`Measured in this session, ${SIDE_NAMES[hand.side]} hand`}
            >
              {hand.values.map(({ measure, best, trialCount, typedUnit }) => (
                <div key={measure}>
                  <dt>
                    {measureOf(measure).name}, {SIDE_NAMES[hand.side]}
                  </dt>
                  <dd>
                    {valueText(best, typedUnit as Unit)}{' '}
                    <small className={styles.quietSmall}>
                      {trialCount === 1 ? '1 trial' : `best of ${trialCount}`}
                    </small>
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {hand && hand.missing.length > 0 && props.onCancel === null && (
            <Notice
              tone="info"
              title="The model could tell more with more measured."
              action={
                <Button variant="default" onClick={props.onMeasure}>
                  Open the measurements
                </Button>
              }
            >
              Not measured: {hand.missing.map((measure) => measureOf(measure).name).join('; ')}. Without all
              of them it answers from key pinch alone, and can tell no single muscle.
            </Notice>
          )}
          <p className={styles.quiet}>
            Against people of the same sex, age and size. “As expected” is {AS_EXPECTED_PERCENT[0]} to{' '}
            {AS_EXPECTED_PERCENT[1]} % of what they show.
          </p>
          {MUSCLE_GROUPS.map((group) => (
            <div key={group} data-part={group}>
              <ChoiceRow
                label={sentenceCase(MUSCLE_GROUP_NAMES[group])}
                choices={CHOICES}
                value={answers[group] ?? null}
                error={
                  isAsked && answers[group] === undefined
                    ? 'Choose one; “cannot tell” is an answer too.'
                    : undefined
                }
                onChange={(answer) => setAnswers({ ...answers, [group]: answer })}
              />
            </div>
          ))}
          <div data-part="confidence">
            <ConfidenceSlider
              percent={percent}
              isNeeded={needsConfidence}
              problem={
                isAsked && needsConfidence && percent === null
                  ? 'Say how sure you are of these answers: arrow keys or a press on the line.'
                  : null
              }
              onPercent={setPercent}
              onEnter={lock}
            />
          </div>
          <JudgementFooter error={props.error} isBusy={isBusy} onCancel={props.onCancel} onLock={lock} />
        </section>
        {props.onCancel === null && <ClosedModel />}
      </div>
    </div>
  );
}

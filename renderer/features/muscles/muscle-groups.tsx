import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import {
  GROUP_ANSWER_NAMES,
  type GroupAnswer,
  MUSCLE_GROUP_NAMES,
  MUSCLE_GROUPS,
  type MuscleGroup,
} from '../../../core/clinical/muscle-groups.ts';
import { sentenceCase } from '../../../core/clinical/sentence-case.ts';
import type { AnalysisJudgement, MusclePrediction } from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import { useJudge } from '../../app/present-user.tsx';
import {
  agreementOf,
  type GroupAgreement,
  groupOutput,
  intervalOf,
  type MuscleOutput,
  outputText,
  rangeOf,
} from './muscle-words.ts';
import { PercentScale } from './percent-scale.tsx';

const ICONS = { inside: IconCircleCheck, outside: IconCircleX, 'nothing-said': IconCircleDashed } as const;

/** The groups that can be told, each beside the clinician's own answer; then what cannot be told, at the same rank. */
export function MuscleGroups(props: {
  prediction: MusclePrediction;
  judgement: AnalysisJudgement | null;
  onMeasure: () => void;
}) {
  const { prediction } = props;
  const fields = props.judgement?.fields;
  const own = (group: MuscleGroup): GroupAnswer | null =>
    fields?.analysis === 'muscle-parameters'
      ? (fields.groups.find((each) => each.group === group)?.answer ?? null)
      : null;
  const withVerdict = (verdict: MuscleOutput['verdict']) =>
    MUSCLE_GROUPS.filter((group) => groupOutput(prediction, group)?.verdict === verdict);
  const shown = withVerdict('identifiable');
  return (
    <div className={styles.rows}>
      {shown.map((group) => (
        <ToldGroup key={group} group={group} output={groupOutput(prediction, group)!} answer={own(group)} />
      ))}
      <Untold
        title="Moves with general strength only"
        why="From these measurements the model cannot tell them from how strong the whole hand is, so they have no number of their own."
        groups={withVerdict('general-strength-only')}
        own={own}
      />
      {withVerdict('general-strength-only').length > 0 && prediction.strength && (
        <Strength strength={prediction.strength} />
      )}
      <Untold
        title="Not identifiable"
        why="From these measurements nothing can be said of them."
        groups={withVerdict('not-identifiable')}
        own={own}
      />
      {prediction.tier === 1 && (
        <div className={styles.needs}>
          <p>
            <strong>Needs two wrist postures and grip (60 s).</strong> With key pinch in 20° flexion and
            extension and grip on the second handle, the model can tell the thumb flexor.
          </p>
          <Button variant="default" onClick={props.onMeasure}>
            Open the measurements
          </Button>
        </div>
      )}
    </div>
  );
}

function ToldGroup(props: { group: MuscleGroup; output: MuscleOutput; answer: GroupAnswer | null }) {
  const { group, output, answer } = props;
  const judge = useJudge();
  const { middle, interval } = output;
  if (middle === null || interval === null) return null;
  const agreement: GroupAgreement | null = answer === null ? null : agreementOf(answer, interval);
  const Icon = ICONS[agreement?.kind ?? 'nothing-said'];
  const doubt = interval === 'unbounded' ? 'without a bound' : `interval ${intervalOf(output)}`;
  return (
    <section className={styles.row} data-group={group} data-agreement={agreement?.kind}>
      <h3>{sentenceCase(MUSCLE_GROUP_NAMES[group])}</h3>
      <p className={styles.figureLine}>
        <span className={styles.figure}>{outputText(middle, '%')}</span>
        <span>of expected, {doubt}</span>
      </p>
      <PercentScale
        middle={middle}
        interval={interval === 'unbounded' ? interval : [interval[0], interval[1]]}
        own={answer === null ? null : rangeOf(answer)}
        label={`${name}: ${outputText(middle, '%')} of expected, ${doubt}${answer ? `; ${judge.answer}: ${GROUP_ANSWER_NAMES[answer]}` : ''}`}
      />
      {agreement && (
        <p>
          <span className={styles.agreement}>
            <Icon size="1.125rem" aria-hidden="true" />
            {answer !== null && `${judge.subject}: ${GROUP_ANSWER_NAMES[answer]}.`}
          </span>{' '}
          {agreement.text}.
        </p>
      )}
    </section>
  );
}

function Untold(props: {
  title: string;
  why: string;
  groups: readonly MuscleGroup[];
  own: (group: MuscleGroup) => GroupAnswer | null;
}) {
  const judge = useJudge();
  if (props.groups.length === 0) return null;
  return (
    <section className={styles.untold} data-untold={props.title}>
      <h3>{props.title}</h3>
      <p>
        {props.groups.map((group) => {
          const answer = props.own(group);
          return (
            <span key={group} className={styles.lead}>
              {MUSCLE_GROUP_NAMES[group]}
              {answer !== null && (
                <small className={styles.quiet}>
                  {' '}
                  ({judge.inLine}: {GROUP_ANSWER_NAMES[answer]})
                </small>
              )}
              {group === props.groups.at(-1) ? '. ' : '; '}
            </span>
          );
        })}
      </p>
      <p className={styles.quiet}>{props.why}</p>
    </section>
  );
}

/** One strength bar for all that moves with general strength: measured, so it has no interval of the model. */
function Strength({ strength }: { strength: NonNullable<MusclePrediction['strength']> }) {
  const { pinchPercent, gripPercent } = strength;
  const grip = gripPercent === null ? '' : `; grip ${outputText(gripPercent, '%')}`;
  return (
    <section className={styles.row}>
      <h3>Overall strength, as measured</h3>
      <p className={styles.figureLine}>
        <span className={styles.figure}>{outputText(pinchPercent, '%')}</span>
        <span>of expected key pinch{grip}</span>
      </p>
      <PercentScale
        middle={pinchPercent}
        interval={null}
        own={null}
        label={`Overall strength: key pinch ${outputText(pinchPercent, '%')} of expected${grip}`}
      />
    </section>
  );
}

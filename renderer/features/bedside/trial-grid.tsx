import { VisuallyHidden } from '@mantine/core';
import { type CellKey, cellKey, handKey, SIDES } from '../../../core/clinical/entry-walk.ts';
import { otherSide, shareOfOtherHand, whyNoOtherHand } from '../../../core/clinical/other-hand.ts';
import type { MeasureBlock } from '../../../core/clinical/protocols.ts';
import { cellText, toSi, trialsOf, typedValues, unitOf } from '../../../core/clinical/session-entries.ts';
import { unitText, valueText } from '../../../core/clinical/stored-value.ts';
import {
  SPREAD_FORMULA_NAME,
  summariseTrials,
  summaryFormulaName,
} from '../../../core/clinical/trial-summary.ts';
import type { Measure, SessionDraft, Side } from '../../../core/contract/schemas/clinical.ts';
import {
  type EntryProps,
  type HandEdits,
  NotTestedChoice,
  PainField,
  StoppedEarlyField,
} from './entry-fields.tsx';
import styles from './entry-grid.module.css';
import { handName, sideName } from './place-names.ts';
import { StrengthCell } from './strength-cell.tsx';

interface Props extends EntryProps, HandEdits {
  block: MeasureBlock;
}

const summaryOf = (draft: SessionDraft, measure: Measure, side: Side) =>
  summariseTrials(
    typedValues(draft, measure, side).map(({ value }) => value),
    draft.summaryRule,
  );

/** The two hands and their trials of one measure, with mean, spread and the other side in percent. */
export function TrialGrid(props: Props) {
  const { draft, block } = props;
  const measure = block.measures[0]!;
  const trials = Array.from({ length: trialsOf(draft, measure) }, (_, index) => index + 1);
  const rule = draft.summaryRule;
  const summaries = SIDES.flatMap((side) => summaryOf(draft, measure, side) ?? []);
  const noShare = whyNoOtherHand(measure, props.affectedSide);
  const longest = summaries.sort((a, b) => b.count - a.count)[0];
  return (
    <div className={styles.scroll}>
      <table className={styles.grid}>
        <caption className={styles.hiddenCaption}>
          {block.title}, {unitText(unitOf(draft, measure))}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>hand</VisuallyHidden>
            </th>
            {trials.map((trial) => (
              <th scope="col" key={trial}>
                trial {trial}
              </th>
            ))}
            <th scope="col" className={styles.figure}>
              {rule === 'maximum' ? 'maximum' : 'mean'}
            </th>
            <th scope="col" className={styles.figure}>
              spread
            </th>
            <th scope="col" className={styles.figure}>
              % other
              <br />
              side
            </th>
            <th scope="col">
              pain
              <br />
              0–10
            </th>
            <th scope="col">
              stopped
              <br />
              early
            </th>
            <th scope="col">
              not tested:
              <br />
              reason
            </th>
          </tr>
        </thead>
        <tbody>
          {SIDES.map((side) => (
            <HandRow key={side} {...props} measure={measure} side={side} trials={trials} />
          ))}
        </tbody>
      </table>
      <p className={styles.formulas}>
        {longest
          ? summaryFormulaName(rule, longest)
          : rule === 'maximum'
            ? 'maximum of all trials'
            : 'mean of the first 3 trials'}
        {' · spread = '}
        {SPREAD_FORMULA_NAME}
        {noShare !== null && ` · no % of the other side: ${noShare}`}
        {' · an empty trial of a hand “not tested” keeps the reason'}
      </p>
    </div>
  );
}

function HandRow(props: Props & { measure: Measure; side: Side; trials: readonly number[] }) {
  const { draft, block, measure, side, affectedSide } = props;
  const hand = handKey(measure, side);
  const unit = unitText(unitOf(draft, measure));
  const summary = summaryOf(draft, measure, side);
  // Both hands of a form are measured with one device.
  const ofHand = (of: Side) => {
    const value = summaryOf(draft, measure, of)?.summary;
    return value === undefined ? null : { valueSi: toSi(draft, measure, value), device: '' };
  };
  const { percent } = shareOfOtherHand(measure, affectedSide, ofHand(side), ofHand(otherSide(side)));
  const isAffected = affectedSide === side || affectedSide === 'both';
  const name = handName(side, block.spoken);
  const field = { hands: [hand], draft };
  return (
    <tr data-side={side}>
      <th scope="row" className={styles.hand}>
        {sideName(side)}
        {isAffected && <small>affected side</small>}
      </th>
      {props.trials.map((trial) => {
        const key: CellKey = cellKey(measure, side, trial);
        return (
          <td key={key}>
            <StrengthCell
              {...props}
              cell={key}
              label={`${name}, trial ${trial}, ${unit}`}
              text={cellText(draft, key)}
              problem={props.problems.get(key) ?? null}
              isAsked={props.askedKeys.has(key)}
              isDisabled={draft.notTested[hand] !== undefined && cellText(draft, key) === ''}
            />
          </td>
        );
      })}
      <td className={styles.figure}>
        <output className={styles.mean}>
          {summary ? valueText(toSi(draft, measure, summary.summary), unitOf(draft, measure)) : '–'}
        </output>
      </td>
      <td className={styles.figure}>
        {summary?.coefficientOfVariation != null
          ? `${(100 * summary.coefficientOfVariation).toFixed(1)} %`
          : '–'}
      </td>
      <td className={styles.figure}>{percent === null ? '–' : `${percent.toFixed(0)} %`}</td>
      <td>
        <PainField {...field} label={`${name}, pain 0 to 10`} onPain={props.onPain} />
      </td>
      <td>
        <StoppedEarlyField
          {...field}
          label={`${name}, stopped early`}
          onStoppedEarly={props.onStoppedEarly}
        />
      </td>
      <td>
        <NotTestedChoice {...field} label={`${name}, not tested: reason`} onNotTested={props.onNotTested} />
      </td>
    </tr>
  );
}

import { Checkbox, NativeSelect, VisuallyHidden } from '@mantine/core';
import { type CellKey, cellKey, type HandKey, handKey, SIDES } from '../../../core/clinical/entry-walk.ts';
import { cellText, parsePain, typedValues } from '../../../core/clinical/session-entries.ts';
import {
  percentOfOther,
  SPREAD_FORMULA_NAME,
  summariseTrials,
  summaryFormulaName,
} from '../../../core/clinical/trial-summary.ts';
import {
  type AffectedSide,
  NOT_TESTED_REASONS,
  type SessionDraft,
  type Side,
} from '../../../core/contract/schemas/clinical.ts';
import styles from './bedside.module.css';
import { type CellHandlers, StrengthCell } from './strength-cell.tsx';

export interface GridEdits {
  onPain: (hand: HandKey, text: string) => void;
  onStoppedEarly: (hand: HandKey, isStopped: boolean) => void;
  onNotTested: (hands: HandKey[], reason: SessionDraft['notTested'][string] | null) => void;
}

interface Props extends CellHandlers, GridEdits {
  draft: SessionDraft;
  affectedSide: AffectedSide;
  problems: ReadonlyMap<string, string>;
  askedKeys: ReadonlySet<string>;
  hasPad: boolean;
}

const MEASURE = 'lateral-pinch';
export const sideName = (side: Side) => (side === 'right' ? 'Right' : 'Left');

/** The two hands and their trials, with mean, spread and the other side in percent. */
export function PinchGrid(props: Props) {
  const { draft, affectedSide } = props;
  const trials = Array.from({ length: draft.trialCount }, (_, index) => index + 1);
  const summaries = {
    right: summaryOf(draft, 'right'),
    left: summaryOf(draft, 'left'),
  };
  const rule = draft.summaryRule;
  const longest =
    summaries.right && summaries.left
      ? summaries.right.count >= summaries.left.count
        ? summaries.right
        : summaries.left
      : (summaries.right ?? summaries.left);
  return (
    <div className={styles.scroll}>
      <table className={styles.grid}>
        <caption className={styles.hiddenCaption}>Lateral pinch, {draft.forceUnit}</caption>
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
          {SIDES.map((side) => {
            const hand = handKey(MEASURE, side);
            const summary = summaries[side];
            const other = summaries[side === 'right' ? 'left' : 'right'];
            const percent = percentOfOther(summary?.summary ?? null, other?.summary ?? null);
            const isAffected = affectedSide === side || affectedSide === 'both';
            const reason = draft.notTested[hand] ?? '';
            const painText = draft.pain[hand] ?? '';
            return (
              <tr key={side} data-side={side}>
                <th scope="row" className={styles.hand}>
                  {sideName(side)}
                  {isAffected && <small>affected side</small>}
                </th>
                {trials.map((trial) => {
                  const key: CellKey = cellKey(MEASURE, side, trial);
                  return (
                    <td key={key}>
                      <StrengthCell
                        {...props}
                        cell={key}
                        label={`${sideName(side)}, trial ${trial}, ${draft.forceUnit}`}
                        text={cellText(draft, key)}
                        problem={props.problems.get(key) ?? null}
                        isAsked={props.askedKeys.has(key)}
                        isDisabled={reason !== '' && cellText(draft, key) === ''}
                      />
                    </td>
                  );
                })}
                <td className={styles.figure}>
                  <output className={styles.mean}>
                    {summary ? `${summary.summary.toFixed(2)} ${draft.forceUnit}` : '–'}
                  </output>
                </td>
                <td className={styles.figure}>
                  {summary?.coefficientOfVariation != null
                    ? `${(100 * summary.coefficientOfVariation).toFixed(1)} %`
                    : '–'}
                </td>
                <td className={styles.figure}>{percent === null ? '–' : `${percent.toFixed(0)} %`}</td>
                <td>
                  <input
                    data-hand={hand}
                    className={`${styles.cell} ${styles.pain}`}
                    aria-label={`${sideName(side)}, pain 0 to 10`}
                    aria-invalid={parsePain(painText) === undefined}
                    inputMode="numeric"
                    autoComplete="off"
                    maxLength={4}
                    value={painText}
                    onFocus={(event) => event.currentTarget.select()}
                    onChange={(event) => props.onPain(hand, event.currentTarget.value)}
                  />
                </td>
                <td>
                  <Checkbox
                    classNames={{ root: styles.checkTarget ?? '' }}
                    aria-label={`${sideName(side)}, stopped early`}
                    checked={draft.stoppedEarly.includes(hand)}
                    onChange={(event) => props.onStoppedEarly(hand, event.currentTarget.checked)}
                  />
                </td>
                <td>
                  <NotTestedChoice
                    label={`${sideName(side)}, not tested: reason`}
                    reason={reason}
                    onReason={(value) => props.onNotTested([hand], value)}
                  />
                </td>
              </tr>
            );
          })}
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
        {' · an empty trial of a hand “not tested” keeps the reason'}
      </p>
    </div>
  );
}

export function NotTestedChoice(props: {
  label: string;
  reason: string;
  onReason: (reason: SessionDraft['notTested'][string] | null) => void;
}) {
  return (
    <NativeSelect
      className={styles.reason}
      aria-label={props.label}
      value={props.reason}
      onChange={(event) => {
        const value = event.currentTarget.value;
        props.onReason(NOT_TESTED_REASONS.find((reason) => reason === value) ?? null);
      }}
      data={[{ value: '', label: '–' }, ...NOT_TESTED_REASONS]}
    />
  );
}

function summaryOf(draft: SessionDraft, side: Side) {
  const values = typedValues(draft, MEASURE, side).map(({ value }) => value);
  return summariseTrials(values, draft.summaryRule);
}

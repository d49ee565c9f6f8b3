import { VisuallyHidden } from '@mantine/core';
import { cellKey, handKey } from '../../../core/clinical/entry-walk.ts';
import { holdTargetText } from '../../../core/clinical/hold-target.ts';
import { measureOf } from '../../../core/clinical/measures.ts';
import { otherSide, shareOfOtherHand } from '../../../core/clinical/other-hand.ts';
import type { MeasureBlock } from '../../../core/clinical/protocols.ts';
import { cellText, typedValues, unitOf } from '../../../core/clinical/session-entries.ts';
import { unitText } from '../../../core/clinical/stored-value.ts';
import type { Measure, Side } from '../../../core/contract/schemas/clinical.ts';
import {
  type EntryProps,
  type HandEdits,
  NotTestedChoice,
  PainField,
  StoppedEarlyField,
} from './entry-fields.tsx';
import styles from './entry-grid.module.css';
import { handName, rowName, sideName, spokenMeasure } from './place-names.ts';
import { Stopwatch } from './stopwatch.tsx';
import { StrengthCell } from './strength-cell.tsx';

interface Props extends EntryProps {
  block: MeasureBlock;
  sides: readonly Side[];
  /** There is room for the share of the other hand. */
  hasPercent?: boolean;
  /** Absent where only values can be added. */
  edits?: HandEdits;
}

/** Several measures with one value a hand each: directions, handles, postures, degrees, seconds. */
export function ValueList(props: Props) {
  const { draft, block, sides, affectedSide, edits } = props;
  const isTiring = block.measures.some((measure) => measureOf(measure).group !== 'range');
  const units = new Set(block.measures.map((measure) => unitOf(draft, measure)));
  const oneUnit = units.size === 1 ? unitText(unitOf(draft, block.measures[0]!)) : null;
  const compared = comparedSide(props);
  const ofHand = (side: Side) => ({
    hands: block.measures.map((measure) => handKey(measure, side)),
    draft,
  });
  return (
    <div className={styles.scroll}>
      <table className={styles.grid}>
        <caption className={styles.hiddenCaption}>
          {oneUnit === null ? block.title : `${block.title}, ${oneUnit}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              {unitWord(block.measures) ?? <VisuallyHidden>what is measured</VisuallyHidden>}
            </th>
            {sides.map((side) => (
              <th scope="col" key={side}>
                {sideName(side).toLowerCase()}
                {affectedSide !== 'none' && (
                  <small>
                    {affectedSide === side || affectedSide === 'both' ? 'affected side' : '\u00a0'}
                  </small>
                )}
              </th>
            ))}
            {compared !== null && (
              <th scope="col" className={styles.figure}>
                {compared}, % of
                <br />
                other side
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {block.measures.map((measure) => (
            <MeasureRow key={measure} {...props} measure={measure} isUnitNamed={oneUnit === null} />
          ))}
          {edits && (
            <>
              <tr>
                <th scope="row" className={styles.quiet}>
                  pain 0–10
                </th>
                {sides.map((side) => (
                  <td key={side}>
                    <PainField
                      {...ofHand(side)}
                      label={`${handName(side, block.spoken)}, pain 0 to 10`}
                      onPain={edits.onPain}
                    />
                  </td>
                ))}
              </tr>
              {isTiring && (
                <tr>
                  <th scope="row" className={styles.quiet}>
                    stopped early
                  </th>
                  {sides.map((side) => (
                    <td key={side}>
                      <StoppedEarlyField
                        {...ofHand(side)}
                        label={`${handName(side, block.spoken)}, stopped early`}
                        onStoppedEarly={edits.onStoppedEarly}
                      />
                    </td>
                  ))}
                </tr>
              )}
              <tr>
                <th scope="row" className={styles.quiet}>
                  not tested
                </th>
                {sides.map((side) => (
                  <td key={side}>
                    <NotTestedChoice
                      {...ofHand(side)}
                      label={`${handName(side, block.spoken)}, not tested: reason`}
                      onNotTested={edits.onNotTested}
                    />
                  </td>
                ))}
              </tr>
            </>
          )}
        </tbody>
      </table>
    </div>
  );
}

function MeasureRow(props: Props & { measure: Measure; isUnitNamed: boolean }) {
  const { draft, measure } = props;
  const unit = unitText(unitOf(draft, measure));
  const isTimed = measureOf(measure).quantity === 'duration';
  return (
    <tr>
      <th scope="row" className={styles.hand}>
        {rowName(measure)}
        {props.isUnitNamed && <small>{unit}</small>}
      </th>
      {props.sides.map((side) => {
        const key = cellKey(measure, side, 1);
        const label = `${sideName(side)} ${spokenMeasure(measure)}`;
        const target = holdTargetText(draft, measure, side);
        const isSkipped =
          draft.notTested[handKey(measure, side)] !== undefined && cellText(draft, key) === '';
        return (
          <td key={key}>
            <div className={styles.timed}>
              <StrengthCell
                {...props}
                cell={key}
                label={`${label}, ${unit}`}
                text={cellText(draft, key)}
                problem={props.problems.get(key) ?? null}
                isAsked={props.askedKeys.has(key)}
                isDisabled={isSkipped}
              />
              {isTimed && (
                <Stopwatch
                  label={label}
                  isDisabled={isSkipped}
                  onSeconds={(text) => {
                    props.onText(key, text);
                    props.onLeave(key);
                  }}
                />
              )}
            </div>
            {target !== null && <p className={styles.target}>hold {target}, half of the largest</p>}
          </td>
        );
      })}
      {comparedSide(props) !== null && <td className={styles.figure}>{percentText(props, measure)}</td>}
    </tr>
  );
}

/** Units of force and torque stand beside the list, where they are chosen; degrees and seconds are named in its head. */
function unitWord(measures: readonly Measure[]): string | null {
  const quantities = new Set(measures.map((measure) => measureOf(measure).quantity));
  if (quantities.size > 1) return null;
  return quantities.has('angle') ? 'degrees' : quantities.has('duration') ? 'seconds' : null;
}

/** The hand that is told as a share of the other: the affected one, where exactly one is. */
const comparedSide = ({ hasPercent, sides, affectedSide }: Props): Side | null =>
  hasPercent && sides.length === 2 && (affectedSide === 'right' || affectedSide === 'left')
    ? affectedSide
    : null;

function percentText(props: Props, measure: Measure): string {
  const side = comparedSide(props);
  if (side === null) return '–';
  const firstValue = (of: Side) => {
    const typed = typedValues(props.draft, measure, of)[0];
    return typed ? { valueSi: typed.value, device: '' } : null;
  };
  const { percent } = shareOfOtherHand(
    measure,
    props.affectedSide,
    firstValue(side),
    firstValue(otherSide(side)),
  );
  return percent === null ? '–' : `${percent.toFixed(0)} %`;
}

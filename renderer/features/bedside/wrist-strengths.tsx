import { VisuallyHidden } from '@mantine/core';
import { cellKey, handKey, WRIST_MEASURES } from '../../../core/clinical/entry-walk.ts';
import { cellText } from '../../../core/clinical/session-entries.ts';
import type { AffectedSide, SessionDraft, Side } from '../../../core/contract/schemas/clinical.ts';
import { TORQUE_UNITS } from '../../../core/units/quantities.ts';
import styles from './bedside.module.css';
import { type GridEdits, NotTestedChoice, sideName } from './pinch-grid.tsx';
import { type CellHandlers, StrengthCell } from './strength-cell.tsx';
import { UnitChoice } from './unit-choice.tsx';
import { WRIST_NAMES } from './wrist-names.ts';

interface Props extends CellHandlers {
  draft: SessionDraft;
  sides: readonly Side[];
  affectedSide: AffectedSide;
  problems: ReadonlyMap<string, string>;
  askedKeys: ReadonlySet<string>;
  hasPad: boolean;
  onTorqueUnit: (unit: SessionDraft['torqueUnit']) => void;
  /** Absent where only values can be added. */
  onNotTested?: GridEdits['onNotTested'];
}

/** The four wrist strengths: largest torque in each direction, once a hand. */
export function WristStrengths(props: Props) {
  const { draft, sides, affectedSide, onNotTested } = props;
  return (
    <section className={styles.wrist} aria-labelledby="wrist-strength-title">
      <div className={styles.groupHead}>
        <h2 id="wrist-strength-title">Wrist strength</h2>
        <UnitChoice
          label="Unit of wrist strength"
          units={TORQUE_UNITS}
          unit={draft.torqueUnit}
          onUnit={props.onTorqueUnit}
        />
      </div>
      <table className={styles.grid}>
        <caption className={styles.hiddenCaption}>Wrist strength, {draft.torqueUnit}</caption>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>direction</VisuallyHidden>
            </th>
            {sides.map((side) => (
              <th scope="col" key={side}>
                {sideName(side).toLowerCase()}
                <small>{affectedSide === side || affectedSide === 'both' ? 'affected side' : '\u00a0'}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WRIST_MEASURES.map((measure) => (
            <tr key={measure}>
              <th scope="row" className={styles.hand}>
                {WRIST_NAMES[measure]}
              </th>
              {sides.map((side) => {
                const key = cellKey(measure, side, 1);
                const isSkipped = draft.notTested[handKey(measure, side)] !== undefined;
                return (
                  <td key={key}>
                    <StrengthCell
                      {...props}
                      cell={key}
                      label={`${sideName(side)} wrist ${WRIST_NAMES[measure]}, ${draft.torqueUnit}`}
                      text={cellText(draft, key)}
                      problem={props.problems.get(key) ?? null}
                      isAsked={props.askedKeys.has(key)}
                      isDisabled={isSkipped && cellText(draft, key) === ''}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
          {onNotTested && (
            <tr>
              <th scope="row" className={styles.hand}>
                not tested
              </th>
              {sides.map((side) => {
                const hands = WRIST_MEASURES.map((measure) => handKey(measure, side));
                return (
                  <td key={side}>
                    <NotTestedChoice
                      label={`${sideName(side)} wrist, not tested: reason`}
                      reason={draft.notTested[hands[0]!] ?? ''}
                      onReason={(reason) => onNotTested(hands, reason)}
                    />
                  </td>
                );
              })}
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

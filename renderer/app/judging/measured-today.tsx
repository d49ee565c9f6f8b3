import { FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import { sideName } from '../../../core/clinical/side-names.ts';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import styles from './judgement.module.css';
import { type JudgedMeasurements, measuredFeatures, pinchOf } from './measured-features.ts';

/** The measurements in front of the clinician, without any judgement in them. */
export function MeasuredToday({ measured, side }: { measured: JudgedMeasurements; side: Side | null }) {
  const { affectedSide } = measured;
  const hands = (['right', 'left'] as const).map((hand) => ({ hand, pinch: pinchOf(measured, hand) }));
  const wrist =
    side === null ? [] : measuredFeatures(measured, side).filter(({ id }) => id.startsWith('wrist-'));
  return (
    <dl className={styles.measured} aria-label="Measured in this session">
      {hands.map(({ hand, pinch }) => (
        <div key={hand}>
          <dt>
            key pinch {hand}
            {(affectedSide === hand || affectedSide === 'both') && ' (affected)'}
          </dt>
          <dd>
            {pinch ? pinch.text : 'not measured'}
            {pinch && <small className={styles.measuredNote}>{pinch.formula}</small>}
          </dd>
        </div>
      ))}
      {wrist.map(({ id, value }) => (
        <div key={id}>
          <dt>{FEATURE_NAMES[id].replace(' strength', '')}</dt>
          <dd>
            {value}
            <small className={styles.measuredNote}>{sideName(side)}</small>
          </dd>
        </div>
      ))}
      {side !== null && wrist.length === 0 && (
        <div>
          <dt>wrist strength</dt>
          <dd className={styles.notMeasured}>not measured</dd>
        </div>
      )}
    </dl>
  );
}

import { Button } from '@mantine/core';
import { MEASURE_NAMES, measuredValues } from '../../../core/clinical/measured-values.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import styles from './measured-values-list.module.css';

/** The measured values under the judgement: they stand whatever the model says, or if it says nothing. */
export function MeasuredValuesList({
  view,
  onMeasurements,
}: {
  view: SessionView;
  onMeasurements: () => void;
}) {
  return (
    <section className={styles.measured} aria-labelledby="measured-values">
      <h3 id="measured-values">Measured</h3>
      <dl className={styles.list}>
        {measuredValues(view.trials, view.session.summaryRule).map(({ measure, side, text, formula }) => (
          <div key={`${measure}${side}`}>
            <dt>
              {MEASURE_NAMES[measure]} {SIDE_NAMES[side]}
            </dt>
            <dd title={formula === '' ? undefined : formula}>{text}</dd>
          </div>
        ))}
      </dl>
      <Button variant="subtle" className={styles.open ?? ''} onClick={onMeasurements}>
        See each trial, correct a value
      </Button>
    </section>
  );
}

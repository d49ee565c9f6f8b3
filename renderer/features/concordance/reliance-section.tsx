import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { type TrainingFeedback, trainingFeedback } from '../../../core/agreement/training-feedback.ts';
import type { TrainingResult } from '../../../core/contract/schemas/training.ts';
import { Section } from '../../ui/page.tsx';
import styles from './concordance.module.css';
import { FigureCell } from './figure-cell.tsx';

interface Figures extends TrainingFeedback {
  id: string;
  name: string;
}

const figuresOf = (id: string, name: string, results: readonly TrainingResult[]): Figures => ({
  id,
  name,
  ...trainingFeedback(results),
});

/** Over- and under-reliance: counted where the truth is known, and the operation is no truth. */
export function RelianceSection(props: {
  results: readonly TrainingResult[];
  clinicianId: string | null;
  onTraining: () => void;
}) {
  const { results, clinicianId, onTraining } = props;
  const groups = useMemo(() => {
    const own = results.filter(({ userId }) => clinicianId === null || userId === clinicianId);
    const people = [...Map.groupBy(own, ({ userId }) => userId)];
    return [
      ...(clinicianId === null && own.length > 0 ? [figuresOf('team', 'the whole team', own)] : []),
      ...people.map(([id, rows]) => figuresOf(id, rows[0]!.userName, rows)),
    ];
  }, [results, clinicianId]);
  return (
    <Section
      title="Over- and under-reliance"
      lead="Counted from simulated training cases, whose class is known. Of patients nobody knows which class their pinch truly is: the operation is no truth, and none of these cases is in the figures above. Forecasts have a truth too, and no second answer to rely on."
    >
      {groups.length === 0 ? (
        <p className={styles.words}>No training case was finished yet.</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption>
              The model is wrong more often in these cases than it is on simulated people: they were chosen so
            </caption>
            <thead>
              <tr>
                <th scope="col">clinician</th>
                <th scope="col">cases</th>
                <th scope="col">right before</th>
                <th scope="col">right after</th>
                <th scope="col">model right</th>
                <th scope="col">over-reliance: right, then followed a wrong model</th>
                <th scope="col">under-reliance: a right model not followed</th>
              </tr>
            </thead>
            <tbody>
              {groups.map((each) => (
                <tr key={each.id}>
                  <th scope="row" className={styles.person}>
                    {each.name}
                  </th>
                  <td>{each.n}</td>
                  <FigureCell figure={each.rightBefore} form="share" />
                  <FigureCell figure={each.rightAfter} form="share" />
                  <FigureCell figure={each.modelRight} form="share" />
                  <FigureCell figure={each.overReliance} form="share" />
                  <FigureCell figure={each.underReliance} form="share" />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Button variant="default" mt="md" data-no-print onClick={onTraining}>
        Work on training cases
      </Button>
    </Section>
  );
}

import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { figureInstead, figureIntervalText, figureValueText } from '../../../core/agreement/figure-words.ts';
import type { ShownFigure } from '../../../core/agreement/shown-figure.ts';
import {
  partOf,
  type TrainingFeedback,
  trainingFeedback,
} from '../../../core/agreement/training-feedback.ts';
import type { TrainingResult } from '../../../core/contract/schemas/training.ts';
import { Section } from '../../ui/page.tsx';
import styles from './concordance.module.css';

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
  /** What the filters of the page do not do here; empty where none is to be said. */
  filterNote: string;
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
      {props.filterNote && <p className={styles.words}>{props.filterNote}</p>}
      {groups.length === 0 ? (
        <p className={styles.words}>No training case was finished yet.</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption>
              The model is wrong more often in these cases than it is on simulated people: they were chosen
              so, and how often it is right has no interval. Intervals of the others take each answer as one
              of its own
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
                  <CountedCell figure={each.rightBefore} />
                  <CountedCell figure={each.rightAfter} />
                  <td>
                    {each.modelRight} of {each.n}
                  </td>
                  <CountedCell figure={each.overReliance} />
                  <CountedCell figure={each.underReliance} />
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

/** How many of how many first, then the share with its interval. */
function CountedCell({ figure }: { figure: ShownFigure }) {
  if (figure.kind !== 'figure') return <td className={styles.instead}>{figureInstead(figure)}</td>;
  const { value, interval, noInterval, isWide } = figure;
  return (
    <td>
      <span className={styles.n}>{partOf(figure)}:</span>{' '}
      <strong className={styles.value}>{figureValueText(value, 'share')}</strong>
      <small className={styles.range}>
        {interval ? figureIntervalText(interval, 'share') : noInterval}
        {interval && isWide && ', wide'}
      </small>
    </td>
  );
}

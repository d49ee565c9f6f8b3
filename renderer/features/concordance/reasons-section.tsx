import type { ConcordanceReport } from '../../../core/agreement/concordance-report.ts';
import { RANKING_PERSISTENCE } from '../../../core/agreement/reasons-agreement.ts';
import type { ShownFigure } from '../../../core/agreement/shown-figure.ts';
import { IntervalRows } from '../../charts/interval-rows.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './concordance.module.css';
import { chartRow, FigureCell, SHARE_TICKS, shareTick } from './figure-cell.tsx';

interface Measure {
  id: string;
  name: string;
  meaning: string;
  figure: ShownFigure;
}

/** Agreement of reasons: each measure with what it would be if nobody knew anything. */
export function ReasonsSection({ report }: { report: ConcordanceReport }) {
  const { reasons, bands } = report;
  const drivers: Measure[] = [
    {
      id: 'shared',
      name: 'named by both',
      meaning: 'of the clinician’s drivers, how many are among as many of the model’s strongest',
      figure: reasons.shared,
    },
    {
      id: 'sign',
      name: 'pointing the same way',
      meaning:
        'of the drivers named by both, how many speak for the same class; n counts judgements with such a driver; chance keeps how often each says “for”',
      figure: reasons.sameSign,
    },
    {
      id: 'ranking',
      name: 'same order',
      meaning: `rank-biased overlap with p = ${RANKING_PERSISTENCE}: the first places count most`,
      figure: reasons.ranking,
    },
  ];
  const traces: Measure[] = [
    {
      id: 'iou',
      name: 'same stretch',
      meaning: 'shared over united time, as much of the model’s strongest as was brushed',
      figure: bands.equalArea,
    },
    {
      id: 'pointing',
      name: 'strongest moment brushed',
      meaning: 'pointing game: the model’s strongest step lies in a brushed band',
      figure: bands.pointing,
    },
    {
      id: 'mass',
      name: 'weight inside the bands',
      meaning: 'share of the model’s relevance inside the brushed bands',
      figure: bands.mass,
    },
  ];
  return (
    <Section
      title="Agreement of reasons"
      lead="Whether clinician and model go by the same measurements. Two can share reasons and both be wrong: agreement of reasons is no proof that either is right."
    >
      <p className={styles.words}>
        n = {reasons.n} judgements of {reasons.patientCount}{' '}
        {reasons.patientCount === 1 ? 'patient' : 'patients'} with a driver and an explanation that passed its
        checks
        {reasons.namedMean !== null && `, ${reasons.namedMean.toFixed(1)} drivers named on average`}. Left
        out: {reasons.withoutDriver} without a driver, {reasons.withoutExplanation} without such an
        explanation.
      </p>
      <div className={styles.beside}>
        <IntervalRows
          rows={drivers.map(({ id, name, figure }) => chartRow(id, name, figure))}
          from={0}
          to={1}
          ticks={SHARE_TICKS}
          tickText={shareTick}
          label="Agreement of reasons with intervals; dashed: what chance gives. The numbers stand in the table beside it."
        />
        <MeasureTable caption="Drivers" measures={drivers} />
      </div>
      <h3 className={styles.subtitle}>Brushed on a trace</h3>
      {bands.n === 0 ? (
        <p className={styles.words}>
          Nothing to compare: the shipped model of these sessions does not say where in a trace its reasons
          lie.
        </p>
      ) : (
        <MeasureTable
          caption={`Bands, n = ${bands.n} ${bands.n === 1 ? 'judgement' : 'judgements'}; chance: marks of the same lengths anywhere else on the trace`}
          measures={traces}
        />
      )}
    </Section>
  );
}

function MeasureTable({ caption, measures }: { caption: string; measures: readonly Measure[] }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">measure</th>
            <th scope="col">figure</th>
          </tr>
        </thead>
        <tbody>
          {measures.map(({ id, name, meaning, figure }) => (
            <tr key={id}>
              <th scope="row">
                {name}
                <small className={styles.range}>{meaning}</small>
              </th>
              <FigureCell figure={figure} form="share" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import type { Evaluation } from '../../app/model-evaluation.ts';
import { IntervalTable, type MeasuredRow } from '../../charts/interval-table.tsx';
import { ReliabilityPlot } from '../../charts/reliability-plot.tsx';
import { Fold } from './fold.tsx';
import styles from './measured.module.css';
import {
  coverageBySubgroup,
  errorBySubgroup,
  type FigureGroup,
  knownFailures,
  physiologyOf,
  reliabilities,
} from './model-figures.ts';
import { PublishedTable } from './published-table.tsx';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const TEXTS: Readonly<Record<FigureGroup['unit'], (value: number) => string>> = {
  share: percent,
  N: (value) => `${value.toFixed(1)} N`,
  '%': (value) => `${value.toFixed(1)} %`,
};
const PROMISED = { value: 0.9, text: 'promised: 90 %' };

/** What was measured of a model, under four headings that open on request. */
export function MeasuredFolds({ evaluation }: { evaluation: Evaluation }) {
  const calibrations = reliabilities(evaluation);
  const coverage = coverageBySubgroup(evaluation);
  const errors = errorBySubgroup(evaluation);
  const bySexAndAge = evaluation.tables.find(({ title }) => title === 'By sex and age');
  const failures = knownFailures(evaluation);
  const physiology = physiologyOf(evaluation);
  return (
    <>
      <Fold title="Known failures">
        <p className={styles.quiet}>
          By its own published figures, on simulated people. How it does on patients is not known.
        </p>
        {failures.map(({ title, failures: rows }) => (
          <div key={title} className={styles.block}>
            <IntervalTable
              caption={title}
              nameHeading="What"
              rows={rows.map(({ what, figure }) => ({ ...figure, name: what }))}
              from={0}
              to={1}
              promised={title.startsWith('Where its sets') ? PROMISED : null}
              text={percent}
            />
          </div>
        ))}
      </Fold>
      {calibrations.length > 0 && (
        <Fold title="How far what it says can be taken at its word">
          {calibrations.map(({ title, points, caption, kind }) => (
            <div key={title} className={styles.block}>
              <h4>{title}</h4>
              <ReliabilityPlot
                points={points}
                label={`${title}: said against came true`}
                saidHeading={kind === 'probability' ? 'Said' : 'Quantile'}
                cameHeading={kind === 'probability' ? 'Came true' : 'Next visits at or below it'}
              />
              {caption !== '' && <p className={styles.quiet}>{caption}</p>}
            </div>
          ))}
        </Fold>
      )}
      <Fold title="Who it does better and worse for">
        {coverage.map(({ title, rows }) => (
          <div key={title} className={styles.block}>
            <IntervalTable
              caption={`Sets or intervals that hold the truth · ${title}`}
              nameHeading="People"
              rows={rows}
              from={0.8}
              to={1}
              promised={PROMISED}
              text={percent}
            />
          </div>
        ))}
        {errors.map((group) => (
          <ErrorTable key={group.title} group={group} />
        ))}
        {bySexAndAge && (
          <div className={styles.block}>
            <h4>Error by sex and age (no interval was published)</h4>
            <PublishedTable table={bySexAndAge} />
          </div>
        )}
      </Fold>
      {physiology && (
        <Fold title="Agreement with known physiology">
          <p className={styles.quiet}>
            What the literature lets expect, written down before any model was looked at, and whether the
            explanations follow it.
          </p>
          <PublishedTable table={physiology} />
        </Fold>
      )}
    </>
  );
}

function ErrorTable({ group: { title, rows, unit } }: { group: FigureGroup }) {
  const { from, to } = axisOf(rows);
  return (
    <div className={styles.block}>
      <IntervalTable
        caption={title}
        nameHeading="Of"
        rows={rows}
        from={from}
        to={to}
        promised={null}
        text={TEXTS[unit]}
      />
    </div>
  );
}

/** From 0, or from below it, to a round value above the largest interval. */
function axisOf(rows: readonly MeasuredRow[]): { from: number; to: number } {
  const low = Math.min(0, ...rows.map((row) => row.low));
  const high = Math.max(...rows.map((row) => row.high), 0);
  const step = 10 ** Math.floor(Math.log10(Math.max(high - low, 1e-6)));
  return { from: Math.floor(low / step) * step, to: Math.ceil(high / step) * step };
}

import { originText, thresholdsOf } from '../../../core/clinical/change-thresholds.ts';
import { measureOf } from '../../../core/clinical/measures.ts';
import { normFactsOf, normLabel, READING_WORDS } from '../../../core/clinical/norms/norm-label.ts';
import type { NormTable } from '../../../core/clinical/norms/norm-table.ts';
import type { Measure, Unit } from '../../../core/contract/schemas/clinical.ts';
import styles from './trends.module.css';

/** Where every limit and norm of a measure comes from, with population, source and how it came to us. */
export function SourceList(props: { measure: Measure; unit: Unit; norm: NormTable | null }) {
  const { measure, unit, norm } = props;
  const thresholds = thresholdsOf(measure);
  return (
    <details className={styles.sources}>
      <summary>Sources of the bands</summary>
      {thresholds.length === 0 && norm === null ? (
        <p>
          Neither norms nor a limit for a change were found for {measureOf(measure).name}; nothing is drawn
          that has no source.
        </p>
      ) : (
        <ul>
          {thresholds.map((one) => (
            <li key={`${one.kind}${one.population}`}>
              <strong>
                {one.name} {one.rule(unit)}
              </strong>
              : {one.population}. {one.source}; {originText(one, unit, READING_WORDS[one.reading])}
              {one.reading === 'recalled' && ': not drawn and not used'}.
            </li>
          ))}
          {norm !== null && (
            <li>
              <strong>Norms, {normFactsOf(norm).year ?? 'year not stated'}</strong>: {normLabel(norm)}.{' '}
              {norm.source} {norm.status}
            </li>
          )}
        </ul>
      )}
    </details>
  );
}

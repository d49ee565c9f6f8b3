import {
  countText,
  type FigureForm,
  figureInstead,
  figureIntervalText,
  figureValueText,
} from '../../../core/agreement/figure-words.ts';
import type { ShownFigure } from '../../../core/agreement/shown-figure.ts';
import type { IntervalRow } from '../../charts/interval-rows.tsx';
import styles from './concordance.module.css';

/**
 * A figure with n and its patients first, its interval, the word "wide" where n is small, and what it is held against.
 * @param props.against - the name of that level; null where the caption says it.
 */
export function FigureCell(props: { figure: ShownFigure; form: FigureForm; against?: string | null }) {
  const { figure, form, against = 'by chance' } = props;
  if (figure.kind !== 'figure') return <td className={styles.instead}>{figureInstead(figure)}</td>;
  const { value, interval, noInterval, chance, isWide } = figure;
  return (
    <td>
      <span className={styles.n}>{countText(figure)}:</span>{' '}
      <strong className={styles.value}>{figureValueText(value, form)}</strong>
      <small className={styles.range}>
        {interval ? figureIntervalText(interval, form) : noInterval}
        {interval && isWide && ', wide'}
        {chance !== null && against !== null && (
          <span className={styles.whole}>
            {against} {figureValueText(chance, form)}
          </span>
        )}
      </small>
    </td>
  );
}

/** The same figure as a row of a chart. */
export const chartRow = (id: string, name: string, figure: ShownFigure): IntervalRow => ({
  id,
  name,
  value: figure.kind === 'figure' ? figure.value : null,
  interval: figure.kind === 'figure' ? figure.interval : null,
  chance: figure.kind === 'figure' ? figure.chance : null,
  instead: figureInstead(figure),
});

export const SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1] as const;
export const shareTick = (value: number) => `${100 * value} %`;

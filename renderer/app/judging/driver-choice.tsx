import { useRef } from 'react';
import { FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import { DIRECTION_WORDS } from '../../../core/clinical/side-names.ts';
import type { Driver, FeatureId } from '../../../core/contract/schemas/judgement.ts';
import styles from './judgement.module.css';
import type { MeasuredFeature } from './measured-features.ts';

const MAX_DRIVERS = 3;
const DIRECTIONS = ['for', 'against'] as const;

/**
 * Up to three measured things that speak for or against the answer, in the order they were named. The cursor comes to the
 * group as a whole: there Enter goes on and an arrow goes in, so that Enter pressed once too often names no driver; on a
 * button Enter presses it.
 */
export function DriverChoice(props: {
  features: readonly MeasuredFeature[];
  drivers: readonly Driver[];
  answerName: string;
  onDrivers: (drivers: Driver[]) => void;
  onEnter: () => void;
}) {
  const { features, drivers, onDrivers } = props;
  const root = useRef<HTMLFieldSetElement>(null);
  const toggle = (feature: FeatureId, direction: Driver['direction']) => {
    const present = drivers.find((driver) => driver.feature === feature);
    if (present?.direction === direction) onDrivers(drivers.filter((driver) => driver !== present));
    else if (present) onDrivers(drivers.map((d) => (d === present ? { feature, direction } : d)));
    else if (drivers.length < MAX_DRIVERS) onDrivers([...drivers, { feature, direction }]);
  };
  const onKeyDown = (event: React.KeyboardEvent, row: number, column: number) => {
    const move: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
    };
    const step = move[event.key];
    if (step) {
      event.preventDefault();
      root.current
        ?.querySelector<HTMLButtonElement>(`[data-place="${row + step[0]}/${column + step[1]}"]`)
        ?.focus();
    }
  };
  return (
    <fieldset
      className={styles.drivers}
      ref={root}
      tabIndex={-1}
      data-part="drivers"
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === 'Enter' && !event.ctrlKey) {
          event.preventDefault();
          props.onEnter();
        } else if (event.key.startsWith('Arrow')) {
          event.preventDefault();
          root.current?.querySelector<HTMLButtonElement>('[data-place="0/0"]')?.focus();
        }
      }}
    >
      <legend>
        Your drivers{' '}
        <small className={styles.legendNote}>
          up to three, in order of weight; for or against {props.answerName}
        </small>
      </legend>
      {features.map(({ id, value }, row) => {
        const position = drivers.findIndex((driver) => driver.feature === id);
        const chosen = drivers[position] ?? null;
        const isFull = chosen === null && drivers.length >= MAX_DRIVERS;
        return (
          <div key={id} className={styles.driver} data-named={chosen !== null || undefined}>
            <span className={styles.place} aria-hidden="true">
              {chosen ? position + 1 : ''}
            </span>
            <span className={styles.driverName}>{FEATURE_NAMES[id]}</span>
            <span className={styles.driverValue}>{value}</span>
            {DIRECTIONS.map((direction, column) => (
              <button
                key={direction}
                type="button"
                data-place={`${row}/${column}`}
                className={styles.direction}
                data-direction={direction}
                aria-pressed={chosen?.direction === direction}
                aria-label={`${FEATURE_NAMES[id]}, ${value}: ${direction}`}
                aria-disabled={isFull || undefined}
                onClick={() => toggle(id, direction)}
                onKeyDown={(event) => onKeyDown(event, row, column)}
              >
                {DIRECTION_WORDS[direction]}
              </button>
            ))}
          </div>
        );
      })}
    </fieldset>
  );
}

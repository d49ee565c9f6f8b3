import { useId } from 'react';
import styles from './entry-controls.module.css';

/** Units side by side; plain radio buttons, so that arrow keys and screen readers work as everywhere. */
export function UnitChoice<U extends string>(props: {
  label: string;
  units: readonly U[];
  /** Null where nothing is chosen yet: a unit is never guessed. */
  unit: U | null;
  onUnit: (unit: U) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.units} data-units>
      <legend>{props.label}</legend>
      {props.units.map((unit) => (
        <label key={unit} className={styles.unit} data-checked={unit === props.unit || undefined}>
          <input
            type="radio"
            name={name}
            value={unit}
            checked={unit === props.unit}
            onChange={() => props.onUnit(unit)}
          />
          {unit.replace('.', '·')}
        </label>
      ))}
    </fieldset>
  );
}

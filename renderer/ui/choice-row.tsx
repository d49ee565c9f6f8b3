import { useId } from 'react';
import styles from './choice-row.module.css';

export interface Choice<T extends string> {
  value: T;
  label: string;
}

/**
 * One choice out of a few, as large radio buttons side by side. It may start with nothing chosen, which a segmented
 * control cannot. Arrow keys move the choice, as in every radio group.
 */
export function ChoiceRow<T extends string>(props: {
  label: string;
  description?: string;
  choices: readonly Choice<T>[];
  value: T | null;
  error?: string | undefined;
  onChange: (value: T) => void;
}) {
  const id = useId();
  const described = [props.description !== undefined && `${id}-about`, props.error && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <fieldset
      className={styles.group}
      aria-describedby={described || undefined}
      data-invalid={props.error !== undefined || undefined}
    >
      <legend className={styles.legend}>{props.label}</legend>
      {props.description !== undefined && (
        <p className={styles.description} id={`${id}-about`}>
          {props.description}
        </p>
      )}
      <div className={styles.row}>
        {props.choices.map((choice) => (
          <label key={choice.value} className={styles.choice}>
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={props.value === choice.value}
              onChange={() => props.onChange(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
      {props.error !== undefined && (
        <p className={styles.error} id={`${id}-error`}>
          {props.error}
        </p>
      )}
    </fieldset>
  );
}

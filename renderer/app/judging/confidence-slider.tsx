import { useId } from 'react';
import styles from './judgement.module.css';

const STEP = 5;

/**
 * How sure, 0-100 %. It starts empty: no thumb and no number until a key or a pointer sets it, because a
 * default would answer for the clinician.
 */
export function ConfidenceSlider(props: {
  percent: number | null;
  isNeeded: boolean;
  problem: string | null;
  onPercent: (percent: number) => void;
  onEnter: () => void;
}) {
  const { percent, isNeeded, problem, onPercent } = props;
  const id = useId();
  return (
    <div className={styles.confidence}>
      <label htmlFor={id}>How sure</label>
      <div className={styles.track}>
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          step={STEP}
          disabled={!isNeeded}
          data-empty={percent === null || undefined}
          value={percent ?? 50}
          aria-valuetext={percent === null ? 'not set' : `${percent} percent`}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={(event) => onPercent(event.currentTarget.valueAsNumber)}
          // A press exactly in the middle changes nothing in the browser's eyes, and is an answer all the same.
          onPointerUp={(event) => onPercent(event.currentTarget.valueAsNumber)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey) {
              event.preventDefault();
              props.onEnter();
            } else if (event.key === ' ' && percent === null) {
              event.preventDefault();
              onPercent(50);
            }
          }}
        />
        <div className={styles.trackEnds} aria-hidden="true">
          <span>guessing</span>
          <span>certain</span>
        </div>
      </div>
      <output htmlFor={id} className={styles.percent}>
        {isNeeded ? (percent === null ? '–' : `${percent} %`) : 'not needed'}
      </output>
      {problem && (
        <p id={`${id}-problem`} className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}

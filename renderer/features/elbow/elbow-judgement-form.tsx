import { Checkbox, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { ElbowJudgementFields, ElbowSetup } from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import { ClosedModel } from '../../app/analysis/analysis-parts.tsx';
import { focusFirstProblem, useLockKey } from '../../app/analysis/form-focus.ts';
import { JudgementFooter } from '../../app/analysis/judgement-footer.tsx';
import { ConfidenceSlider } from '../../app/judging/confidence-slider.tsx';
import { ElapsedTime, useStopwatch } from '../../app/judging/elapsed-time.tsx';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { ElbowSetupFields, setupOf, type TypedSetup, typedSetup } from './elbow-setup.tsx';
import { HORIZON_S, typedNumber } from './elbow-words.ts';
import { FirstSeconds } from './first-seconds.tsx';

/** Which hold, the first 30 s of it, then when it will fail and where fatigue begins; everything empty at the start. */
export function ElbowJudgementForm(props: {
  view: AnalysisView;
  /** Of a further judgement: what the first was made on. */
  fixedSetup: ElbowSetup | null;
  isBusy: boolean;
  error: WireError | null;
  onLock: (fields: ElbowJudgementFields) => void;
  onCancel: (() => void) | null;
}) {
  const { view, fixedSetup, isBusy } = props;
  const watch = useStopwatch();
  const root = useRef<HTMLDivElement>(null);
  const usable = view.recordings.filter(({ isEnough }) => isEnough);
  const [typed, setTyped] = useState<TypedSetup>(() => typedSetup(usable));
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [isBeyond, setIsBeyond] = useState(false);
  const [cannotTell, setCannotTell] = useState(false);
  const [fatigue, setFatigue] = useState('');
  const [percent, setPercent] = useState<number | null>(null);
  const [hasSeenEnd, setHasSeenEnd] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const [isShown, setIsShown] = useState(false);
  useLeaveGuard(!isBusy && (from !== '' || to !== '' || cannotTell));

  const recording = usable.find(({ id }) => id === typed.recordingId);
  const setup = fixedSetup ?? (recording ? setupOf(typed, recording) : null);
  const fromS = typedNumber(from);
  const toS = typedNumber(to);
  const fatigueS = fatigue.trim() === '' ? null : typedNumber(fatigue);
  const problems = {
    from:
      !cannotTell && (fromS === null || fromS > HORIZON_S)
        ? `Seconds from 0 to ${HORIZON_S}, or say that you cannot tell.`
        : null,
    to:
      !cannotTell && !isBeyond && (toS === null || toS > HORIZON_S || toS <= (fromS ?? 0))
        ? `Seconds after the first number, at most ${HORIZON_S}, or “still holding at ${HORIZON_S} s”.`
        : null,
    fatigue:
      fatigue.trim() !== '' && (fatigueS === null || fatigueS > 30)
        ? 'Seconds from 0 to 30; leave it empty where it does not begin in these 30 s.'
        : null,
    percent:
      !cannotTell && percent === null ? 'Say how sure you are: arrow keys or a press on the line.' : null,
  };
  const shown = (problem: string | null) => (isAsked ? (problem ?? undefined) : undefined);
  const lock = () => {
    setIsAsked(true);
    if (setup === null || !isShown || Object.values(problems).some((problem) => problem !== null)) {
      focusFirstProblem(root.current);
      return;
    }
    props.onLock({
      analysis: 'elbow-torque-fatigue',
      setup,
      failureFromS: cannotTell ? null : fromS,
      failureToS: cannotTell || isBeyond ? null : toS,
      confidencePercent: cannotTell ? null : percent,
      fatigueStartS: fatigueS,
      hasSeenEnd,
      durationMs: watch.elapsedMs(),
    });
  };
  useLockKey(lock);
  return (
    <div className={styles.frame}>
      <div className={styles.columns} ref={root} inert={isBusy}>
        <section className={styles.yours} aria-labelledby="your-hold">
          <header className={styles.head}>
            <h2 id="your-hold">Your judgement</h2>
            <ElapsedTime watch={watch} />
          </header>
          {fixedSetup === null && (
            <ElbowSetupFields recordings={usable} typed={typed} isAsked={isAsked} onTyped={setTyped} />
          )}
          <FirstSeconds
            sessionId={view.session.id}
            setup={setup}
            fatigueStartS={problems.fatigue === null ? fatigueS : null}
            onShown={setIsShown}
          />
          <div className={styles.fields}>
            <TextInput
              label="The hold fails from (s)"
              inputMode="decimal"
              value={from}
              disabled={cannotTell}
              error={shown(problems.from)}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              label="to (s)"
              inputMode="decimal"
              value={to}
              disabled={cannotTell || isBeyond}
              error={shown(problems.to)}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          </div>
          <div className={styles.checks}>
            <Checkbox
              label={`It may still be held at ${HORIZON_S} s`}
              checked={isBeyond}
              disabled={cannotTell}
              onChange={(event) => setIsBeyond(event.currentTarget.checked)}
            />
            <Checkbox
              label="I cannot tell when it fails"
              checked={cannotTell}
              onChange={(event) => setCannotTell(event.currentTarget.checked)}
            />
          </div>
          <div className={styles.fields}>
            <TextInput
              label="Fatigue begins to show at (s)"
              description="In these 30 s; empty: not yet, or cannot tell."
              inputMode="decimal"
              value={fatigue}
              error={shown(problems.fatigue)}
              onChange={(event) => setFatigue(event.currentTarget.value)}
            />
          </div>
          <ConfidenceSlider
            percent={percent}
            isNeeded={!cannotTell}
            problem={isAsked ? problems.percent : null}
            onPercent={setPercent}
            onEnter={lock}
          />
          <Checkbox
            label="I have seen how this hold ended"
            description="On the recording, or as a time measured in this session. The judgement is then kept, and out of the figures."
            checked={hasSeenEnd}
            onChange={(event) => setHasSeenEnd(event.currentTarget.checked)}
          />
          <JudgementFooter error={props.error} isBusy={isBusy} onCancel={props.onCancel} onLock={lock}>
            {isAsked && (setup === null || !isShown) && (
              <p className={styles.problem}>
                Complete what describes the hold first: its 30 s are not shown yet.
              </p>
            )}
          </JudgementFooter>
        </section>
        {props.onCancel === null && <ClosedModel />}
      </div>
    </div>
  );
}

import { typedTrialText } from '../../../core/clinical/measured-values.ts';
import { type TrialVersions, versionAt } from '../../../core/clinical/trial-versions.ts';
import { shortMoment } from '../../ui/calendar-date.ts';
import styles from './session.module.css';
import { trialPlace } from './trial-table.tsx';

/** Every version of each corrected trial with its reason; the one under a locked judgement says so. */
export function TrialHistory(props: {
  trials: readonly TrialVersions[];
  lockedAt: string | null;
  isDateHidden: boolean;
}) {
  const { trials, lockedAt } = props;
  return (
    <section className={styles.history} aria-labelledby="correction-history">
      <h2 id="correction-history">History of corrections</h2>
      {trials.map((trial) => {
        const judged = lockedAt === null ? null : versionAt(trial, lockedAt);
        return (
          <div key={trial.key}>
            <h3>{trialPlace(trial)}</h3>
            <ol className={styles.versions}>
              {[...trial.earlier, trial.newest].map((version) => (
                <li key={version.version}>
                  <strong>version {version.version}:</strong> {typedTrialText(version)}
                  <span className={styles.quiet}>
                    {version.userName !== undefined && `, by ${version.userName}`}
                    {!props.isDateHidden &&
                      version.createdAt !== null &&
                      `, ${shortMoment(version.createdAt)}`}
                    {version.correctionReason !== null && `, ${version.correctionReason}`}
                  </span>
                  {judged?.version === version.version && (
                    <em className={styles.judged}>the judgement was made on version {version.version}</em>
                  )}
                </li>
              ))}
            </ol>
          </div>
        );
      })}
    </section>
  );
}

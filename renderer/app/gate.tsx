import { useState } from 'react';
import type { UserId } from '../../core/contract/schemas/clinical.ts';
import { RecoveryCodeScreen } from '../features/welcome/recovery-code-screen.tsx';
import { UnlockScreen } from '../features/welcome/unlock-screen.tsx';
import { WelcomeScreen } from '../features/welcome/welcome-screen.tsx';
import { LoadingLines } from '../ui/loading-lines.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { errorText } from './error-text.ts';
import { FatalPage } from './fatal-page.tsx';
import { Frame } from './frame.tsx';
import styles from './full-page.module.css';
import { PreferencesProvider } from './preferences.tsx';
import { useActivitySignal } from './use-activity-signal.ts';
import { useAppState } from './use-app-state.ts';

/** Which page may be seen: first screen, unlock, the records, or a fatal page. No screen decides this by itself. */
export function Gate() {
  useActivitySignal();
  const { state, error, apply, read } = useAppState();
  // Held here and not on the first screen, which is gone as soon as the host says "open".
  const [shownOnce, setShownOnce] = useState<{ userName: string; code: string } | null>(null);

  // Of this page only, and nowhere stored: the one who worked last is chosen when the records are locked.
  const [lastUser, setLastUser] = useState<UserId | null>(null);
  const presentUser = state?.storeKind === 'clinic' ? (state.user?.id ?? null) : null;
  if (presentUser !== null && presentUser !== lastUser) setLastUser(presentUser);

  if (state === null) {
    return (
      <main className={styles.inset}>
        {error === null ? (
          <LoadingLines label="Opening Prehensa" lines={3} />
        ) : (
          <FailureNotice {...errorText(error)} incident={error.incident} onRetry={read} />
        )}
      </main>
    );
  }
  if (shownOnce !== null) {
    return (
      <RecoveryCodeScreen
        appVersion={state.appVersion}
        userName={shownOnce.userName}
        code={shownOnce.code}
        onWrittenDown={() => setShownOnce(null)}
      />
    );
  }
  if (state.phase === 'fatal' && state.fatal !== null) {
    return <FatalPage fatal={state.fatal} appVersion={state.appVersion} onLookAgain={read} onState={apply} />;
  }
  if (state.phase === 'open') {
    // A new store starts with a fresh frame, and so does everyone who unlocks. Who takes over by PIN goes on where the
    // user before stopped: the frame says which screens are cleared then.
    return (
      <PreferencesProvider key={state.storeKind} userId={state.user?.id ?? ''}>
        <Frame state={state} onState={apply} onReread={read} />
      </PreferencesProvider>
    );
  }
  if (state.phase === 'locked' && state.users.length > 0) {
    return (
      <UnlockScreen
        key={state.users.map((user) => user.id).join()}
        state={state}
        lastUserId={lastUser}
        onState={apply}
      />
    );
  }
  return (
    <WelcomeScreen
      appVersion={state.appVersion}
      onState={apply}
      onUserCreated={(created) => {
        setShownOnce({ userName: created.state.user?.name ?? 'this user', code: created.recoveryCode });
        apply(created.state);
      }}
    />
  );
}

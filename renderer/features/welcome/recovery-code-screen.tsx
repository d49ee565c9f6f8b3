import { RecoveryCodeCard } from '../../ui/recovery-code-card.tsx';
import { WelcomeFrame } from './welcome-frame.tsx';

/** Stands between creating a user and the records, until the code is said to be on paper. */
export function RecoveryCodeScreen(props: {
  appVersion: string;
  userName: string;
  code: string;
  onWrittenDown: () => void;
}) {
  return (
    <WelcomeFrame appVersion={props.appVersion}>
      <RecoveryCodeCard userName={props.userName} code={props.code} onWrittenDown={props.onWrittenDown} />
    </WelcomeFrame>
  );
}

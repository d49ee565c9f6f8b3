import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { measuredBy } from '../../../core/clinical/measured-by.ts';
import { type MeasuredValue, sidedName } from '../../../core/clinical/measured-values.ts';
import { PROTOCOLS, SCORE_BLOCK } from '../../../core/clinical/protocols.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Device, ProtocolId } from '../../../core/contract/schemas/clinical.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { devicesByRole } from './measured-with.ts';
import styles from './session.module.css';

/** Who measured what with which device, and the values by the session's rule. */
export function SessionFacts(props: {
  view: SessionView;
  devices: readonly Device[];
  values: readonly MeasuredValue[];
}) {
  const { view, devices, values } = props;
  const { session, judgements } = view;
  const { protocol, conditions } = session;
  const isDateHidden = isDateHiddenOf(view);
  // What was judged at another visit, or by whoever asked for a second reading, is blanked: it is not "none".
  const isHidden = session.startedAt === null || view.isWaitingForYou === true;
  const date = isDateHidden || session.startedAt === null ? 'hidden (blinded)' : shortDate(session.startedAt);
  const facts = [
    { name: 'date', value: date },
    { name: 'measured by', value: measuredBy(session) },
    ...(protocol === undefined ? [] : [{ name: 'protocol', value: protocolText(protocol, view.trials) }]),
    ...devicesByRole(view, devices),
    ...(conditions?.splint ? [{ name: 'splint', value: conditions.splint }] : []),
    ...(conditions?.positionNote ? [{ name: 'position', value: conditions.positionNote }] : []),
    ...(conditions?.clockNote
      ? [{ name: 'clock', value: clockText(conditions.clockNote, isDateHidden) }]
      : []),
    { name: 'judgement', value: isHidden ? 'hidden (blinded)' : judgementText(judgements, session.state) },
    ...(session.note === '' ? [] : [{ name: 'note', value: session.note }]),
  ];
  return (
    <>
      <dl className={styles.values} aria-label="Values of this session">
        {values.map(({ measure, side, text, formula }) => (
          <div key={`${measure}${side}`}>
            <dt>{sidedName(measure, side)}</dt>
            <dd>
              {text}
              {formula !== '' && <small>{formula}</small>}
            </dd>
          </div>
        ))}
      </dl>
      <dl className={styles.facts} aria-label="About this session">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/**
 * Dates would tell the time since the operation: hidden for the session that is judged blinded, and by the host for every
 * other visit meanwhile.
 */
export const isDateHiddenOf = ({ session }: Pick<SessionView, 'session'>): boolean =>
  session.startedAt === null || (session.isBlinded && session.state === 'saved');

/** The protocol that was chosen last, and that more was measured where it was. */
function protocolText(protocol: ProtocolId, trials: SessionView['trials']): string {
  const { name, blocks } = PROTOCOLS[protocol];
  const asked = [...blocks, SCORE_BLOCK].flatMap(({ measures }) => [...measures]);
  return trials.every(({ measure }) => asked.includes(measure)) ? name : `${name}, and further measurements`;
}

/** Its dates would tell the time since the operation. */
const clockText = (note: string, isDateHidden: boolean) => (isDateHidden ? 'noted (hidden, blinded)' : note);

function judgementText(judgements: SessionView['judgements'], state: SessionView['session']['state']) {
  const own = judgements.find(({ isAfterReveal }) => !isAfterReveal);
  if (!own) return state === 'closed' ? 'closed without a judgement' : 'not judged yet';
  const confidence = own.confidencePercent === null ? '' : `, ${own.confidencePercent} %`;
  return `${ANSWER_NAMES[own.answer]}${confidence}`;
}

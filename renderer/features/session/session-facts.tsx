import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { MEASURE_NAMES, type MeasuredValue } from '../../../core/clinical/measured-values.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import styles from './session.module.css';

/** Who measured what with which device, and the values by the session's rule. */
export function SessionFacts({ view, values }: { view: SessionView; values: readonly MeasuredValue[] }) {
  const { session, device, judgements } = view;
  const isDateHidden = session.isBlinded && session.state === 'saved';
  const facts = [
    { name: 'date', value: isDateHidden ? 'hidden (blinded)' : shortDate(session.startedAt) },
    { name: 'measured by', value: session.userName },
    {
      name: 'device',
      value:
        device === null
          ? 'not named'
          : [device.name, device.serial, `shows ${device.unit}`].filter((part) => part !== '').join(', '),
    },
    { name: 'judgement', value: judgementText(judgements, session.state) },
    ...(session.note === '' ? [] : [{ name: 'note', value: session.note }]),
  ];
  return (
    <>
      <dl className={styles.values} aria-label="Values of this session">
        {values.map(({ measure, side, text, formula }) => (
          <div key={`${measure}${side}`}>
            <dt>
              {MEASURE_NAMES[measure]} {side}
            </dt>
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

function judgementText(judgements: SessionView['judgements'], state: SessionView['session']['state']) {
  const own = judgements.find(({ isAfterReveal }) => !isAfterReveal);
  if (!own) return state === 'closed' ? 'closed without a judgement' : 'not judged yet';
  const confidence = own.confidencePercent === null ? '' : `, ${own.confidencePercent} %`;
  return `${ANSWER_NAMES[own.answer]}${confidence}`;
}

import { Button } from '@mantine/core';
import { IconRuler2 } from '@tabler/icons-react';
import { useState } from 'react';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import { valueText } from '../../../core/clinical/stored-value.ts';
import type { SessionId, Side } from '../../../core/contract/schemas/clinical.ts';
import type { ForecastHand, ForecastView } from '../../../core/contract/schemas/forecast.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import type { InferenceClient } from '../../workers/inference-client.ts';
import { EarlierForecasts } from './earlier-forecasts.tsx';
import styles from './forecast.module.css';
import { ForecastForm } from './forecast-form.tsx';
import { ForecastResult } from './forecast-result.tsx';
import { useModelForecast } from './use-model-forecast.ts';

interface ForecastScreenProps {
  sessionId: SessionId;
  inference: Pick<InferenceClient, 'forecast'>;
  onDone: () => void;
}

/** The next visit's key pinch: the clinician locks a range, then the model gives its own, and the next visit scores both. */
export function ForecastScreen(props: ForecastScreenProps) {
  const { sessionId } = props;
  const api = useApi();
  const call = useCall<ForecastView>(`forecast/${sessionId}`, () => api['forecasts.get']({ sessionId }));
  /** What a write answered is newer than what was read. */
  const [written, setWritten] = useState<ForecastView | null>(null);
  if (call.status === 'failed') {
    return <FailureNotice {...errorText(call.error)} incident={call.error.incident} onRetry={call.reload} />;
  }
  if (call.status === 'loading') return <LoadingLines label="Reading the visits" />;
  return <Forecasts {...props} view={written ?? call.value} onView={setWritten} />;
}

function Forecasts(
  props: ForecastScreenProps & { view: ForecastView; onView: (view: ForecastView) => void },
) {
  const { view, onDone } = props;
  const visitAt = view.startedAt;
  const [chosen, setChosen] = useState<Side | null>(null);
  const affected = view.hands.filter(({ isAffected }) => isAffected);
  const hand =
    view.hands.find(({ side }) => side === chosen) ??
    (view.hands.length === 1 ? view.hands[0] : affected.length === 1 ? affected[0] : undefined);
  return (
    <Page
      title="Forecast the next visit"
      lead="You lock a range for the next key pinch; only then the model gives its own. The next visit scores both. It is optional, and no answer is the right one."
      actions={
        <Button variant="default" onClick={onDone}>
          Back to the patient
        </Button>
      }
    >
      {visitAt === null && (
        <Notice tone="info" title="The forecast of this visit is hidden while a blinded judgement is open.">
          Its date and what came of it tell the course. It comes back when you lock.
        </Notice>
      )}
      {visitAt !== null && view.hands.length === 0 && (
        <EmptyState icon={<IconRuler2 size="2rem" />} title="No key pinch at this visit">
          A forecast goes by the key pinch of this visit. Measure it, then come back.
        </EmptyState>
      )}
      {view.hands.length > 1 && (
        <div className={styles.hand}>
          <ChoiceRow
            label="Hand"
            choices={view.hands.map(({ side, isAffected }) => ({
              value: side,
              label: isAffected ? `${SIDE_NAMES[side]} (affected)` : SIDE_NAMES[side],
            }))}
            value={hand?.side ?? null}
            onChange={setChosen}
          />
        </div>
      )}
      {hand && visitAt !== null && <HandForecast key={hand.side} {...props} visitAt={visitAt} hand={hand} />}
      <EarlierForecasts rows={view.earlier} />
    </Page>
  );
}

function HandForecast(
  props: ForecastScreenProps & {
    view: ForecastView;
    hand: ForecastHand;
    visitAt: string;
    onView: (view: ForecastView) => void;
  },
) {
  const { sessionId, view, hand, onView } = props;
  const api = useApi();
  const model = useModelForecast(sessionId, hand, props.inference, onView);
  const { clinician } = hand;
  const [isJustLocked, setIsJustLocked] = useState(false);
  return (
    <div className={styles.duo}>
      <Section
        title={clinician ? 'Both forecasts' : 'Your forecast'}
        // The button that was pressed has gone with the form.
        isFocused={isJustLocked && clinician !== null}
      >
        {clinician ? (
          <ForecastResult
            hand={{ ...hand, clinician }}
            failure={model.failure}
            isAsking={model.isAsking}
            onRetry={model.retry}
          />
        ) : hand.isTooLate ? (
          <Notice tone="info" title="A later visit has begun: there is nothing left to foretell here.">
            Forecast from the newest session of this patient.
          </Notice>
        ) : (
          <ForecastForm
            hand={hand}
            visitAt={props.visitAt}
            onLock={async (forecast) => {
              const result = await api['forecasts.lock']({ sessionId, forecast });
              if (!result.ok) return result.error;
              setIsJustLocked(true);
              onView(result.value);
              return null;
            }}
          />
        )}
      </Section>
      <Section title="So far">
        <VisitsSoFar hand={hand} isBlinded={view.patient.isBlinded === true} />
      </Section>
    </div>
  );
}

const MOST_LISTED = 12;

function VisitsSoFar({ hand, isBlinded }: { hand: ForecastHand; isBlinded: boolean }) {
  const device = hand.deviceName === '' ? 'device not named' : hand.deviceName;
  if (isBlinded) {
    return (
      <p>
        Today {valueText(hand.lastN, hand.unit)} ({device}). Earlier visits stay hidden while a blinded
        judgement is open.
      </p>
    );
  }
  const listed = hand.visits.slice(-MOST_LISTED).reverse();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>
          Best trial of key pinch, {SIDE_NAMES[hand.side]} hand, with {device}; newest first
          {hand.visits.length > MOST_LISTED && `, the last ${MOST_LISTED} of ${hand.visits.length}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">visit</th>
            <th scope="col">best trial</th>
          </tr>
        </thead>
        <tbody>
          {listed.map(({ at, pinchPeakN }) => (
            <tr key={at}>
              <td>{shortDate(at)}</td>
              <td className={styles.number}>{valueText(pinchPeakN, hand.unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

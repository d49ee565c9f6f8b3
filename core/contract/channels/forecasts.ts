import * as z from 'zod';
import { call } from '../definition.ts';
import { SessionId, Side } from '../schemas/clinical.ts';
import {
  ForecastFields,
  ForecastQuestion,
  ForecastRow,
  ForecastView,
  ModelForecast,
} from '../schemas/forecast.ts';

const OfHand = z.strictObject({ sessionId: SessionId, side: Side });

export const forecastChannels = {
  'forecasts.get': call({
    access: 'read',
    doc: 'Forecasts of the next key pinch made at one session. The model’s is absent before the clinician’s lock and while a judgement of the patient is open.',
    input: z.strictObject({ sessionId: SessionId }),
    output: ForecastView,
    errors: ['session.not_found', 'session.wrong_state'],
  }),
  'forecasts.lock': call({
    access: 'write',
    doc: 'Locks the clinician’s 50 % range with time and user. Refused once a later visit has begun.',
    input: z.strictObject({ sessionId: SessionId, forecast: ForecastFields }),
    output: ForecastView,
    errors: ['session.not_found', 'session.wrong_state', 'session.incomplete', 'store.full'],
  }),
  'forecasts.takeQuestion': call({
    access: 'write',
    doc: 'What the network is asked, handed out after the clinician’s lock only.',
    input: OfHand,
    output: z.strictObject({ question: ForecastQuestion }),
    errors: ['session.not_found', 'judgement.not_locked', 'session.incomplete'],
  }),
  'forecasts.storeModel': call({
    access: 'write',
    doc: 'Stores the network’s forecast; the host computes it again and refuses another answer.',
    input: OfHand.extend({ forecast: ModelForecast }),
    output: ForecastView,
    errors: [
      'session.not_found',
      'judgement.not_locked',
      'session.incomplete',
      'prediction.mismatch',
      'model.not_found',
      'store.full',
    ],
  }),
  'forecasts.scoreboard': call({
    access: 'read',
    doc: 'Every locked forecast with what came of it. Patients with an open judgement are left out and counted.',
    input: z.strictObject({}),
    output: z.strictObject({ rows: z.array(ForecastRow), heldBack: z.int() }),
  }),
};

import {
  forecastScoreboard,
  forecastsToShow,
  lockForecast,
  storeModelForecast,
  takeQuestion,
} from '../services/forecasts-service.ts';
import type { HandlersOf } from './clinical-handlers.ts';

export const forecastHandlers: HandlersOf<'forecasts'> = {
  'forecasts.get': (input, context) => forecastsToShow(context.read(), input.sessionId),
  'forecasts.lock': (input, context) => lockForecast(context.write(), input.sessionId, input.forecast),
  'forecasts.takeQuestion': (input, context) => takeQuestion(context.write(), input.sessionId, input.side),
  'forecasts.storeModel': (input, context) =>
    storeModelForecast(context.write(), input.sessionId, input.side, input.forecast),
  'forecasts.scoreboard': (_input, context) => forecastScoreboard(context.read().db),
};

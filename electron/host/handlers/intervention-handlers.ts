import { addIntervention, interventionsToShow, setRemoved } from '../services/interventions-service.ts';
import type { HandlersOf } from './clinical-handlers.ts';

export const interventionHandlers: HandlersOf<'interventions'> = {
  'interventions.list': (input, context) => interventionsToShow(context.read().db, input.patientId),
  'interventions.add': (input, context) => addIntervention(context.write(), input),
  'interventions.remove': (input, context) => {
    setRemoved(context.write(), input.id, true);
    return {};
  },
  'interventions.restore': (input, context) => setRemoved(context.write(), input.id, false),
};

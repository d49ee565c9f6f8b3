import { flagsOfSession } from '../services/judgement-flags-service.ts';
import {
  getReading,
  listReadingRows,
  lockReading,
  lookFirst,
  notePatientOpened,
  readingsOfSession,
} from '../services/readings-service.ts';
import { addTruth, truthsToShow } from '../services/truths-service.ts';
import type { HandlersOf } from './clinical-handlers.ts';

export const readingsHandlers: HandlersOf<'judgements' | 'readings' | 'truths'> = {
  'judgements.flags': (input, context) => ({ flags: flagsOfSession(context.read(), input.sessionId) }),
  'readings.list': (_input, context) => listReadingRows(context.read()),
  'readings.get': (input, context) => getReading(context.read(), input.sessionId),
  'readings.lock': (input, context) => lockReading(context.write(), input.sessionId, input.reading),
  'readings.lookFirst': (input, context) => {
    lookFirst(context.write(), input.sessionId);
    return {};
  },
  'readings.ofSession': (input, context) => readingsOfSession(context.read(), input.sessionId),
  'readings.noteOpened': (input, context) => {
    notePatientOpened(context.write(), input.patientId);
    return {};
  },
  'truths.add': (input, context) => addTruth(context.write(), input.sessionId, input.truth),
  'truths.list': (input, context) => truthsToShow(context.read(), input.sessionId),
};

import { effectivePreferences, setPreferences } from '../services/preferences-service.ts';
import type { HandlersOf } from './clinical-handlers.ts';

export const preferencesHandlers: HandlersOf<'preferences'> = {
  'preferences.get': (_input, context) => {
    const { db, user } = context.read();
    return effectivePreferences(db, user.id);
  },
  'preferences.set': (input, context) => setPreferences(context.write(), input),
};

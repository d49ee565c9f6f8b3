import { analysisConcordance } from '../services/analysis-concordance-service.ts';
import { concordanceRows } from '../services/concordance-service.ts';
import type { HandlersOf } from './clinical-handlers.ts';

export const concordanceHandlers: HandlersOf<'concordance'> = {
  'concordance.rows': (input, context) => concordanceRows(context.write(), input.limit, input.offset),
  'concordance.analyses': (_input, context) => analysisConcordance(context.read()),
};

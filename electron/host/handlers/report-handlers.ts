import type { NormTableFile } from '../../../core/clinical/norms/norm-table.ts';
import { readNormTables } from '../files/norm-tables.ts';
import { conclusionToShow, saveConclusion, saveExport, savePdf } from '../services/reports-service.ts';
import type { HandlersOf } from './clinical-handlers.ts';

/** @param resourcesFolder holds the norm tables; they are read when somebody asks first. */
export function createReportHandlers(resourcesFolder: string): HandlersOf<'reports' | 'norms'> {
  let tables: NormTableFile[] | undefined;
  return {
    'reports.conclusion': (input, context) => conclusionToShow(context.read(), input.sessionId),
    'reports.saveConclusion': (input, context) =>
      saveConclusion(context.write(), input.sessionId, input.text, input.basedOn),
    'reports.savePdf': async (input, context) => ({
      savedTo: await savePdf(context.write(), context.platform, input.sessionId, input.suggestedName),
    }),
    'reports.saveFile': async (input, context) => ({
      savedTo: await saveExport(context.write(), context.platform, input),
    }),
    'norms.list': (_input, context) => {
      context.read();
      tables ??= readNormTables(resourcesFolder);
      return tables;
    },
  };
}

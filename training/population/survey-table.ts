import table from '../../resources/population/us-2013-14-survey.json' with { type: 'json' };
import { parseSurveyTable, type SurveyTable } from './survey-table-schema.ts';

/** The committed table of the US 2013-14 grip survey. */
export const SURVEY: SurveyTable = parseSurveyTable(table);

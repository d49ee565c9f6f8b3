import type { ConcordanceReport } from '../../../core/agreement/concordance-report.ts';
import { tooFewText } from '../../../core/agreement/figure-words.ts';
import type { JudgementCount, ShownFigure } from '../../../core/agreement/shown-figure.ts';
import type { ConcordanceRow } from '../../../core/contract/schemas/concordance.ts';
import type { ForecastRow } from '../../../core/contract/schemas/forecast.ts';
import { type ForecastStanding, standingOf } from './scored-forecasts.ts';
import { groupName } from './summary-section.tsx';

export interface CsvStyle {
  decimalMark: '.' | ',';
  /** Invented people are called so wherever their numbers go. */
  isSample: boolean;
}

type Cell = string | number | null;

/** RFC 4180; with a decimal comma the cells are parted by semicolons. A text that a spreadsheet would run gets an apostrophe. */
export function csvText(lines: readonly (readonly Cell[])[], { decimalMark, isSample }: CsvStyle): string {
  const separator = decimalMark === ',' ? ';' : ',';
  const cellText = (cell: Cell): string => {
    if (cell === null) return '';
    if (typeof cell === 'number') return String(cell).replace('.', decimalMark);
    const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const marked = isSample ? [['invented people: sample clinic of Prehensa'], ...lines] : lines;
  return marked.map((cells) => cells.map(cellText).join(separator)).join('\r\n');
}

const FIGURE_HEADER = [
  'group',
  'of',
  'figure',
  'n',
  'patients',
  'value',
  'interval_low',
  'interval_high',
  'interval_by',
  'by_chance',
  'note',
];

function figureLine(group: string, of: string, name: string, figure: ShownFigure): Cell[] {
  const { n, patients = null } = figure;
  const head = [group, of, name, n, patients];
  if (figure.kind === 'too-few') return [...head, null, null, null, null, null, fewNote(figure)];
  if (figure.kind === 'undefined') return [...head, null, null, null, null, null, figure.reason];
  const { value, interval, noInterval, method, chance, isWide } = figure;
  if (interval === null) return [...head, value, null, null, null, chance, noInterval];
  return [...head, value, ...interval, method, chance, isWide ? 'wide interval' : ''];
}

/** The words alone: numbers have columns of their own. */
const fewNote = (figure: JudgementCount) => tooFewText(figure).split(':')[0]!;

/** Every figure of the report with n and patients, 95 % interval and chance level; shares as 0..1. */
export function figuresCsv(report: ConcordanceReport, style: CsvStyle): string {
  const selected = groupName(report.selection);
  const { reasons, bands, switches } = report;
  return csvText(
    [
      ['concordance of clinician and model before the reveal; agreement is no proof that either is right'],
      FIGURE_HEADER,
      ...report.summaries.flatMap((summary) => {
        const group = groupName(summary);
        return [
          figureLine(group, 'clinician and model', 'same answer', summary.answers.same),
          figureLine(group, 'clinician and model', 'AC1', summary.answers.gwetAc1),
          figureLine(group, 'clinician and model', 'kappa', summary.answers.kappa),
          figureLine(group, 'clinician and model', 'changed after the reveal', summary.switches.switched),
        ];
      }),
      figureLine(selected, 'clinician and model', 'class in the prediction set', report.inSet),
      [
        selected,
        'clinician and model',
        'not decided at the second look',
        switches.undecided,
        ...Array<Cell>(6).fill(null),
        'a count, in no share',
      ],
      figureLine(selected, 'clinician and model', 'changed to the model', switches.towardsModel),
      figureLine(selected, 'clinician and model', 'changed to a third answer', switches.toThirdAnswer),
      figureLine(
        selected,
        'clinician and model',
        'given up although the model agreed',
        switches.awayFromModel,
      ),
      ...report.confidence.map((band) => figureLine(selected, `sure ${band.name}`, 'same answer', band.same)),
      figureLine(selected, 'drivers', 'named by both', reasons.shared),
      figureLine(selected, 'drivers', 'same direction', reasons.sameSign),
      figureLine(selected, 'drivers', 'rank-biased overlap', reasons.ranking),
      figureLine(selected, 'bands', 'intersection over union at equal area', bands.equalArea),
      figureLine(selected, 'bands', 'pointing game', bands.pointing),
      figureLine(selected, 'bands', 'relevance mass', bands.mass),
      ...[
        ...report.clinicians,
        ...report.readerPairs,
        ...report.knowingReaderPairs.map((pair) => ({ ...pair, name: `${pair.name} (not blinded)` })),
      ].flatMap(({ name, answers }) => [
        figureLine(selected, name, 'same answer', answers.same),
        figureLine(selected, name, 'AC1', answers.gwetAc1),
        figureLine(selected, name, 'kappa', answers.kappa),
      ]),
    ],
    style,
  );
}

/** One line a judgement, without names of patients: they are numbered in the order in which they first appear. */
export function judgementsCsv(rows: readonly ConcordanceRow[], style: CsvStyle): string {
  const patients = [...new Set(rows.map(({ patientId }) => patientId))];
  return csvText(
    [
      [
        'locked_at',
        'patient_number',
        'clinician',
        'blinded',
        'flags',
        'duration_s',
        'answer',
        'confidence_percent',
        'drivers',
        'model_answer',
        'prediction_set',
        'model_version',
        'inputs',
        'final_answer',
        'second_readings',
      ],
      ...rows.map((row) => [
        row.lockedAt,
        patients.indexOf(row.patientId) + 1,
        row.clinicianName,
        row.isBlinded ? 'yes' : 'no',
        row.flags.join(' '),
        row.durationMs / 1000,
        row.answer,
        row.confidencePercent,
        row.drivers.map(({ feature, direction }) => `${feature} ${direction}`).join('; '),
        row.modelAnswer ?? 'cannot tell',
        row.predictionSet.join(' '),
        row.modelVersion,
        row.inputPattern,
        row.finalAnswer ?? (row.isUndecided ? 'not decided' : 'not compared'),
        row.readings
          .map(
            ({ readerName, answer, hasSeenPatient }) =>
              `${readerName}${hasSeenPatient ? ' (not blinded)' : ''}: ${answer}`,
          )
          .join('; '),
      ]),
    ],
    style,
  );
}

/** Why a range of the model is there or not; empty cells alone would not tell a refusal from a question never asked. */
const modelAnswer = (model: ForecastRow['model']): string =>
  model === null
    ? 'not asked'
    : model.refusal === null
      ? 'range given'
      : 'refused: unlike the simulated courses it was trained on';

const FIGURE_STANDING: Readonly<Record<ForecastStanding, string>> = {
  'in-figures': 'yes',
  waiting: 'no: waits for the next visit',
  'not-scored': 'no: not scored',
  'far-from-plan': 'no: far from the planned time',
  'sound-hand': 'no: not the affected hand',
};

/** One line a locked forecast, newtons. */
export function forecastsCsv(rows: readonly ForecastRow[], style: CsvStyle): string {
  const patients = [...new Set(rows.map(({ patientId }) => patientId))];
  return csvText(
    [
      [
        'locked_at',
        'patient_number',
        'clinician',
        'hand',
        'planned_on',
        'last_newton',
        'low_newton',
        'high_newton',
        'model_low_newton',
        'model_high_newton',
        'model_version',
        'model_answer',
        'outcome',
        'next_newton',
        'next_on',
        'next_changed_since',
        'timing',
        'in_figures',
      ],
      ...rows.map((row) => {
        const { patientId, clinician, model, outcome } = row;
        return [
          clinician.lockedAt,
          patients.indexOf(patientId) + 1,
          clinician.userName,
          clinician.side,
          clinician.plannedOn,
          clinician.lastN,
          clinician.lowN,
          clinician.highN,
          model?.quantilesN?.[1] ?? null,
          model?.quantilesN?.[3] ?? null,
          model?.modelVersion ?? null,
          modelAnswer(model),
          outcome.kind,
          outcome.kind === 'scored' ? outcome.pinchPeakN : null,
          outcome.kind === 'scored' ? outcome.at : null,
          outcome.kind === 'scored' ? (outcome.isCorrectedSince ? 'yes, scored as first saved' : 'no') : null,
          outcome.kind === 'scored' ? (outcome.isFarFromPlan ? 'far from the plan' : 'as planned') : null,
          FIGURE_STANDING[standingOf(row)],
        ];
      }),
    ],
    style,
  );
}

import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { ComparedMethods } from '../../workers/inference-protocol.ts';
import { askedSentence, deletionWords, unitName } from './lab-words.ts';

/**
 * Both tables with tabs between columns, numbers at full precision, for a spreadsheet. No name stands in it.
 */
export function labText(
  { lab }: ComparedMethods,
  { modelId, modelVersion, bundleHash }: WristStatePrediction,
): string {
  const number = (value: number | null | undefined) =>
    value === null || value === undefined || !Number.isFinite(value) ? '' : String(value);
  const rows = lab.rows.map((row) => [
    row.title,
    row.isSigned ? 'signed' : 'sizes only',
    row.attribution.unit,
    ...Array.from(row.values, number),
    number(row.completenessGap),
    number(row.biasShare),
    number(row.deletion?.gain),
    number(row.deletion?.p),
    deletionWords(row.deletion, lab.units.length).detail,
    number(row.signAgreement),
    number(row.maxSensitivity),
  ]);
  const titleOf = (method: string) => lab.rows.find((row) => row.method === method)?.title ?? method;
  const lines = [
    ['Compare methods', askedSentence(lab)],
    [
      `${modelId} ${modelVersion} ${bundleHash}`,
      'trained on simulated people; research use; not a medical device',
    ],
    ['answer', number(lab.output), 'reference', number(lab.referenceOutput), lab.unit],
    [],
    [
      'method',
      'values',
      'unit',
      ...lab.units.map(unitName),
      'completeness gap (share)',
      'taken by biases (share)',
      'deletion gain',
      'p against random orders',
      'orders',
      'networks with the same sign (share)',
      `largest relative change in ${lab.repeatedMeasurements} repeated measurements`,
    ],
    ...rows,
    ...lab.refusals.map(({ title, why }) => [title, 'refused', why]),
    [],
    ['method', 'against', 'rank correlation', 'same sign (share)'],
    ...lab.agreements.map((pair) => [
      titleOf(pair.first),
      titleOf(pair.second),
      number(pair.spearman),
      number(pair.signAgreement),
    ]),
  ];
  return lines
    .map((cells) => cells.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\r\n');
}

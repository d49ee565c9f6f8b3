import { signAgreement } from '../../../core/agreement/sign-agreement.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { MethodsLab } from '../../../core/inference/methods-lab.ts';
import type { ComparedMethods } from '../../workers/inference-protocol.ts';
import {
  askedSentence,
  deletionWords,
  membersText,
  NOTHING_SHOWN,
  SCATTER_WORDS,
  unitName,
  unitWords,
} from './lab-words.ts';
import { WITHHELD_MEANING, withheldTitle } from './withheld-explanation.ts';

/**
 * Both tables, in the words of the screen, with tabs between columns, numbers at full precision, for a spreadsheet. No name stands in it.
 * @param withheld - why the result screen shows no explanation; null where it does.
 */
export function labText(
  { lab, networkCount }: ComparedMethods,
  { modelId, modelVersion, bundleHash }: WristStatePrediction,
  withheld: string | null,
): string {
  const number = (value: number | null | undefined) =>
    value === null || value === undefined || !Number.isFinite(value) ? '' : String(value);
  const rows = lab.rows.map((row) => [
    row.title,
    row.isSigned ? 'signed' : 'sizes only',
    unitWords(row.attribution.unit),
    ...Array.from(row.values, number),
    number(row.completenessGap),
    number(row.biasShare),
    number(row.deletion?.gain),
    number(row.deletion?.p),
    deletionWords(row.deletion, lab.units.length),
    membersText(row.signAgreement, networkCount),
    number(row.maxSensitivity),
  ]);
  const titleOf = (method: string) => lab.rows.find((row) => row.method === method)?.title ?? method;
  const directionsOf = ({ first, second, signAgreement: isCompared }: MethodsLab['agreements'][number]) => {
    if (isCompared === null) return ['', '', ''];
    const valuesOf = (method: string) => lab.rows.find((row) => row.method === method)?.values ?? [];
    const { agreeing, count, chance } = signAgreement(valuesOf(first), valuesOf(second));
    return [number(agreeing), number(count), number(chance === null ? null : chance * count)];
  };
  const lines = [
    ['Compare methods', askedSentence(lab)],
    [
      `${modelId} ${modelVersion} ${bundleHash}`,
      'trained on simulated people; research use; not a medical device',
    ],
    [NOTHING_SHOWN],
    ...(withheld === null ? [] : [[`${withheldTitle(withheld)} ${WITHHELD_MEANING}`]]),
    ['answer', number(lab.output), 'reference', number(lab.referenceOutput), unitWords(lab.unit)],
    [],
    [
      'method',
      'values',
      'unit',
      ...lab.units.map(unitName),
      'not accounted for (share)',
      'taken by biases (share)',
      'gain over the mean of all orders',
      'share of orders as good',
      'order against chance',
      'networks that agree on the direction',
      `largest shift of the values (share) in ${lab.repeatedMeasurements} simulated repeats with the scatter of a repeated trial (${SCATTER_WORDS})`,
    ],
    ...rows,
    ...lab.refusals.map(({ title, why }) => [title, 'refused', why]),
    [],
    ['method', 'against', 'rank correlation', 'same direction', 'of values', 'by chance'],
    ...lab.agreements.map((pair) => [
      titleOf(pair.first),
      titleOf(pair.second),
      number(pair.spearman),
      ...directionsOf(pair),
    ]),
  ];
  return lines
    .map((cells) => cells.map((cell) => cell.replaceAll(/[\t\r\n\u00a0]+/g, ' ')).join('\t'))
    .join('\r\n');
}

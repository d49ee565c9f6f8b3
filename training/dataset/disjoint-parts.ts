import type { DataSet, SubjectRange } from './data-set.ts';
import type { FrozenDataSets } from './frozen-data-sets.ts';

/**
 * What a part is for. The same subjects may live in another world (another course, another contact model) as long as
 * they serve the same purpose there; parts of other names are each a purpose of their own.
 */
const purposeOf = (part: string): string =>
  /^(?:train|validation|calibration|test)(?=-|$)/.exec(part)?.[0] ?? part;

interface Served extends SubjectRange {
  dataSet: string;
  part: string;
}

/**
 * Subjects of one seed who serve two purposes, of one data set or of two: a sentence for each pair of parts; none when
 * nobody does. A part without a range is a sentence too, beside others of its set: nothing is known of it.
 */
export function sharedSubjects(dataSets: readonly DataSet[]): string[] {
  const reasons: string[] = [];
  const served: Served[] = [];
  for (const { name: dataSet, parts } of dataSets) {
    for (const { name: part, subjects } of parts) {
      if (!subjects) {
        if (parts.length > 1) reasons.push(`${dataSet}, ${part}: its subjects are not told`);
        continue;
      }
      const own: Served = { ...subjects, dataSet, part };
      for (const other of served) {
        const isOnePurpose = purposeOf(other.part) === purposeOf(part);
        if (other.seed !== own.seed || isOnePurpose) continue;
        const shared =
          Math.min(other.first + other.count, own.first + own.count) - Math.max(other.first, own.first);
        if (shared > 0) {
          reasons.push(
            `${dataSet}, ${part}: ${shared} subjects also stand in ${other.dataSet}, ${other.part}`,
          );
        }
      }
      served.push(own);
    }
  }
  return reasons;
}

/** Parts of one frozen data set that hold the same rows: a sentence for each pair; none when all differ. */
export function repeatedParts(frozen: FrozenDataSets): string[] {
  return Object.entries(frozen).flatMap(([dataSet, parts]) => {
    const partOf = new Map<string, string>();
    return Object.entries(parts).flatMap(([part, { sha256 }]) => {
      const other = partOf.get(sha256);
      partOf.set(sha256, part);
      return other === undefined ? [] : [`${dataSet}: ${part} holds the rows of ${other}`];
    });
  });
}

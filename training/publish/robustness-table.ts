import type { FigureTable } from '../evaluate/figures.ts';

const COLUMNS = [
  ['world', /^world$/],
  ['pattern', /^pattern$/],
  ['refused', /^refused/],
  ['coverage', /^coverage|^sets that hold/],
  ['error, or right answers', /^error|^right/],
  ['n', /^n\b/],
] as const;

/**
 * The robustness tables of all models as one: coverage, refusal and error under every other world.
 * @param parts - tables by model; those whose title begins with "Robustness" are taken.
 * @returns null when no part has one. @throws RangeError when a table has no column for world, refusal or coverage.
 */
export function robustnessTable(
  parts: readonly { model: string; tables: readonly FigureTable[] }[],
): FigureTable | null {
  const rows = parts.flatMap(({ model, tables }) =>
    tables
      .filter(({ title }) => title.startsWith('Robustness'))
      .flatMap((table) => {
        const places = COLUMNS.map(([, pattern]) => table.columns.findIndex((name) => pattern.test(name)));
        for (const index of [0, 2, 3]) {
          if (places[index]! < 0) {
            throw new RangeError(`"${table.title}" of ${model} has no column for ${COLUMNS[index]![0]}`);
          }
        }
        const error = table.columns[places[4]!];
        return table.rows.map((row) => [
          model,
          ...places.map((place, column) => {
            const value = place < 0 ? '-' : (row[place] ?? '-');
            return column === 4 && value !== '-' ? `${value} ${error}` : value;
          }),
        ]);
      }),
  );
  if (rows.length === 0) return null;
  return {
    title: 'Robustness of every model',
    columns: ['model', ...COLUMNS.map(([name]) => name)],
    rows,
    caption:
      'Coverage on one’s own simulator is nearly a tautology: here are other people and other measurements. Shares in percent with 95 % intervals; each model’s own page says what a world is.',
  };
}

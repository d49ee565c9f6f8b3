/** One label above the plot: where its line stands and how wide its words are, both in px. */
export interface FlagSpan {
  x: number;
  width: number;
}

export interface PlacedFlag {
  /** Counted from the plot upwards. */
  row: number;
  /** The words stand to the left of the line. */
  isLeft: boolean;
}

/** Between the words of two flags in one row, px. */
const GAP_PX = 8;

const extentOf = ({ x, width }: FlagSpan, isLeft: boolean): [number, number] =>
  isLeft ? [x - width, x] : [x, x + width];

/**
 * Rows for labels above a plot, so that no words cover others. Words go to the right of their line where they fit, and of two
 * that overlap the later stands lower: so a line on its way up passes no words that point to the right.
 * @param right px of the right end of the plot, on the scale of `x`; it starts at 0.
 */
export function flagRows(flags: readonly FlagSpan[], right: number): PlacedFlag[] {
  const sides = flags.map(({ x, width }) => x + width > right && x > right - x);
  const order = flags.map((_, index) => index);
  const toRight = order.filter((index) => !sides[index]);
  const toLeft = order.filter((index) => sides[index]);
  const x = (index: number) => flags[index]?.x ?? 0;
  const sequence = [
    ...toLeft.sort((a, b) => x(a) - x(b) || b - a),
    ...toRight.sort((a, b) => x(b) - x(a) || b - a),
  ];
  const rows: [number, number][][] = [];
  const placed = new Map<number, PlacedFlag>();
  for (const index of sequence) {
    const isLeft = sides[index] ?? false;
    const [from, to] = extentOf(flags[index] as FlagSpan, isLeft);
    const isFree = (taken: readonly [number, number][]) =>
      taken.every(([start, end]) => to + GAP_PX <= start || end + GAP_PX <= from);
    // Above every row in which something is in the way: a lower gap would put words over an earlier line.
    let row = rows.length;
    while (row > 0 && isFree(rows[row - 1] as [number, number][])) row -= 1;
    const taken = rows[row] ?? [];
    rows[row] = [...taken, [from, to]];
    placed.set(index, { row, isLeft });
  }
  return order.map((index) => placed.get(index) as PlacedFlag);
}

/** How wide words will be, px, without drawing them: rather too wide than too narrow. */
export const wordsWidthPx = (text: string, fontPx: number): number => Math.ceil(text.length * fontPx * 0.56);

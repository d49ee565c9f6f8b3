import * as z from 'zod';

const shared = {
  /** Lower-case words joined by hyphens, unique in the list. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  modelId: z.string().min(1),
  /** What is explained, in words that name one output of the model. */
  output: z.string().min(1),
  /** Where it is expected: over people, in each person, or in both senses. */
  scope: z.enum(['global', 'local', 'both']),
  /** In own words; what speaks against it belongs here too. */
  why: z.string().min(20),
  citation: z.string().min(10),
  /** How much of the source was read; `recalled`: cited from memory, to be verified before it is relied on. */
  read: z.enum(['abstract', 'table', 'recalled']),
  /**
   * `established`: measured in people or cadavers. `plausible`: a deduction from what was measured.
   * `assumed-by-the-simulator`: the simulated people follow this sign by construction; it checks learning, not physiology.
   */
  status: z.enum(['established', 'plausible', 'assumed-by-the-simulator']),
};

/** A higher value of `input` raises (1) or lowers (-1) the output. */
export const SignExpectation = z.strictObject({
  ...shared,
  kind: z.literal('sign'),
  input: z.string().min(1),
  expected: z.union([z.literal(1), z.literal(-1)]),
});
export type SignExpectation = z.output<typeof SignExpectation>;

/** `more` matters more for the output than `less`. */
export const RankingExpectation = z.strictObject({
  ...shared,
  kind: z.literal('ranking'),
  more: z.string().min(1),
  less: z.string().min(1),
});
export type RankingExpectation = z.output<typeof RankingExpectation>;

export const Expectation = z.discriminatedUnion('kind', [SignExpectation, RankingExpectation]);
export type Expectation = z.output<typeof Expectation>;

const ExpectationFile = z.strictObject({ about: z.string(), expectations: z.array(Expectation).min(1) });

/**
 * The list of expected signs and rankings (resources/physiology/expectations.json), checked.
 * @param file - parsed JSON: `about` and `expectations`.
 * @returns the expectations in the order of the file.
 * @throws RangeError when a field is missing, unknown or out of its values, an id appears twice, the same question is
 *   asked twice, or a ranking compares an input with itself.
 */
export function readExpectations(file: unknown): Expectation[] {
  const read = ExpectationFile.safeParse(file);
  if (!read.success) throw new RangeError(`not a list of expectations: ${z.prettifyError(read.error)}`);
  const { expectations } = read.data;
  const ids = new Set<string>();
  const questions = new Set<string>();
  for (const expectation of expectations) {
    if (ids.has(expectation.id)) throw new RangeError(`expectation ${expectation.id} appears twice`);
    ids.add(expectation.id);
    if (expectation.kind === 'ranking' && expectation.more === expectation.less)
      throw new RangeError(`expectation ${expectation.id} ranks ${expectation.more} against itself`);
    const question = questionOf(expectation);
    if (questions.has(question))
      throw new RangeError(`expectation ${expectation.id} asks what another one asks`);
    questions.add(question);
  }
  return expectations;
}

/** Two rankings of the same pair are one question, whichever way round: both ways at once would be sure of one hit. */
function questionOf(expectation: Expectation): string {
  const inputs =
    expectation.kind === 'sign' ? [expectation.input] : [expectation.more, expectation.less].sort();
  return JSON.stringify([expectation.modelId, expectation.output, ...inputs]);
}

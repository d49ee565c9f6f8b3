import { AssertionError } from 'node:assert/strict';

/** A property that the library must have, as one of the reference's invariants states it. */
export interface Law {
  /** As in invariants.json. */
  id: string;
  /** Checks the library. @throws Error when the law does not hold. */
  holds(): void | Promise<void>;
  /** Implementations with one named defect: the law must notice each of them. */
  twins: Readonly<Record<string, () => void | Promise<void>>>;
}

/**
 * A law over some subject: the function or functions under test.
 * @param law.subject - of the library. @param law.check - throws when a subject breaks the law; deterministic (give
 *   fast-check a seed). @param law.twins - subjects with one defect each, at least one.
 */
export function defineLaw<Subject>(law: {
  id: string;
  subject: Subject;
  check: (subject: Subject) => void | Promise<void>;
  twins: Readonly<Record<string, Subject>>;
}): Law {
  if (Object.keys(law.twins).length === 0) throw new Error(`law ${law.id} has no broken twin`);
  return {
    id: law.id,
    holds: () => law.check(law.subject),
    twins: Object.fromEntries(Object.entries(law.twins).map(([name, twin]) => [name, () => law.check(twin)])),
  };
}

/** The error at the bottom of those that wrap it, as fast-check does. */
function rootOf(cause: unknown): unknown {
  return cause instanceof Error && cause.cause instanceof Error ? rootOf(cause.cause) : cause;
}

/** Null when the law notices a twin. One that falls over before the law has judged it shows nothing. */
export async function twinProblem(twin: Law['twins'][string]): Promise<string | null> {
  try {
    await twin();
  } catch (cause) {
    const root = rootOf(cause);
    return root instanceof AssertionError ? null : `falls over: ${String(root)}`;
  }
  return 'is not noticed';
}

/** What is wrong with a law: it does not hold, or something is wrong with a twin. Empty when all is well. */
export async function lawProblems(law: Law): Promise<string[]> {
  const problems: string[] = [];
  try {
    await law.holds();
  } catch (cause) {
    problems.push(`does not hold: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`);
  }
  for (const [name, twin] of Object.entries(law.twins)) {
    const problem = await twinProblem(twin);
    if (problem !== null) problems.push(`twin "${name}": ${problem}`);
  }
  return problems;
}

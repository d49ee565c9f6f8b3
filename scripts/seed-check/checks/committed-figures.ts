/** Figures that were measured by the slow programs and are committed, held against code and data as they are now. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelEvaluation } from '../../../training/evaluate/evaluation-file.ts';
import type { Finding } from '../../../training/evaluate/figures.ts';
import { readEvidence } from '../../evaluate/committed-evidence.ts';
import { currentModelFolder } from '../../headless/local-inference.ts';

const digits = (value: number): string => String(Number(value.toPrecision(3)));

/** A finding in one line, with its interval and n. */
export function findingText({ name, value, low, high, n }: Finding): string {
  const interval = low === high ? '' : ` (95 % interval ${digits(low)} to ${digits(high)})`;
  return `${name} ${digits(value)}${interval}, n = ${n}`;
}

function firstFinding(findings: readonly Finding[], pattern: RegExp, where: string): Finding {
  const found = findings.find((finding) => pattern.test(finding.name));
  if (!found) throw new Error(`${where} has no finding ${pattern}`);
  return found;
}

/**
 * A finding of an experiment.
 * @throws Error when the evidence is missing, stale, or has no such finding: then the row fails.
 */
export async function evidenceText(name: string, pattern: RegExp): Promise<string> {
  const { state, figures } = await readEvidence(name);
  if (!state.startsWith('up to date')) throw new Error(`evidence ${name}: ${state}`);
  return findingText(firstFinding(figures.findings, pattern, name));
}

/** What was published about the model in use. @throws Error when a judged check of it does not hold. */
export function published(modelId: string): ModelEvaluation {
  const folder = currentModelFolder(modelId);
  const evaluation = ModelEvaluation.parse(JSON.parse(readFileSync(join(folder, 'evaluation.json'), 'utf8')));
  const missed = evaluation.checks.filter((check) => check.ok === false);
  if (missed.length > 0) throw new Error(`${modelId}: ${missed[0]?.name} does not hold`);
  return evaluation;
}

export const publishedText = (modelId: string, pattern: RegExp): string =>
  findingText(firstFinding(published(modelId).findings, pattern, modelId));

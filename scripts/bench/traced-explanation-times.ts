/** An answer with a force trace explained whole: ten measurements, repeats, and the eight stretches inside the trace. */
import { readFileSync } from 'node:fs';
import { ModelInput } from '../../core/contract/schemas/judgement.ts';
import type { LocalInference } from '../headless/local-inference.ts';

const EXPLAINED = 20;

/** @returns milliseconds, one an explanation. @throws Error when the sample clinic has no session with a trace. */
export function tracedExplanationTimes({ predict, explain }: LocalInference): number[] {
  const content = JSON.parse(readFileSync('resources/sample-clinic/clinic.json', 'utf8')) as {
    tables: { prediction: { model_input: string }[] };
  };
  const input = content.tables.prediction
    .map((row) => ModelInput.parse(JSON.parse(row.model_input)))
    .find(({ pinchTraceN }) => pinchTraceN != null);
  if (input === undefined) throw new Error('no session of the sample clinic has a trace');
  const prediction = predict(input);
  explain(input, prediction);
  return Array.from({ length: EXPLAINED }, () => {
    const started = performance.now();
    const { traceBands } = explain(input, prediction);
    if (traceBands === undefined) throw new Error('the trace was not explained');
    return performance.now() - started;
  });
}

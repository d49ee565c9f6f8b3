import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ForecastQuestion, ModelForecast } from '../../../core/contract/schemas/forecast.ts';
import { modelForecastOf } from '../../../core/inference/model-forecast.ts';
import { loadNextVisitBundle } from '../../../core/inference/next-visit-bundle.ts';

export type Forecaster = (question: ForecastQuestion) => ModelForecast;

/**
 * The forecast that a `next-visit` bundle gives by itself, with the Float64 engine; null when its files cannot be read:
 * the app goes on without this model.
 */
export async function forecasterOf(folder: string): Promise<Forecaster | null> {
  try {
    const bundle = await loadNextVisitBundle(
      async (path) => new Uint8Array(readFileSync(join(folder, path))),
      async (bytes) => createHash('sha256').update(bytes).digest('hex'),
    );
    return (question) => modelForecastOf(bundle, question);
  } catch {
    return null;
  }
}

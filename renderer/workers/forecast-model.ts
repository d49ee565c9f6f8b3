import type { ForecastQuestion, ModelForecast } from '../../core/contract/schemas/forecast.ts';
import { BundleError, GOLDEN_TOLERANCE, goldenGap } from '../../core/inference/bundle.ts';
import { modelForecastOf } from '../../core/inference/model-forecast.ts';
import { loadNextVisitBundle, type NextVisitBundle } from '../../core/inference/next-visit-bundle.ts';
import { float64EnsembleForward } from '../../core/networks/ensemble-forward.ts';
import { currentModel, sha256 } from './model-files.ts';

export type ForecastModel = (question: ForecastQuestion) => Promise<ModelForecast>;

/**
 * The lean network of the next visit: loaded, verified and checked on its golden case at the first question. The Float64
 * engine answers, and the host repeats the same numbers. What failed is tried anew the next time.
 * @throws BundleError when the model cannot be used; RangeError for a question that is none.
 */
export function forecastModel(modelsBaseUrl: string): ForecastModel {
  let loading: Promise<NextVisitBundle> | null = null;
  const load = async () => {
    const bundle = await loadNextVisitBundle(await currentModel(modelsBaseUrl, 'next-visit'), sha256);
    if (!(goldenGap(bundle.golden, float64EnsembleForward(bundle.members)) <= GOLDEN_TOLERANCE)) {
      throw new BundleError('hash-mismatch', 'golden.json');
    }
    return bundle;
  };
  return async (question) => {
    loading ??= load();
    const own = loading;
    own.catch(() => {
      if (loading === own) loading = null;
    });
    return modelForecastOf(await own, question);
  };
}

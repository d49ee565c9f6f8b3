/** An invented comparison of methods, and a client of the worker whose comparisons a test ends by hand. */
import type { Attribution } from '../../../../core/explain/attribution.ts';
import type { RunProgress } from '../../../../core/explain/coalition-run.ts';
import type { CallChanges } from '../../../../core/inference/call-changes.ts';
import type { LabRow, MethodsLab } from '../../../../core/inference/methods-lab.ts';
import type { InferenceClient } from '../../../workers/inference-client.ts';
import type { ComparedMethods, MethodsQuestion } from '../../../workers/inference-protocol.ts';

const UNITS = ['pinch-percent-expected', 'wrist-extension-percent-expected'] as const;

export function rowOf(
  change: Partial<Omit<LabRow, 'values' | 'attribution'>> & Pick<LabRow, 'method' | 'title'>,
  values: readonly number[],
  unit = 'logit',
): LabRow {
  const attribution: Attribution = {
    method: change.method,
    parameters: {},
    reference: { name: 'nonimpaired people', row: Float64Array.of(100, 100) },
    values: Float64Array.from(values),
    shape: [values.length],
    unit,
    output: 1,
    referenceOutput: 0,
    residual: 0,
    ledger: null,
    seed: null,
  };
  return {
    family: 'perturbation',
    isSigned: true,
    attribution,
    values: attribution.values,
    completenessGap: 0,
    biasShare: null,
    deletion: { gain: 0.4, p: 0.5 },
    signAgreement: 1,
    maxSensitivity: 0.25,
    ...change,
  };
}

export function labOf(change: Partial<MethodsLab> = {}): MethodsLab {
  return {
    modelId: 'wrist-state',
    asked: 'four-corner fusion rather than proximal row carpectomy',
    unit: 'logit',
    referenceName: 'nonimpaired people of the same sex, age and size (simulated)',
    units: UNITS,
    output: 1,
    referenceOutput: 0,
    rows: [
      rowOf({ method: 'exact-shapley', title: 'Exact Shapley values' }, [-0.5, 1.5]),
      rowOf(
        { method: 'integrated-gradients', title: 'Integrated gradients', completenessGap: 0.034 },
        [-1.7, 1.2],
      ),
      rowOf(
        {
          method: 'saliency',
          title: 'Saliency',
          family: 'gradient',
          isSigned: false,
          completenessGap: null,
          signAgreement: null,
        },
        [0.2, 0.1],
        'logit per unit of the input',
      ),
    ],
    refusals: [
      {
        method: 'deep-lift',
        title: 'DeepLIFT (rescale rule)',
        why: 'the layer "lstm-0" has no rescale rule',
      },
    ],
    agreements: [
      {
        first: 'exact-shapley',
        second: 'integrated-gradients',
        spearman: 0.5,
        signAgreement: 1,
        topKOverlap: 0,
      },
      { first: 'exact-shapley', second: 'saliency', spearman: -1, signAgreement: null, topKOverlap: 0 },
      {
        first: 'integrated-gradients',
        second: 'saliency',
        spearman: null,
        signAgreement: null,
        topKOverlap: 0,
      },
    ],
    flips: {
      predictedClass: 1,
      perFeature: [
        { column: 0, increase: null, decrease: null },
        { column: 5, increase: { value: 60, delta: 20, newClass: 0 }, decrease: null },
      ],
      smallest: { column: 5, flip: { value: 60, delta: 20, newClass: 0 } },
    },
    bandFlips: null,
    repeatedMeasurements: 5,
    seed: 'test',
    ...change,
  };
}

const CHANGES: CallChanges = {
  call: 'four-corner-fusion',
  changes: [
    {
      feature: 'wrist-extension-percent-expected',
      value: 60,
      delta: 20,
      newClass: 'nonimpaired',
      isToLimit: true,
    },
  ],
  steady: ['pinch-percent-expected'],
};

export const comparedOf = (lab: Partial<MethodsLab> = {}, changes = CHANGES): ComparedMethods => ({
  lab: labOf(lab),
  classes: ['four-corner-fusion', 'proximal-row-carpectomy'],
  networkCount: 5,
  changes,
});

export interface StartedComparison {
  question: MethodsQuestion;
  isCancelled: boolean;
  say(progress: RunProgress): void;
  finish(compared: ComparedMethods): void;
  fail(cause: unknown): void;
}

/** Every comparison that was started, newest last. @param bundleHash - of the model that "runs". */
export function handInference(bundleHash: string) {
  const started: StartedComparison[] = [];
  const client: InferenceClient = {
    ready: Promise.resolve({ modelId: 'wrist-state', version: '0.2.0', bundleHash, backend: 'test' }),
    predict: () => Promise.reject(new Error('nothing is predicted here')),
    explain: () => Promise.reject(new Error('nothing is explained here')),
    callChanges: () => Promise.reject(new Error('no single change is asked for here')),
    compareMethods: (question, onProgress) => {
      const { promise, resolve, reject } = Promise.withResolvers<ComparedMethods | null>();
      const run: StartedComparison = {
        question,
        isCancelled: false,
        say: onProgress,
        finish: resolve,
        fail: reject,
      };
      started.push(run);
      return {
        result: promise,
        cancel: () => {
          run.isCancelled = true;
          resolve(null);
        },
      };
    },
    analyse: () => Promise.reject(new Error('nothing is analysed here')),
    explainAnalysis: () => Promise.reject(new Error('nothing is explained here')),
    forecast: () => Promise.reject(new Error('nothing is forecast here')),
    dispose: () => {},
  };
  return { client, started };
}

import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import { controlledRun, RunCancelled, type RunControls } from '../../core/explain/coalition-run.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { callChanges } from '../../core/inference/call-changes.ts';
import { explainedWristState } from '../../core/inference/explained-wrist-state.ts';
import { methodsLabRun } from '../../core/inference/methods-lab.ts';
import type { ComparedMethods, MethodsQuestion } from './inference-protocol.ts';

/** The same draws each time, so that the same result gives the same table. */
const SEED = 'methods-lab';
/** Work between two looks at the messages of the page, milliseconds. */
const WORK_MS = 50;

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

/**
 * Every method on the shown result, in slices: between two of them the worker answers other requests.
 * @returns null when the signal was aborted.
 * @throws RangeError when the prediction has no probabilities, is of another bundle or has no units of this level.
 */
export async function compareMethods(
  bundle: WristStateBundle,
  { input, prediction, level, layerWiseRelevance }: MethodsQuestion,
  controls: Pick<RunControls, 'onProgress' | 'signal'>,
  nowMs: () => number,
): Promise<ComparedMethods | null> {
  const { probabilities } = prediction;
  if (!probabilities) throw new RangeError('a refused prediction has nothing to compare');
  if (prediction.bundleHash !== bundle.bundleHash)
    throw new RangeError('the prediction is of another bundle');
  // The same two classes as the stored explanation: the most probable one and the runner-up.
  const order = WRIST_CLASSES.map((_, index) => index).sort((a, b) => probabilities[b]! - probabilities[a]!);
  const explained = explainedWristState(bundle, input, order[0]!, order[1]!);
  let sliceStartMs = nowMs();
  try {
    const lab = await controlledRun(methodsLabRun(explained, { level, layerWiseRelevance, seed: SEED }), {
      ...controls,
      pause: () => {
        if (nowMs() - sliceStartMs < WORK_MS) return undefined;
        return nextTask().then(() => {
          sliceStartMs = nowMs();
        });
      },
    });
    return {
      lab,
      classes: [WRIST_CLASSES[order[0]!]!, WRIST_CLASSES[order[1]!]!],
      networkCount: explained.members.length,
      changes: lab.flips && callChanges(bundle, input, prediction),
    };
  } catch (cause) {
    if (cause instanceof RunCancelled) return null;
    throw cause;
  }
}

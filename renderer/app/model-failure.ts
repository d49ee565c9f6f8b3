import type { WireError } from '../../core/contract/errors.ts';
import type { InferenceFailure } from '../workers/inference-protocol.ts';
import { errorText } from './error-text.ts';

/** Why there is no result or no explanation: the store refused, or the model on this computer cannot be used. */
export type RevealFailure =
  | { from: 'store'; error: WireError }
  | { from: 'model'; code: InferenceFailure; path: string };

const CODES: readonly InferenceFailure[] = ['hash-mismatch', 'missing-file', 'not-understood', 'engine'];

/** The failure behind a rejected answer of the worker; anything unknown is one of the engine. */
export function modelFailureOf(cause: unknown): RevealFailure {
  const { code, path } = (cause ?? {}) as { code?: unknown; path?: unknown };
  const known = CODES.find((each) => each === code);
  return { from: 'model', code: known ?? 'engine', path: typeof path === 'string' ? path : '' };
}

export interface FailureWords {
  title: string;
  whatToDo: string;
  incident: string | null;
}

/** What happened, with the file it happened to, and what to do. */
export function failureWords(failure: RevealFailure): FailureWords {
  if (failure.from === 'store') return { ...errorText(failure.error), incident: failure.error.incident };
  const file = failure.path === '' ? 'A file of the model' : `The file “${failure.path}” of the model`;
  const words: Record<InferenceFailure, Omit<FailureWords, 'incident'>> = {
    'hash-mismatch': {
      title: `${file} is not the one that was shipped, so the model was not used.`,
      whatToDo: 'Ask your IT contact to reinstall Prehensa, then open this session again.',
    },
    'missing-file': {
      title: `${file} is missing on this computer, so the model could not be asked.`,
      whatToDo: 'Ask your IT contact to reinstall Prehensa, then open this session again.',
    },
    'not-understood': {
      title: `${file} cannot be read by this version of Prehensa, so the model was not used.`,
      whatToDo: 'Ask your IT contact to install Prehensa again with its own models.',
    },
    engine: {
      title: 'The model could not be run on this computer.',
      whatToDo: 'Try again; if it happens again, close Prehensa and start it anew.',
    },
  };
  return { ...words[failure.code], incident: null };
}

import type { VectorRunner } from '../runner.ts';
import { runComposite } from '../written-relevance.ts';

export const run: VectorRunner = runComposite;

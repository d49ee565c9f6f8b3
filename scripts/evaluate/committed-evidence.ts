import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Figures, noFigures } from '../../training/evaluate/figures.ts';
import { Evidence, figuresOfEvidence, staleReasons } from '../../training/experiments/evidence-file.ts';
import { EXPERIMENTS } from '../../training/experiments/experiments.ts';
import { presentHashes, referenceFolder } from '../experiments/present-hashes.ts';
import { readJsonOr } from '../processes/atomic-files.ts';

export interface ReadEvidence {
  name: string;
  title: string;
  about: string;
  /** "up to date", or why not. */
  state: string;
  figures: Figures;
}

/** One experiment's committed evidence, held against code and data as they are now. */
export async function readEvidence(name: string): Promise<ReadEvidence> {
  const experiment = await EXPERIMENTS[name]!();
  const base = { name, title: experiment.title, about: experiment.about };
  const parsed = Evidence.safeParse(readJsonOr(join('models/evidence', `${name}.json`)));
  if (!parsed.success) {
    const why = `was never run: npm run experiments -- --only ${name}`;
    return {
      ...base,
      state: 'never run',
      figures: {
        ...noFigures(),
        checks: [
          { name: 'evidence', value: 0, low: 0, high: 0, bar: `the experiment ${why}`, ok: null, n: 0 },
        ],
      },
    };
  }
  const reasons = staleReasons(parsed.data, experiment, await presentHashes(experiment));
  const isAbsent = experiment.needs !== undefined && !existsSync(join(referenceFolder(), experiment.needs));
  const absent = isAbsent ? `; ${experiment.needs} is not here, so its files were not compared` : '';
  return {
    ...base,
    state: `${reasons.length === 0 ? 'up to date' : `stale: ${reasons.join('; ')}`}${absent}`,
    figures: figuresOfEvidence(parsed.data, experiment, reasons),
  };
}

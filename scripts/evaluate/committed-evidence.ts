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
  const path = join('models/evidence', `${name}.json`);
  const unusable = (state: string, ok: boolean | null): ReadEvidence => ({
    ...base,
    state,
    figures: {
      ...noFigures(),
      checks: [
        {
          name: 'evidence',
          value: 0,
          low: 0,
          high: 0,
          bar: `${path}: ${state}; npm run experiments -- --only ${name}`,
          ok,
          n: 0,
        },
      ],
    },
  });
  if (!existsSync(path)) return unusable('never run', null);
  const parsed = Evidence.safeParse(readJsonOr(path));
  if (!parsed.success) return unusable('the file cannot be read', false);
  const reasons = staleReasons(parsed.data, experiment, await presentHashes(experiment));
  const isAbsent = experiment.needs !== undefined && !existsSync(join(referenceFolder(), experiment.needs));
  const absent = isAbsent ? `; ${experiment.needs} is not here, so its files were not compared` : '';
  let figures: Figures;
  try {
    figures = figuresOfEvidence(parsed.data, experiment, reasons);
  } catch (cause) {
    return unusable(
      `its cells are not understood (${cause instanceof Error ? cause.message.slice(0, 200) : String(cause)})`,
      false,
    );
  }
  return {
    ...base,
    state: `${reasons.length === 0 ? 'up to date' : `stale: ${reasons.join('; ')}`}${absent}`,
    figures,
  };
}

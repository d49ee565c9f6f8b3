import { availableParallelism } from 'node:os';
import { writeFileAtomically } from './atomic-files.ts';

/** How long a whole run of a program took, for the README. */
export interface RunTime {
  program: string;
  seconds: number;
  cores: number;
  bar: string;
}

/** Keeps the time of a complete run; a run of some parts says nothing about the bar and is not kept. */
export function recordTime(program: string, seconds: number, bar: string): void {
  const time: RunTime = { program, seconds: Math.round(seconds), cores: availableParallelism(), bar };
  writeFileAtomically(`out/timings/${program}.json`, `${JSON.stringify(time)}\n`);
}

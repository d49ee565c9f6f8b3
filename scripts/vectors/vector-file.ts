import { readFileSync, statSync } from 'node:fs';
import * as z from 'zod';

/** Largest |actual - expected| that passes: abs + rel * |expected|. */
export interface Tolerance {
  abs: number;
  rel: number;
}

/** One reference case; besides its name everything depends on its kind. */
export type VectorCase = Readonly<Record<string, unknown>> & { name: string };

/** A file of reference cases. */
export interface VectorFile {
  /** File name without folder and ending. */
  stem: string;
  /** Networks that the cases name. */
  nets: Readonly<Record<string, unknown>>;
  tolerance: Tolerance;
  cases: readonly VectorCase[];
}

const MOST_BYTES = 64_000_000;
const TOLERANCE_KEYS = ['abs', 'rel', 'rtol', 'atol', 'default_atol'] as const;

const FileText = z.looseObject({
  tolerance: z.looseObject({}).optional(),
  nets: z.record(z.string(), z.unknown()).optional(),
  cases: z.array(z.looseObject({})),
});

/**
 * Reads a file in the format of the reference vectors; 'NaN', 'Infinity' and '-Infinity' become numbers.
 * @throws Error when it is no such file.
 */
export function readVectorFile(path: string): VectorFile {
  const file = statSync(path);
  if (!file.isFile()) throw new Error('this is no file');
  if (file.size > MOST_BYTES) throw new Error(`${file.size} bytes are more than ${MOST_BYTES}`);
  const text = FileText.parse(JSON.parse(readFileSync(path, 'utf8'), revive));
  return {
    stem: path.replace(/^.*[\\/]/, '').replace(/\.json$/, ''),
    nets: text.nets ?? {},
    tolerance: toleranceOf(text.tolerance ?? {}, { abs: 0, rel: 0 }),
    // The laws have an id, all others a name.
    cases: text.cases.map((each, index) => ({ ...each, name: String(each.name ?? each.id ?? index) })),
  };
}

function revive(_key: string, value: unknown): unknown {
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity') return Number.POSITIVE_INFINITY;
  if (value === '-Infinity') return Number.NEGATIVE_INFINITY;
  return value;
}

/** Tolerance written in a file or a case, a number being absolute; it replaces all that was said above it. */
export function toleranceOf(written: Readonly<Record<string, unknown>>, above: Tolerance): Tolerance {
  const { tolerance } = written;
  if (typeof tolerance === 'number') return checked({ abs: tolerance, rel: 0 });
  const own = typeof tolerance === 'object' && tolerance ? tolerance : {};
  const named: Record<string, unknown> = { ...written, ...own };
  const numbers = TOLERANCE_KEYS.map((key) => named[key]);
  const [abs, rel, rtol, atol, fallback] = numbers.map((value) =>
    typeof value === 'number' ? value : undefined,
  );
  const absolute = abs ?? atol ?? fallback;
  const relative = rel ?? rtol;
  if (absolute === undefined && relative === undefined) return above;
  return checked({ abs: absolute ?? 0, rel: relative ?? 0 });
}

/** An infinite tolerance would let everything pass. */
function checked({ abs, rel }: Tolerance): Tolerance {
  for (const each of [abs, rel]) {
    if (!(each >= 0 && Number.isFinite(each))) throw new Error('a tolerance is a finite number from 0');
  }
  return { abs, rel };
}

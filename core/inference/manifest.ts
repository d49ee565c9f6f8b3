import * as z from 'zod';

/** Numbers a model takes, in order, with unit and the range it was trained on. */
const ModelInputColumn = z.strictObject({
  name: z.string(),
  unit: z.string(),
  low: z.number(),
  high: z.number(),
});

/** Of a file inside the bundle's folder: no "..", no drive, no start at the root. */
const FilePath = z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*\.[a-z]+$/);

/** What a bundle says of itself. Its bytes are hashed: that hash names the model everywhere. */
export const Manifest = z.strictObject({
  format: z.literal('prehensa-bundle-1'),
  modelId: z.string(),
  version: z.string(),
  /** Of the feature definitions; the app refuses a model made for others. */
  featureVersion: z.literal(1),
  statement: z.string(),
  seed: z.string(),
  dataHash: z.string().length(64),
  people: z.strictObject({ train: z.int(), validation: z.int(), calibration: z.int() }),
  backend: z.string(),
  inputs: z.array(ModelInputColumn).min(1),
  outputs: z.array(z.string()).min(1),
  members: z.int().min(1),
  weightsPerMember: z.int(),
  files: z.array(z.strictObject({ path: FilePath, bytes: z.int(), sha256: z.string().length(64) })).min(1),
});
export type Manifest = z.output<typeof Manifest>;

/** Golden case: inputs and the raw outputs of every member, from the machine that trained them. */
export const Golden = z.strictObject({
  inputs: z.array(z.array(z.number())).min(1),
  /** [member][row][output] */
  outputs: z.array(z.array(z.array(z.number()))).min(1),
});
export type Golden = z.output<typeof Golden>;

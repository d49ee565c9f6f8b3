import * as z from 'zod';

const CalendarDate = z.iso.date();

/** A course of care of one side, or both, with what it is for. */
export const EpisodeFields = z
  .strictObject({
    side: z.enum(['right', 'left', 'both']),
    diagnosis: z.string().trim().min(1).max(300),
    operation: z.enum(['none', 'four-corner-fusion', 'proximal-row-carpectomy', 'other']),
    operationNote: z.string().trim().max(300),
    operationDate: CalendarDate.nullable(),
    startedOn: CalendarDate,
    /** Null while it goes on. */
    endedOn: CalendarDate.nullable(),
  })
  .refine((episode) => episode.endedOn === null || episode.endedOn >= episode.startedOn, {
    message: 'an episode ends after it starts',
  });
export type EpisodeFields = z.output<typeof EpisodeFields>;

export const Episode = z.strictObject({
  ...EpisodeFields.shape,
  id: z.uuid(),
  version: z.int().min(1),
});
export type Episode = z.output<typeof Episode>;

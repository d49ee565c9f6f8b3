import type { TraceBandsProps } from './trace-band-props.ts';

/** A trace with brushed bands for and against an answer; drawn soon. */
export function TraceBands(props: TraceBandsProps) {
  return <figure aria-label={props.label} />;
}

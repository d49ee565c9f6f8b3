/**
 * A ref for the control that a person goes on from when the one they pressed has gone: it gets the cursor once, when it
 * comes on screen. Without it the cursor falls to the top of the page.
 */
export const focusOnArrival = (node: HTMLElement | null): void => node?.focus();

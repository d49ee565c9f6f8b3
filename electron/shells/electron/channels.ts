/** The two inter-process channels: one request with one answer, and pushes. */
export const WIRE_CHANNEL = 'app:wire';
export const PUSH_CHANNEL = 'app:push';

/** Who measured, by name: whoever saved the values, and who began where that was somebody else. */
export const measuredBy = (session: { userName: string; begunByName?: string | undefined }): string =>
  session.begunByName === undefined
    ? session.userName
    : `${session.userName} (begun by ${session.begunByName})`;

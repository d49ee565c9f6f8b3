export type ReadText = (path: string) => Promise<string | null>;

/** Reads a file of the app's own origin; null when it is missing. */
export const readOwnFile: ReadText = async (path) => {
  try {
    const response = await fetch(path);
    return response.ok ? await response.text() : null;
  } catch {
    // The shell refused the file: the same to the reader as a missing one.
    return null;
  }
};

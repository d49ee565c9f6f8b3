/** "key pinch" as a heading or the start of a sentence: "Key pinch". Only the first letter changes. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

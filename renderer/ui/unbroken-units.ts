const NUMBER_AND_UNIT = /(\d) (?=(?:kg·cm|kg|lb·in|lb|N·m|N|%|s|cm|mm|points)(?![\p{L}\p{N}]))/gu;

/** Keeps a number and its unit on one line. */
export const unbrokenUnits = (text: string): string => text.replace(NUMBER_AND_UNIT, '$1\u00a0');

/** Words for the values that say which hand, and whose: values are stored, words are read. */
export const SIDE_NAMES = { right: 'right', left: 'left' } as const;
export const SEX_NAMES = { female: 'female', male: 'male' } as const;
export const HANDED_NAMES = { right: 'right-handed', left: 'left-handed' } as const;
/** What a driver says about the answer given, with a sign beside the word. */
export const DIRECTION_WORDS = { for: '+ for', against: '− against' } as const;

/** A hand in running text, or nothing where no side is known. */
export const sideName = (side: 'right' | 'left' | null | undefined): string => (side ? SIDE_NAMES[side] : '');

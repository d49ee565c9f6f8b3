import international from '../../resources/norms/international-2025-grip.json' with { type: 'json' };
import korea from '../../resources/norms/korea-fitness-grip.json' with { type: 'json' };
import massyWestropp from '../../resources/norms/massy-westropp-2011-grip.json' with { type: 'json' };
import mathiowetzGrip from '../../resources/norms/mathiowetz-1985-grip.json' with { type: 'json' };
import mathiowetzKeyPinch from '../../resources/norms/mathiowetz-1985-key-pinch.json' with { type: 'json' };
import steginkJansen from '../../resources/norms/stegink-jansen-2003-key-pinch.json' with { type: 'json' };
import steiber from '../../resources/norms/steiber-2016-grip.json' with { type: 'json' };
import steiberByHeight from '../../resources/norms/steiber-2016-grip-by-height.json' with { type: 'json' };
import { type NormTableKind, parseNormTable } from './norm-table-schema.ts';

const KEY_PINCH_LB: NormTableKind = { measure: 'key-pinch', unit: 'lb' };
const GRIP_LB: NormTableKind = { measure: 'grip', unit: 'lb' };
const GRIP_KG: NormTableKind = { measure: 'grip', unit: 'kg' };

/** Fitted: the key pinch curves and spreads of virtual people (design decision 4). No other table here is. */
export const MATHIOWETZ_KEY_PINCH = parseNormTable(mathiowetzKeyPinch, KEY_PINCH_LB);
/** Reported beside the simulated people, never fitted. */
export const STEGINK_JANSEN_KEY_PINCH = parseNormTable(steginkJansen, KEY_PINCH_LB);
export const MATHIOWETZ_GRIP = parseNormTable(mathiowetzGrip, GRIP_LB);
export const MASSY_WESTROPP_GRIP = parseNormTable(massyWestropp, GRIP_KG);
export const STEIBER_GRIP = parseNormTable(steiber, GRIP_KG);
export const STEIBER_GRIP_BY_HEIGHT = parseNormTable(steiberByHeight, GRIP_KG);
export const INTERNATIONAL_GRIP = parseNormTable(international, GRIP_KG);
export const KOREA_GRIP = parseNormTable(korea, GRIP_KG);

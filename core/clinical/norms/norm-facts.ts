/** What a legend must name of a table beside its source, for every table that ships; "not stated" is an answer. */
export interface NormFacts {
  /** Short name: first author and year of publication. */
  name: string;
  year: number | null;
  device: string;
  population: string;
}

const MATHIOWETZ = {
  name: 'Mathiowetz 1985',
  year: 1985,
  population: 'adults of 20-94 years in Milwaukee, USA (310 men, 328 women)',
} as const;
const STEIBER = {
  name: 'Steiber 2016',
  year: 2016,
  device: 'Smedley dynamometer',
  population: 'people living in Germany, 17-90 years (household panel 2006-2014)',
} as const;

/** By id of the table. Devices of tables that were not read in their source are recalled, and say so. */
export const NORM_FACTS: Readonly<Record<string, NormFacts>> = {
  'mathiowetz-1985-key-pinch': { ...MATHIOWETZ, device: 'B&L pinch gauge (recalled)' },
  'mathiowetz-1985-tip-pinch': { ...MATHIOWETZ, device: 'B&L pinch gauge (recalled)' },
  'mathiowetz-1985-palmar-pinch': { ...MATHIOWETZ, device: 'B&L pinch gauge (recalled)' },
  'mathiowetz-1985-grip': { ...MATHIOWETZ, device: 'Jamar dynamometer, handle 2 (recalled)' },
  'stegink-jansen-2003-key-pinch': {
    name: 'Stegink Jansen 2003',
    year: 2003,
    device: 'not stated in what was read',
    population: '135 adults, ages not stated in what was read',
  },
  'massy-westropp-2011-grip': {
    name: 'Massy-Westropp 2011',
    year: 2011,
    device: 'not stated in what was read',
    population: 'adults of Adelaide, Australia (1,366 men, 1,312 women)',
  },
  'steiber-2016-grip': STEIBER,
  'steiber-2016-grip-by-height': { ...STEIBER, name: 'Steiber 2016, by height' },
  'international-2025-grip': {
    name: 'International norms 2025',
    year: 2025,
    device: 'various dynamometers',
    population: '2,405,863 adults of 69 countries',
  },
  'korea-fitness-grip': {
    name: 'Korean fitness tests',
    year: null,
    device: 'not stated',
    population: 'visitors of Korean fitness centres',
  },
};

import type { Device } from '../../../core/contract/schemas/clinical.ts';

export const DEVICE_KIND_WORDS: Record<Device['kind'], string> = {
  'pinch-gauge': 'pinch gauge',
  'load-cell': 'load cell',
  dynamometer: 'dynamometer',
};

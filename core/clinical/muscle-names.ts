/** Muscles and heads of the pinch and grip models under the field's abbreviations, in words. */
export const MUSCLE_NAMES: Readonly<Record<string, string>> = {
  FPL: 'flexor pollicis longus',
  EPL: 'extensor pollicis longus',
  EPB: 'extensor pollicis brevis',
  APL: 'abductor pollicis longus',
  APB: 'abductor pollicis brevis',
  FPB: 'flexor pollicis brevis',
  OPP: 'opponens pollicis',
  ADPt: 'adductor pollicis, transverse head',
  ADPo: 'adductor pollicis, oblique head',
  '1stDI_MC1': 'first dorsal interosseous',
  ECRL: 'extensor carpi radialis longus',
  ECRB: 'extensor carpi radialis brevis',
  ECU: 'extensor carpi ulnaris',
  FCR: 'flexor carpi radialis',
  FCU: 'flexor carpi ulnaris',
  PL: 'palmaris longus',
};

import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildNetwork, type DenseLayer } from '../../networks/network.ts';
import {
  LAYER_WISE_RELEVANCE_DEFAULT,
  LayerWiseRelevancePermission,
  permitLayerWiseRelevance,
  RelevanceNotPermittedError,
} from './availability.ts';
import { layerWiseRelevance, type RelevanceRequest } from './layer-wise-relevance.ts';
import { logitNetwork } from './logit-network.ts';

const layer = (parts: Partial<DenseLayer>): DenseLayer => ({
  kind: 'dense',
  name: 'dense',
  sources: [0],
  outputShape: [2],
  activation: 'linear',
  inputCount: 2,
  outputCount: 2,
  kernel: Float64Array.of(1, -1, 2, 3),
  bias: Float64Array.of(0.5, 0),
  ...parts,
});
const network = (parts: Partial<DenseLayer> = {}) =>
  buildNetwork([{ name: 'input', shape: [2] }], [layer(parts)]);

const request = (changes: Partial<RelevanceRequest> = {}): RelevanceRequest => ({
  members: [network()],
  readout: Float64Array.of(1, -1),
  row: Float64Array.of(1, 2),
  reference: { name: 'zeros', row: new Float64Array(2) },
  composite: { rules: [{ rule: 'epsilon', epsilon: 1e-9 }] },
  unit: 'logit',
  ...changes,
});

const on = permitLayerWiseRelevance('on');

describe('layer-wise relevance', () => {
  it('of a margin, by hand: shares of each logit, with the sign of the readout', () => {
    const { attribution, members } = layerWiseRelevance(request(), on);
    // Logits 1 + 4 + 0.5 and -1 + 6.
    expect(attribution.output).toBeCloseTo(0.5, 12);
    expect(attribution.values[0]).toBeCloseTo(1 + 1, 6);
    expect(attribution.values[1]).toBeCloseTo(4 - 6, 6);
    expect(attribution.ledger!.bias).toBeCloseTo(0.5, 6);
    expect(attribution.method).toBe('layer-wise-relevance');
    expect(attribution.shape).toEqual([2]);
    expect(attribution.parameters.composite).toBe('{"rules":[{"rule":"epsilon","epsilon":1e-9}]}');
    expect(Array.from(members[0]!.layers[0]!.values)).toEqual([5.5, -5]);
  });
  it('counts from the reference, whose own output is what the biases take', () => {
    const reference = { name: 'typical', row: Float64Array.of(1, 1) };
    const { attribution } = layerWiseRelevance(request({ reference }), on);
    // Only the second input differs: 2 - 3 for one step.
    expect(attribution.values[0]).toBeCloseTo(0, 6);
    expect(attribution.values[1]).toBeCloseTo(-1, 6);
    expect(attribution.ledger!.bias).toBeCloseTo(attribution.referenceOutput, 6);
    expect(attribution.residual).toBeCloseTo(0, 6);
  });
  it('is the mean of the members', () => {
    const other = network({ kernel: Float64Array.of(3, 1, 0, 1) });
    const alone = [network(), other].map((member) => layerWiseRelevance(request({ members: [member] }), on));
    const both = layerWiseRelevance(request({ members: [network(), other] }), on);
    for (const [j, value] of both.attribution.values.entries()) {
      const mean = (alone[0]!.attribution.values[j]! + alone[1]!.attribution.values[j]!) / 2;
      expect(value).toBeCloseTo(mean, 12);
    }
    const { bias, stabiliser } = both.attribution.ledger!;
    const total = both.attribution.values.reduce((sum, value) => sum + value, bias + stabiliser);
    expect(total).toBeCloseTo(both.attribution.output, 12);
  });
  it('starts at the logit of a network that ends in a softmax or a sigmoid', () => {
    const own = layerWiseRelevance(request(), on).attribution;
    for (const activation of ['softmax', 'sigmoid'] as const) {
      const member = network({ activation });
      expect(logitNetwork(member).layers[0]).toMatchObject({ activation: 'linear' });
      expect(layerWiseRelevance(request({ members: [member] }), on).attribution).toEqual(own);
    }
    expect(logitNetwork(network({ activation: 'tanh' })).layers[0]).toMatchObject({ activation: 'tanh' });
  });
  it.each<[string, Partial<RelevanceRequest>]>([
    ['no member', { members: [] }],
    ['a short readout', { readout: Float64Array.of(1) }],
    ['a readout that is no number', { readout: Float64Array.of(1, Number.NaN) }],
    ['a short row', { row: Float64Array.of(1) }],
    ['a row that is no number', { row: Float64Array.of(1, Number.NaN) }],
    ['a reference without a name', { reference: { name: ' ', row: new Float64Array(2) } }],
    ['a short reference', { reference: { name: 'zeros', row: new Float64Array(1) } }],
    ['a rule too many', { composite: { rules: [{ rule: 'flat' }, { rule: 'flat' }] } }],
  ])('refuses %s', (_name, changes) => {
    expect(() => layerWiseRelevance(request(changes), on)).toThrow(RangeError);
  });
});

describe('the setting', () => {
  it('is off unless somebody switches it on, and off gives no permission', () => {
    expect(LAYER_WISE_RELEVANCE_DEFAULT).toBe('off');
    expect(permitLayerWiseRelevance(LAYER_WISE_RELEVANCE_DEFAULT)).toBeNull();
  });
  it('refuses to run without a permission or with something that only looks like one', () => {
    const lookalike: LayerWiseRelevancePermission = Object.create(LayerWiseRelevancePermission.prototype);
    for (const permission of [null, lookalike]) {
      expect(() => layerWiseRelevance(request(), permission)).toThrow(RelevanceNotPermittedError);
    }
  });
  it('is switched on nowhere in what ships', () => {
    const shipped = ['core', 'electron', 'renderer'].flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`));
    const switchesOn = shipped.filter(
      (path) =>
        !/\.test\.tsx?$/.test(path) &&
        /(permitLayerWiseRelevance\(|LayerWiseRelevancePermission\.of\(|layerWiseRelevance: )\s*['"`]on['"`]/.test(
          readFileSync(path, 'utf8'),
        ),
    );
    expect(shipped.length).toBeGreaterThan(100);
    expect(switchesOn).toEqual([]);
    // Only this room reaches the propagation itself, which asks for no permission.
    const reaching = shipped.filter(
      (path) =>
        !path.startsWith('core/explain/relevance/') &&
        readFileSync(path, 'utf8').includes('propagate-relevance'),
    );
    expect(reaching).toEqual([]);
  });
});

/** Relevance has no rule for something in the network; `layer` names it. */
export class UnsupportedRelevanceError extends Error {
  readonly layer: string;
  constructor(layer: string, what: string) {
    super(`layer "${layer}": layer-wise relevance has no rule for ${what}`);
    this.name = 'UnsupportedRelevanceError';
    this.layer = layer;
  }
}

/**
 * Layer-wise relevance propagation is the subject of granted patents (docs/layer-wise-relevance.md). It is built, tested
 * and measured like every other explainer, but runs only where this one setting is switched on.
 */
export type LayerWiseRelevanceSetting = 'off' | 'on';

/** What shipped builds use. */
export const LAYER_WISE_RELEVANCE_DEFAULT: LayerWiseRelevanceSetting = 'off';

/** Proof that the setting was on; {@link permitLayerWiseRelevance} is the only place where one is made. */
export class LayerWiseRelevancePermission {
  readonly #setting: LayerWiseRelevanceSetting;

  private constructor(setting: LayerWiseRelevanceSetting) {
    this.#setting = setting;
  }

  /** Null unless the setting is on. */
  static of(setting: LayerWiseRelevanceSetting): LayerWiseRelevancePermission | null {
    return setting === 'on' ? new LayerWiseRelevancePermission(setting) : null;
  }

  /** True for a permission that this class made, false for anything that only looks like one. */
  static isGiven(permission: unknown): permission is LayerWiseRelevancePermission {
    return (
      permission instanceof LayerWiseRelevancePermission &&
      #setting in permission &&
      permission.#setting === 'on'
    );
  }
}

/** Relevance was asked for without the permission that the setting gives. */
export class RelevanceNotPermittedError extends Error {
  constructor() {
    super('layer-wise relevance propagation is switched off');
    this.name = 'RelevanceNotPermittedError';
  }
}

/**
 * The permission that a setting gives.
 * @returns null for `off`, which is the default of shipped builds.
 */
export function permitLayerWiseRelevance(
  setting: LayerWiseRelevanceSetting,
): LayerWiseRelevancePermission | null {
  return LayerWiseRelevancePermission.of(setting);
}

/** @throws RelevanceNotPermittedError without a permission. */
export function checkPermission(permission: LayerWiseRelevancePermission | null): void {
  if (!LayerWiseRelevancePermission.isGiven(permission)) throw new RelevanceNotPermittedError();
}

/** What is wrong with a model, as data: shown at the layer it concerns, never thrown. */

/** Stable names of the rules a model can break. */
export type ModelIssueCode =
  | 'notAnObject'
  | 'unknownType'
  | 'unknownField'
  | 'badValue'
  | 'duplicateName'
  | 'unknownInput'
  | 'wrongInputCount'
  | 'wrongRank'
  | 'emptyOutput'
  | 'strideWithDilation'
  | 'empty'
  | 'wrongOutput'
  | 'tooLarge';

/** A change that would make the layer possible: set `field` of the layer to `value`. */
export interface ModelFix {
  readonly label: string;
  readonly layer: string;
  readonly field: string;
  readonly value: unknown;
}

export interface ModelIssue {
  /** The layer's name, or `model` / `loss` / `optimizer`. */
  readonly layer: string;
  readonly code: ModelIssueCode;
  /** `<layer>: <rule>. Received <name>=<value>.` */
  readonly message: string;
  readonly fix?: ModelFix;
}

/** How trees are grown and boosted. */
export interface BoostSettings {
  /** Trees at most. */
  readonly roundsMax: number;
  /** Ends when the loss on the rows set aside has not fallen for so many rounds. */
  readonly patience: number;
  readonly learningRate: number;
  readonly leavesMax: number;
  readonly depthMax: number;
  /** Rows a leaf must hold. */
  readonly leafRowsMin: number;
  /** Sum of second derivatives a leaf must hold. */
  readonly leafHessianMin: number;
  /** L2 penalty on what a leaf adds. */
  readonly leafPenalty: number;
  /** A split must lower the loss by more. */
  readonly gainMin: number;
  /** Share of the rows that each tree sees, by a hash of their keys. */
  readonly rowShare: number;
  /** Share of the features that each tree may split by. */
  readonly featureShare: number;
  readonly seed: number;
}

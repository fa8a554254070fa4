export { type Calibration, calibrate, calibrationSchema } from "./calibration.ts";
export { fitCalibration } from "./fit-calibration.ts";
export type { LabelledWeight } from "./label-counts.ts";
export { monotone } from "./monotone.ts";

export { type Calibration, calibrate, calibrationSchema } from "./calibration.ts";
export { fitCalibration, type LabelledWeight } from "./fit-calibration.ts";
export { monotone } from "./monotone.ts";

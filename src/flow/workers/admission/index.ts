export { Admission, type Grant } from "./admission.ts";
export { assertFits } from "./assert-fits.ts";
export { type Capacity, hostCapacity } from "./capacity.ts";
export { type Demand, demandOf } from "./demand.ts";
export { readHostConfig } from "./host-config.ts";

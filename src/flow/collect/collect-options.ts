import type { RemovalRight } from "../store/collection-store.ts";
import type { StorePlaces } from "../store/store-places.ts";
import type { CollectionProgress } from "./report.ts";
import type { Retention } from "./retention.ts";

/** What is to be collected. */
export interface CollectOptions extends StorePlaces {
  readonly home: string;
  /** The project whose runs and data sets go; null for all. Blobs that nothing names go whoever made them. */
  readonly project: string | null;
  readonly retention: Retention;
  /** The right to remove versions of production, where retention asks for it. Without a token production keeps all. */
  readonly right?: RemovalRight;
  /** Only says what would go. */
  readonly isDry?: boolean;
  readonly onProgress?: (progress: CollectionProgress) => void;
}

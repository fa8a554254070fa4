import { WorkflowNotFoundError } from "@temporalio/client";
import { defaultPrefix, heldWorkflowId } from "../names.ts";
import type { TemporalPlace } from "../temporal-place.ts";
import { withClient } from "./connect.ts";

/** See the door of the room. */
export async function cancelRun(place: TemporalPlace, run: string, holderId: string): Promise<boolean> {
  return withClient(place, async (client) => {
    try {
      await client.workflow.getHandle(heldWorkflowId(place.prefix ?? defaultPrefix, run, holderId)).cancel();
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  });
}

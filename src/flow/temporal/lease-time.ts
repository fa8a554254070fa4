/** A run whose workflow no worker has spoken for in so long is shown as interrupted, and can be taken over. */
export const leaseMs = 20_000;

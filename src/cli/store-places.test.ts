import { expect, test } from "vitest";
import { storePlaces } from "./store-places.ts";

test("where runs live is the home, unless the environment says otherwise", () => {
  expect(storePlaces({ KINDRED_METADATA: "", AWS_ACCESS_KEY_ID: "key without its other half" })).toEqual({
    s3: {},
  });
  expect(
    storePlaces({
      KINDRED_METADATA: "postgres://kindred@db/films",
      KINDRED_ARTIFACTS: "s3://films/kindred",
      KINDRED_ARTIFACT_CACHE_MIB: "512",
      AWS_ENDPOINT_URL: "http://127.0.0.1:9000",
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
    }),
  ).toEqual({
    metadata: "postgres://kindred@db/films",
    artifacts: "s3://films/kindred",
    cacheBytes: 2 ** 29,
    s3: {
      endpoint: "http://127.0.0.1:9000",
      region: "eu-central-1",
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
    },
  });
});

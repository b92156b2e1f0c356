import {
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  type S3Client,
} from "@aws-sdk/client-s3";
import { ARCHIVES, INCOMING } from "../media.js";

const DAY_SECONDS = 24 * 3600;
/** A picture may wait for a worker, so that it is forgotten much later. */
const WAITING_DAYS = 30;

/**
 * Lets a bucket delete what no worker swept, and the parts of uploads that were cut short. Rules of
 * others stay as they are.
 *
 * @param prefix of the files' names: empty, or with a slash at its end
 * @returns what kept it from that: many services know no such rules, or give no one the right
 */
export async function expireByRules(
  client: S3Client,
  Bucket: string,
  prefix: string,
  seconds: number,
): Promise<string | undefined> {
  const days = Math.ceil(seconds / DAY_SECONDS) + 1;
  const ours = [
    rule(`${prefix}${ARCHIVES}/`, days),
    rule(`${prefix}${INCOMING}/`, days + WAITING_DAYS),
  ];
  const names = new Set<string | undefined>(ours.map(({ ID }) => ID));
  try {
    const known = await client
      .send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
      .catch((error: Error) => {
        if (error.name !== "NoSuchLifecycleConfiguration") throw error;
        return undefined;
      });
    const others = (known?.Rules ?? []).filter(({ ID }) => !names.has(ID));
    const isSame =
      JSON.stringify(known?.Rules?.filter(({ ID }) => names.has(ID))) === JSON.stringify(ours);
    if (isSame) return undefined;
    const LifecycleConfiguration = { Rules: [...others, ...ours] };
    await client.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }),
    );
    return undefined;
  } catch (error) {
    return (error as Error).message || (error as Error).name;
  }
}

function rule(Prefix: string, Days: number): LifecycleRule & { ID: string } {
  return {
    ID: `redis-lab ${Prefix}`,
    Filter: { Prefix },
    Status: "Enabled",
    Expiration: { Days },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  };
}

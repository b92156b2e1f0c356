import { randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ServiceException,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { MediaPathError, SettingError, StorageAwayError, StoredTooLargeError } from "../errors.js";
import { isPlainPath, MARKER } from "../media.js";
import { expireByRules } from "./life-cycle.js";
import type { Content, Storage, StoredFile } from "./storage.js";

/** A stream that is longer than this goes up in parts, which are sent again one by one. */
const PART_BYTES = 8 * 1024 ** 2;
const LINK_SECONDS = 600;
/** What an S3 service says, and the network, that may be over later. */
const PASSING =
  /SlowDown|InternalError|ServiceUnavailable|RequestTimeout|XMinioStorageFull|QuotaExceeded|TimeoutError|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|socket hang up/;

/** Media in a bucket of S3, or of what speaks as S3 does. */
export class S3Storage implements Storage {
  readonly #client: S3Client;
  /** Signs links; browsers may reach the service under another name. */
  readonly #linkClient: S3Client;
  readonly #bucket: string;
  /** Empty, or with a slash at its end. */
  readonly #prefix: string;

  /**
   * @param url `s3://bucket/prefix`; endpoint, region and keys come from the variables that all S3
   *   clients know (AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, ...)
   * @throws {SettingError} for a URL of another form
   */
  constructor(
    readonly shown: string,
    env: NodeJS.ProcessEnv,
  ) {
    const [, bucket = "", prefix = ""] =
      /^s3:\/\/([a-z\d][a-z\d.-]{1,61}[a-z\d])(?:\/(.*?))?\/*$/.exec(shown) ?? [];
    if (bucket === "" || (prefix !== "" && !isPlainPath(prefix))) {
      throw new SettingError("MEDIA_ROOT", shown, "a folder, or to s3://bucket/prefix");
    }
    this.#bucket = bucket;
    this.#prefix = prefix === "" ? "" : `${prefix}/`;
    const endpoint = env["AWS_ENDPOINT_URL_S3"] || env["AWS_ENDPOINT_URL"];
    this.#client = clientOf(endpoint, env);
    const linkEndpoint = env["MEDIA_LINK_ENDPOINT"];
    this.#linkClient = linkEndpoint ? clientOf(linkEndpoint, env) : this.#client;
  }

  async prepare(): Promise<string> {
    const wanted = (reason: string) =>
      `a bucket that can be used (${reason}); AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and ` +
      "AWS_SECRET_ACCESS_KEY tell where it is and who asks";
    try {
      const known = await this.read(MARKER);
      if (known !== undefined) return known.toString().trim();
      const body = { ...this.#at(MARKER), Body: randomUUID(), IfNoneMatch: "*" };
      // The first one counts; who comes second reads it.
      await this.#client.send(new PutObjectCommand(body)).catch(unless(412, 409));
      return (await this.read(MARKER))?.toString().trim() ?? "";
    } catch (error) {
      if (error instanceof StorageAwayError) throw error;
      const { name, message } = error as Error;
      throw new SettingError("MEDIA_ROOT", this.shown, wanted(message || name));
    }
  }

  async write(file: string, content: Content): Promise<void> {
    const at = this.#at(file);
    await passing(async () => {
      if (content instanceof Uint8Array) {
        await this.#client.send(new PutObjectCommand({ ...at, Body: content }));
      } else {
        const params = { ...at, Body: Readable.from(content) };
        await new Upload({ client: this.#client, params, partSize: PART_BYTES }).done();
      }
    });
  }

  async read(file: string, maxBytes = Infinity): Promise<Buffer | undefined> {
    const object = await passing(() =>
      this.#client.send(new GetObjectCommand(this.#at(file))).catch(unless(404)),
    );
    if (object === undefined) return undefined;
    const body = object.Body as Readable;
    if ((object.ContentLength ?? 0) > maxBytes) {
      body.destroy();
      throw new StoredTooLargeError(file, maxBytes);
    }
    return passing(() => buffer(body));
  }

  async find(file: string): Promise<StoredFile | undefined> {
    const at = this.#at(file);
    const head = await passing(() =>
      this.#client.send(new HeadObjectCommand(at)).catch(unless(404)),
    );
    if (head === undefined) return undefined;
    const stream: StoredFile["stream"] = (part) =>
      passing(async () => {
        const range = part && { Range: `bytes=${part.start}-${part.end}` };
        const object = await this.#client.send(new GetObjectCommand({ ...at, ...range }));
        return object.Body as Readable;
      });
    return { bytes: head.ContentLength ?? 0, stream };
  }

  async link(file: string, name: string): Promise<string> {
    // Old browsers read the first name, others the second.
    const plain = name.replace(/[^ -~]|["\\]/g, "_");
    const coded = encodeURIComponent(name).replace(
      /['()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16)}`,
    );
    const command = new GetObjectCommand({
      ...this.#at(file),
      ResponseContentDisposition: `attachment; filename="${plain}"; filename*=UTF-8''${coded}`,
    });
    return getSignedUrl(this.#linkClient, command, { expiresIn: LINK_SECONDS });
  }

  async remove(file: string): Promise<void> {
    await passing(async () => {
      await this.#client.send(new DeleteObjectCommand(this.#at(file)));
    });
  }

  /** A bucket shows no half file. */
  async removeUnfinished(): Promise<void> {}

  async *olderThan(folder: string, before: number): AsyncGenerator<string> {
    const at = { Bucket: this.#bucket, Prefix: `${this.#prefix}${folder}/` };
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({ ...at, ContinuationToken: token });
      const page = await passing(() => this.#client.send(command));
      for (const { Key, LastModified } of page.Contents ?? []) {
        const isOld = LastModified !== undefined && LastModified.getTime() < before;
        if (Key !== undefined && isOld) yield Key.slice(this.#prefix.length);
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  async expireAfter(seconds: number): Promise<string | undefined> {
    return expireByRules(this.#client, this.#bucket, this.#prefix, seconds);
  }

  close(): void {
    this.#client.destroy();
    this.#linkClient.destroy();
  }

  #at(file: string): { Bucket: string; Key: string } {
    if (!isPlainPath(file)) throw new MediaPathError(file);
    return { Bucket: this.#bucket, Key: this.#prefix + file };
  }
}

function clientOf(endpoint: string | undefined, env: NodeJS.ProcessEnv): S3Client {
  return new S3Client({
    region: env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || "us-east-1",
    // Services other than Amazon's have no host name for each bucket, and know no new checksums.
    ...(endpoint && {
      endpoint,
      forcePathStyle: true,
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    }),
  });
}

function unless(...statuses: number[]): (error: S3ServiceException) => undefined {
  return (error) => {
    const { $metadata, name } = error;
    // A bucket that is not there is no missing file.
    if (name === "NoSuchBucket" || !statuses.includes($metadata?.httpStatusCode ?? 0)) throw error;
    return undefined;
  };
}

async function passing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name, message, code = "", $metadata } = error as S3ServiceException & { code?: string };
    const isServers = ($metadata?.httpStatusCode ?? 0) >= 500;
    if (!isServers && !PASSING.test(`${name} ${code} ${message}`)) throw error;
    throw new StorageAwayError(code || name, { cause: error });
  }
}

import type { Readable } from "node:stream";

/** A file that is there. */
export interface StoredFile {
  readonly bytes: number;
  /** Begins to read it, or a part of it: from a byte to another, both included. */
  stream(part?: { readonly start: number; readonly end: number }): Promise<Readable>;
}

/** Whole bytes, or a stream of them. */
export type Content = Uint8Array | AsyncIterable<Uint8Array>;

export interface WriteOptions {
  /** Waits until it would be there after a power cut as well. */
  readonly flush?: boolean;
}

/**
 * Where pictures and archives are kept, for page and workers on many machines: a folder or a bucket.
 * Files have names relative to it, with `/` between their parts. What a call throws is a
 * `MediaPathError` for a name that leads out of it, a `StorageAwayError` for what may pass, else what
 * the file system or the client says.
 */
export interface Storage {
  /** Fit to be shown. */
  readonly shown: string;
  /**
   * Makes it ready, and tells the id that it has had since its first use.
   *
   * @throws {SettingError} when MEDIA_ROOT is none that can be used
   */
  prepare(): Promise<string>;
  /** Stores a file, whole or not at all; one of that name is replaced. */
  write(file: string, content: Content, options?: WriteOptions): Promise<void>;
  /**
   * Undefined when there is no such file.
   *
   * @param maxBytes a larger file is not read
   * @throws {StoredTooLargeError}
   */
  read(file: string, maxBytes?: number): Promise<Buffer | undefined>;
  /** Undefined when there is no such file. */
  find(file: string): Promise<StoredFile | undefined>;
  /**
   * A URL where a browser can fetch a file by itself for some minutes; undefined where only the page
   * can send it.
   *
   * @param name what the browser saves it as
   */
  link(file: string, name: string): Promise<string | undefined>;
  /** Nothing happens when it is gone. */
  remove(file: string): Promise<void>;
  /** Removes what a writer of a file left that was killed. */
  removeUnfinished(file: string): Promise<void>;
  /** Files of a folder that were stored before a time, in milliseconds since 1970. */
  olderThan(folder: string, before: number): AsyncIterable<string>;
  /**
   * Lets the storage forget by itself what no worker swept; where it cannot, nothing happens.
   *
   * @returns what kept it from that, fit for a log
   */
  expireAfter(seconds: number): Promise<string | undefined>;
  close(): void;
}

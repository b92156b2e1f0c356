import type { PictureFormat } from "redis-lab-jobs";
import type { Apng } from "./apng.js";
import type { Encoding } from "./colour.js";

/** What is to be done with pixels that their decoder does not give as a browser shows them. */
export interface Mending {
  readonly encoding?: Encoding | undefined;
  /** ICC, where the decoder does not read it. */
  readonly profile?: Buffer;
  /** Brightness only, from 16 to 235, which the decoder takes for 0 to 255. */
  readonly isNarrowGrey?: boolean;
  /** Inks without a profile: mixed as browsers do. */
  readonly isInk?: boolean;
  /** Rows that are there, of a file that is cut; in the stored height. */
  readonly rows?: number;
}

/** Pixels in memory, 8 bits a channel. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** A picture that was looked at, and not decoded yet. */
export interface Picture {
  readonly format: PictureFormat;
  /** Upright, as a browser shows it. */
  readonly width: number;
  readonly height: number;
  /** More than one in an animation. */
  readonly frames: number;
  /** What the decoder gets: the file, or a mended copy of it. */
  readonly input: Buffer;
  /** Bytes of memory that decoding takes. */
  readonly memory: number;
  /** As EXIF says, 1 to 8: 1 where browsers pass it over. */
  readonly orientation: number;
  readonly mending?: Mending | undefined;
  /** Of an animated PNG, which the decoder takes for a still one. */
  readonly apng?: Apng;
  readonly hasPalette: boolean;
  readonly isGrey: boolean;
  /** The decoder gives what it can of a broken file. */
  readonly isCut?: boolean;
  /** For the user: what is not as it was sent, in whole sentences. */
  readonly notes: readonly string[];
}

import { allThumbnails, type Made } from "#worker/all-thumbnails.js";

type Wanted = Omit<Parameters<typeof allThumbnails>[1], "sizes">;

/** One thumbnail. */
export async function scale(
  bytes: Buffer,
  width: number,
  height: number,
  wanted: Wanted = {},
): Promise<Made & { readonly notes: readonly string[] }> {
  const { made, notes } = await allThumbnails(
    bytes,
    { ...wanted, sizes: [{ width, height }] },
    { onProgress: async () => {}, signal: new AbortController().signal },
  );
  const [only] = made;
  if (only === undefined) throw new Error("no thumbnail");
  return { ...only, notes };
}

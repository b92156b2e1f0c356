// Decodes one HEIC picture in a thread of its own: the decoder keeps the memory that it once had, and
// cannot be stopped otherwise.
"use strict";
const { parentPort, workerData } = require("node:worker_threads");
const libheif = require("libheif-js/wasm-bundle");

/** @type {{ bytes: Uint8Array, maxPixels: number }} */
const { bytes, maxPixels } = workerData;

async function decode() {
  const pictures = new libheif.HeifDecoder().decode(bytes);
  const main = pictures.find((one) => one.is_primary()) ?? pictures[0];
  if (main === undefined) throw new Error("no picture in the file");
  const [width, height] = [main.get_width(), main.get_height()];
  if (width * height > maxPixels) throw new Error("more pixels than its header tells");
  const data = new Uint8ClampedArray(width * height * 4);
  await new Promise((resolve, reject) => {
    main.display({ data, width, height }, (shown) =>
      shown ? resolve(shown) : reject(new Error("it cannot be decoded")),
    );
  });
  parentPort?.postMessage({ data, width, height }, [data.buffer]);
}

void decode();

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { JobClient, storeIncoming, type JobHandle } from "redis-lab-jobs";
import type { RunningLab } from "./running-lab.js";

const FILE = "faults.ipynb";
const JOBS = 20;
/** How long a job may take, when its worker was killed and another takes it over. */
const JOB_MS = 30_000;

/** Saves a notebook in JupyterLab, as its front end does. */
export async function saveNotebook(lab: RunningLab, edit: number): Promise<void> {
  const cell = { cell_type: "code", source: `// edit ${edit}`, metadata: {}, outputs: [] };
  const content = {
    cells: [{ ...cell, execution_count: null }],
    // So large that a save takes some time.
    metadata: { filler: "x".repeat(200_000) },
    nbformat: 4,
    nbformat_minor: 4,
  };
  const body = JSON.stringify({ type: "notebook", format: "json", content });
  const answer = await lab.ask(`/api/contents/${FILE}`, { method: "PUT", body });
  if (!answer.ok) throw new Error(`JupyterLab does not save: ${answer.status}`);
}

/** The edit that is in the notebook on the disk; undefined where that is no whole notebook. */
export async function savedEdit(lab: RunningLab): Promise<number | undefined> {
  try {
    const text = await readFile(join(lab.copy.root, "notebooks", FILE), "utf8");
    const { cells } = JSON.parse(text) as { cells: { source: string | string[] }[] };
    return Number(/edit (\d+)/.exec([cells[0]?.source].flat().join(""))?.[1]);
  } catch {
    return undefined;
  }
}

/** Jobs that were put into the queue. */
export class Jobs {
  private constructor(
    private readonly client: JobClient,
    private readonly handles: readonly JobHandle[],
  ) {}

  static async enqueue(lab: RunningLab, redisUrl: string): Promise<Jobs> {
    const client = new JobClient({ redisUrl });
    const picture = await readFile(join(lab.copy.root, "notebooks", "pictures", "phone.jpg"));
    const media = join(lab.copy.root, ".lab", "media");
    const sizes = [64, 128, 500].map((edge) => ({ width: edge, height: edge }));
    const asked = Array.from({ length: JOBS }, async (_, a): Promise<JobHandle> => {
      if (a % 4 > 0) return client.enqueue("multiply", { a, b: 2 });
      const file = await storeIncoming(media, picture);
      return client.enqueue("make-thumbnails", { file, name: `${a}.jpg`, sizes });
    });
    return new Jobs(client, await Promise.all(asked));
  }

  /** How many have no result. */
  async lost(): Promise<number> {
    const results = await Promise.allSettled(
      this.handles.map((handle) => this.client.awaitResult(handle, JOB_MS)),
    );
    return results.filter(({ status }) => status === "rejected").length;
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** Whether the lab does everything that it does: page, JupyterLab, a job. */
export async function isWhole(lab: RunningLab): Promise<boolean> {
  if (lab.urls === undefined) return false;
  const client = new JobClient({ redisUrl: await lab.redisUrl() });
  try {
    const job = await client.enqueue("multiply", { a: 3, b: 4 });
    const [product, page, status] = await Promise.all([
      client.awaitResult(job, 5000),
      fetch(lab.urls.page, { signal: AbortSignal.timeout(5000) }),
      lab.ask("/api/status"),
    ]);
    return product === 12 && page.ok && status.ok;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

import { task } from "../exercises/task.js";

export interface Box {
  width: number;
  height: number;
}
export type BoxFor = (picture: Box, width: number) => unknown;
export type Ended = (job: { getState(): Promise<string> }) => unknown;

export const tasks = {
  1: task(
    "both sides are limits: the height must not be the smaller one",
    async (t, boxFor: BoxFor) => {
      for (const [picture, width] of [
        [{ width: 100, height: 1000 }, 20],
        [{ width: 327, height: 244 }, 128],
        [{ width: 640, height: 10 }, 64],
      ] as const) {
        const run = await t.call("boxFor", boxFor, picture, width);
        const box = run.value as Partial<Box> | undefined;
        const scale = Math.min(
          Number(box?.width) / picture.width,
          Number(box?.height) / picture.height,
          1,
        );
        const got = Math.round(picture.width * scale);
        t.same(got, width, `${run.call}: the thumbnail should be ${width} pixels wide.`);
      }
    },
  ),
  2: task("a loop: ask, return what is final, else pause", async (t, ended: Ended) => {
    for (const states of [
      ["waiting", "active", "active", "completed"],
      ["delayed", "active", "failed"],
      ["completed"],
    ]) {
      let asked = 0;
      const times: number[] = [];
      const getState = async () => {
        times.push(performance.now());
        return states[asked++] ?? states.at(-1) ?? "";
      };
      const run = await t.call("ended", () => ended({ getState }));
      run.gives(states.at(-1), `The job is ${states.join(", then ")}.`);
      t.same(asked, states.length, "It should ask no more when the job has ended.");
      const hasPauses = times.every(
        (time, index) => index === 0 || time - (times[index - 1] ?? 0) > 30,
      );
      t.that(hasPauses, "Between two questions there should be a pause of 50 ms.");
    }
  }),
};

import type { Queue } from "bullmq";
import type { AnswerTable } from "../answer-table.js";

const upsertAll = async (queue: Queue, wanted: Record<string, number>) => {
  for (const [id, every] of Object.entries(wanted)) await queue.upsertJobScheduler(id, { every });
};

export const answers: AnswerTable = {
  "9e/1": {
    right: [
      async (queue: Queue, user, ms) => {
        const known = await queue.getJob(`reminder-${user}`);
        if (known) await known.changeDelay(ms);
        else await queue.add("reminder", { user }, { delay: ms, jobId: `reminder-${user}` });
      },
      async (queue: Queue, user, ms) => {
        await queue.remove(user);
        await queue.add("reminder", { user }, { delay: ms, jobId: user });
      },
    ],
    wrong: [
      [(queue: Queue, user, ms) => queue.add("reminder", { user }, { delay: ms }), "two reminders"],
      [
        (queue: Queue, user, ms) => queue.add("reminder", { user }, { delay: ms, jobId: user }),
        "The last call for a user should count.",
      ],
    ],
  },
  "9e/2": {
    right: [
      async (queue: Queue, wanted) => {
        for (const { key } of await queue.getJobSchedulers()) {
          if (!(key in wanted)) await queue.removeJobScheduler(key);
        }
        await upsertAll(queue, wanted);
      },
    ],
    wrong: [
      [upsertAll, "Wanted: weather, mail."],
      [
        async (queue: Queue, wanted) => {
          const known = (await queue.getJobSchedulers()).map(({ key }) => key);
          for (const key of known) if (!(key in wanted)) await queue.removeJobScheduler(key);
          for (const [id, every] of Object.entries(wanted)) {
            if (!known.includes(id)) await queue.upsertJobScheduler(id, { every });
          }
        },
        "Wanted: weather, mail.",
      ],
    ],
  },
};

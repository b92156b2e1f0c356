/** The exercises, by the section of their notebook's keys; loaded when one is checked. */
export const sections = {
  "1.2-4": () => import("./1.2-4.js"),
  "3": () => import("./3.js"),
  "1.2-3": () => import("./1.2-3.js"),
  "9b": () => import("./9b.js"),
  "9c": () => import("./9c.js"),
  "9d": () => import("./9d.js"),
  "9e": () => import("./9e.js"),
  "9f": () => import("./9f.js"),
};

type Section = keyof typeof sections;
type TasksOf<S extends Section> = Awaited<ReturnType<(typeof sections)[S]>>["tasks"];

/** Section and number of an exercise, such as `2a/1`. */
export type ExerciseId = { [S in Section]: `${S}/${keyof TasksOf<S> & number}` }[Section];

/** The function that an exercise asks for. */
export type AnswerTo<Id extends ExerciseId> = Id extends `${infer S extends Section}/${infer N}`
  ? { [K in keyof TasksOf<S> as `${K & number}`]: TasksOf<S>[K] } extends {
      [K in N]: { judge: (judge: never, answer: infer Answer) => unknown };
    }
    ? Answer
    : never
  : never;

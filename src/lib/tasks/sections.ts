/** The exercises, by the section of their notebook's keys; loaded when one is checked. */
export const sections = {
  "1.1": () => import("./1.1.js"),
  "1.2-1": () => import("./1.2-1.js"),
  "1.2-2": () => import("./1.2-2.js"),
  "1.2-3": () => import("./1.2-3.js"),
  "1.2-4": () => import("./1.2-4.js"),
  "2": () => import("./2.js"),
  "2a": () => import("./2a.js"),
  "2b": () => import("./2b.js"),
  "2c": () => import("./2c.js"),
  "2d": () => import("./2d.js"),
  "3": () => import("./3.js"),
  "3a": () => import("./3a.js"),
  "3b": () => import("./3b.js"),
  "3c": () => import("./3c.js"),
  "3d": () => import("./3d.js"),
  "4": () => import("./4.js"),
  "4-task": () => import("./4-task.js"),
  "5": () => import("./5.js"),
  "5a": () => import("./5a.js"),
  "5b": () => import("./5b.js"),
  "6": () => import("./6.js"),
  "7": () => import("./7.js"),
  "7a": () => import("./7a.js"),
  "7b": () => import("./7b.js"),
  "7c": () => import("./7c.js"),
  "7d": () => import("./7d.js"),
  "7e": () => import("./7e.js"),
  "7f": () => import("./7f.js"),
  "8": () => import("./8.js"),
  "8e": () => import("./8e.js"),
  "9": () => import("./9.js"),
  "9a": () => import("./9a.js"),
  "9b": () => import("./9b.js"),
  "9c": () => import("./9c.js"),
  "9d": () => import("./9d.js"),
  "9e": () => import("./9e.js"),
  "9f": () => import("./9f.js"),
  "9g": () => import("./9g.js"),
  "9h": () => import("./9h.js"),
  "9i": () => import("./9i.js"),
  "9j": () => import("./9j.js"),
  "10": () => import("./10.js"),
  "10a": () => import("./10a.js"),
  "10b": () => import("./10b.js"),
  "10c": () => import("./10c.js"),
  "12": () => import("./12.js"),
  "12a": () => import("./12a.js"),
  "12b": () => import("./12b.js"),
  "12c": () => import("./12c.js"),
  "13": () => import("./13.js"),
  "13a": () => import("./13a.js"),
  "13b": () => import("./13b.js"),
  "13c": () => import("./13c.js"),
  "13d": () => import("./13d.js"),
  "11": () => import("./11.js"),
  "11a": () => import("./11a.js"),
  "11b": () => import("./11b.js"),
  "11c": () => import("./11c.js"),
  "11d": () => import("./11d.js"),
  "11e": () => import("./11e.js"),
  "11f": () => import("./11f.js"),
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

import { connect } from "#lib/connections.js";
import { openLab } from "../lib/lab.js";
import type { AnswerTo, ExerciseId } from "#lib/tasks/sections.js";

/** Answers to one exercise, and what each must get. */
export interface Answers<Answer> {
  readonly right: readonly Answer[];
  /** Plausible wrong answers, each with a part of what the learner must be told. */
  readonly wrong: readonly (readonly [answer: Answer, told: string])[];
}

export type AnswerTable = { readonly [Id in ExerciseId]?: Answers<AnswerTo<Id>> };

/** The Redis of the whole table: its connections are shared, as a notebook shares them. */
export const server = await openLab();

/** The clients that answers use, as the notebooks open them. */
export const redis = await connect();
export const reader = await connect("reader");

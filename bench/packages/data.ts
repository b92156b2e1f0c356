import type { PackageCell } from "./package-cell.js";

/** Data, text and numbers. */
export const DATA: readonly PackageCell[] = [
  {
    name: "lodash",
    also: ["@types/lodash"],
    code: 'import _ from "lodash";\n_.groupBy([6.1, 4.2, 6.3], Math.floor)',
    gives: "{ '4': [ 4.2 ], '6': [ 6.1, 6.3 ] }",
  },
  {
    name: "ramda",
    also: ["@types/ramda"],
    code: 'import * as R from "ramda";\nR.pipe(R.filter((n: number) => n > 1), R.sum)([1, 2, 3])',
    gives: "5",
  },
  {
    name: "date-fns",
    code: 'import { addDays, format } from "date-fns";\nformat(addDays(new Date(2024, 0, 30), 3), "yyyy-MM-dd")',
    gives: "2024-02-02",
  },
  {
    name: "dayjs",
    code: 'import dayjs from "dayjs";\ndayjs("2024-01-30").add(1, "month").format("YYYY-MM-DD")',
    gives: "2024-02-29",
  },
  {
    name: "luxon",
    also: ["@types/luxon"],
    code: 'import { DateTime } from "luxon";\nDateTime.fromISO("2024-05-01", { zone: "utc" }).plus({ weeks: 1 }).toISODate()',
    gives: "2024-05-08",
  },
  {
    name: "zod",
    code: 'import { z } from "zod";\nconst User = z.object({ name: z.string(), age: z.number() });\ntype User = z.infer<typeof User>;\nconst user: User = User.parse({ name: "Ada", age: 36 });\nuser',
    gives: "{ name: 'Ada', age: 36 }",
  },
  {
    name: "ajv",
    code: 'import { Ajv } from "ajv";\nconst validate = new Ajv().compile({ type: "object", required: ["a"] });\n[validate({ a: 1 }), validate({})]',
    gives: "[ true, false ]",
  },
  { name: "uuid", code: 'import { v4, validate } from "uuid";\nvalidate(v4())', gives: "true" },
  { name: "nanoid", code: 'import { nanoid } from "nanoid";\nnanoid().length', gives: "21" },
  {
    name: "semver",
    also: ["@types/semver"],
    code: 'import semver from "semver";\nsemver.satisfies("1.2.3", "^1.0.0")',
    gives: "true",
  },
  {
    name: "mathjs",
    code: 'import { evaluate, matrix, multiply } from "mathjs";\n[evaluate("12.7 cm to inch").toString(), multiply(matrix([[1, 2]]), matrix([[3], [4]])).toString()]',
    gives: "[ '5 inch', '[[11]]' ]",
  },
  {
    name: "decimal.js",
    code: 'import { Decimal } from "decimal.js";\nnew Decimal("0.1").plus("0.2").toString()',
    gives: "0.3",
  },
  {
    name: "simple-statistics",
    code: 'import { mean, standardDeviation } from "simple-statistics";\n[mean([2, 4, 4, 6]), standardDeviation([2, 4, 4, 6]).toFixed(3)]',
    gives: "[ 4, '1.414' ]",
  },
  {
    name: "immer",
    code: 'import { produce } from "immer";\nproduce({ todos: ["a"] }, (draft) => { draft.todos.push("b"); })',
    gives: "{ todos: [ 'a', 'b' ] }",
  },
  {
    name: "yaml",
    code: 'import { parse, stringify } from "yaml";\n[parse("a: [1, 2]"), stringify({ b: 3 })]',
    gives: "[ { a: [ 1, 2 ] }, 'b: 3\\n' ]",
  },
  {
    name: "csv-parse",
    code: 'import { parse } from "csv-parse/sync";\nparse("a,b\\n1,2\\n", { columns: true })',
    gives: { type: "text/html", part: "<th>b</th>" },
  },
  {
    name: "papaparse",
    also: ["@types/papaparse"],
    code: 'import Papa from "papaparse";\nPapa.parse<{ a: string }>("a\\n1\\n2", { header: true }).data.length',
    gives: "2",
  },
  {
    name: "ml-matrix",
    code: 'import { Matrix } from "ml-matrix";\nnew Matrix([[1, 2]]).mmul(new Matrix([[3], [4]])).get(0, 0)',
    gives: "11",
  },
  {
    name: "apache-arrow",
    code: 'import { tableFromArrays } from "apache-arrow";\ntableFromArrays({ n: Int32Array.from([1, 2, 3]) }).numRows',
    gives: "3",
  },
  {
    name: "exceljs",
    code: 'import ExcelJS from "exceljs";\nconst book = new ExcelJS.Workbook();\nbook.addWorksheet("first").addRow(["a", 1]);\n(await book.xlsx.writeBuffer()).byteLength > 1000',
    gives: "true",
  },
  {
    name: "@faker-js/faker",
    code: 'import { faker } from "@faker-js/faker";\nfaker.seed(1);\ntypeof faker.person.fullName()',
    gives: "string",
  },
  {
    name: "compromise",
    code: 'import nlp from "compromise";\nnlp("she sells seashells").verbs().toPastTense().text()',
    gives: "sold",
  },
  {
    name: "js-tiktoken",
    code: 'import { getEncoding } from "js-tiktoken";\ngetEncoding("cl100k_base").encode("hello world").length',
    gives: "2",
  },
];

import type { PackageCell } from "./package-cell.js";

/** Programs, files and the network. */
export const PROGRAMS: readonly PackageCell[] = [
  {
    name: "axios",
    code: 'import axios from "axios";\nimport { createServer } from "node:http";\nimport type { AddressInfo } from "node:net";\nconst server = createServer((_request, response) => response.end(\'{"ok":true}\')).listen(0, "127.0.0.1");\nawait new Promise((done) => server.once("listening", done));\nconst { data } = await axios.get(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { proxy: false });\nserver.close();\ndata',
    gives: "{ ok: true }",
  },
  {
    name: "express",
    also: ["@types/express"],
    code: 'import express from "express";\nimport type { AddressInfo } from "node:net";\nconst app = express();\napp.get("/", (_request, response) => { response.json({ hello: "world" }); });\nconst server = app.listen(0, "127.0.0.1");\nawait new Promise((done) => server.once("listening", done));\nconst answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`).then((r) => r.json());\nserver.closeAllConnections(); server.close();\nanswer',
    gives: "{ hello: 'world' }",
  },
  {
    name: "fastify",
    code: 'import Fastify from "fastify";\nconst app = Fastify();\napp.get("/", async () => ({ hello: "world" }));\n(await app.inject({ url: "/" })).json()',
    gives: "{ hello: 'world' }",
  },
  {
    name: "ws",
    also: ["@types/ws"],
    code: 'import { WebSocket, WebSocketServer } from "ws";\nimport { once } from "node:events";\nimport type { AddressInfo } from "node:net";\nconst wss = new WebSocketServer({ port: 0, host: "127.0.0.1" });\nawait once(wss, "listening");\nwss.on("connection", (socket) => socket.send("hi"));\nconst client = new WebSocket(`ws://127.0.0.1:${(wss.address() as AddressInfo).port}`);\nconst [message] = await once(client, "message");\nclient.terminate(); wss.close();\nString(message)',
    gives: "hi",
  },
  {
    name: "ioredis",
    code: 'import { Redis } from "ioredis";\nconst redis = new Redis({ lazyConnect: true });\nconst line = redis.pipeline().set("a", 1).length;\nredis.disconnect();\n[line, redis.status]',
    gives: "[ 1, 'end' ]",
  },
  {
    name: "execa",
    code: 'import { execa } from "execa";\n(await execa("node", ["-p", "6 * 7"])).stdout',
    gives: "42",
  },
  {
    name: "chalk",
    code: 'import chalk from "chalk";\n[chalk.red("x").includes("x"), typeof chalk.level]',
    gives: "[ true, 'number' ]",
  },
  {
    name: "p-limit",
    code: 'import pLimit from "p-limit";\nconst limit = pLimit(1);\nawait Promise.all([1, 2].map((n) => limit(async () => n * 2)))',
    gives: "[ 2, 4 ]",
  },
  {
    name: "rxjs",
    code: 'import { from, lastValueFrom, map, toArray } from "rxjs";\nawait lastValueFrom(from([1, 2]).pipe(map((n) => n * 10), toArray()))',
    gives: "[ 10, 20 ]",
  },
  {
    name: "effect",
    code: 'import { Effect, pipe } from "effect";\nEffect.runSync(pipe(Effect.succeed(20), Effect.map((n) => n + 1)))',
    gives: "21",
  },
  {
    name: "graphql",
    code: 'import { buildSchema, graphql } from "graphql";\nconst schema = buildSchema("type Query { hello: String }");\nJSON.stringify((await graphql({ schema, source: "{ hello }", rootValue: { hello: () => "hi" } })).data)',
    gives: '{"hello":"hi"}',
  },
  {
    name: "lru-cache",
    code: 'import { LRUCache } from "lru-cache";\nconst cache = new LRUCache<string, number>({ max: 1 });\ncache.set("a", 1); cache.set("b", 2);\n[cache.get("a"), cache.get("b")]',
    gives: "[ undefined, 2 ]",
  },
  {
    name: "dotenv",
    code: 'import { parse } from "dotenv";\nparse("A=1\\nB=two")',
    gives: "{ A: '1', B: 'two' }",
  },
  {
    name: "fast-glob",
    code: 'import fg from "fast-glob";\n(await fg("../package.json")).length',
    gives: "1",
  },
  {
    name: "jszip",
    code: 'import JSZip from "jszip";\nconst zip = new JSZip();\nzip.file("a.txt", "hello");\n(await zip.generateAsync({ type: "uint8array" })).length > 50',
    gives: "true",
  },
  {
    name: "sql.js",
    also: ["@types/sql.js"],
    code: 'import initSqlJs from "sql.js";\nconst SQL = await initSqlJs();\nconst db = new SQL.Database();\ndb.run("create table t (a); insert into t values (1), (2)");\ndb.exec("select sum(a) from t")[0]?.values',
    gives: "[ [ 3 ] ]",
  },
  {
    name: "acorn",
    code: 'import { parse } from "acorn";\nparse("1 + 1", { ecmaVersion: "latest" }).body.length',
    gives: "1",
  },
  {
    name: "prettier",
    code: 'import * as prettier from "prettier";\nawait prettier.format("let  a=1", { parser: "babel" })',
    gives: "let a = 1;\n",
  },
  {
    name: "ts-morph",
    code: 'import { Project } from "ts-morph";\nconst file = new Project({ useInMemoryFileSystem: true }).createSourceFile("a.ts", "export class A {}");\nfile.getClasses().map((one) => one.getName())',
    gives: "[ 'A' ]",
  },
];

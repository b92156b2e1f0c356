import { setTimeout } from "node:timers/promises";
import { Dealer } from "zeromq";
import { expect, test } from "vitest";
import { ipcConnection, socketAddress } from "#jupyter/connection-info.js";
import { KernelChannels } from "#jupyter/kernel-channels.js";
import { request } from "#jupyter/messages.js";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";

test("a question waits for a front end that connects its stdin late", async () => {
  const folder = await temporaryFolder("redis-lab-test-stdin");
  const info = ipcConnection(folder);
  if (info === undefined) throw new Error(`The path of ${folder} is too long for a socket.`);
  const errors: unknown[] = [];
  const channels = new KernelChannels(info, {
    onMessage: () => {},
    onError: (error) => errors.push(error),
    onSubscribe: () => {},
  });
  await channels.bind();
  const question = { ...request("shell", "input_request", "s", {}), channel: "stdin" as const };
  const sent = channels.send(question, [Buffer.from("late")]);
  await setTimeout(100);
  const dealer = new Dealer({ routingId: "late", linger: 0, receiveTimeout: 5000 });
  dealer.connect(socketAddress(info, "stdin"));
  expect((await dealer.receive()).map(String)).toContainEqual(
    expect.stringContaining('"input_request"'),
  );
  await sent;
  expect(errors).toEqual([]);
  dealer.close();
  channels.close();
  await removeFolder(folder);
});

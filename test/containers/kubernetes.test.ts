import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Deployment, StatefulSet } from "kubernetes-models/apps/v1";
import { Ingress, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { ConfigMap, Secret, Service } from "kubernetes-models/v1";
import { beforeAll, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { accessSettings } from "#web/access/access-settings.js";
import { isProbe } from "#web/health-routes.js";
import { root } from "../root.js";

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
}
interface Container {
  readonly name: string;
  readonly command?: readonly string[];
  readonly env?: readonly { name: string; value?: string }[];
  readonly envFrom?: readonly Record<string, { name: string }>[];
  readonly ports?: readonly { name: string; containerPort: number }[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Record<string, string>;
  readonly stringData?: Record<string, string>;
  readonly spec: {
    readonly selector: { matchLabels?: Record<string, string>; app?: string };
    readonly ports: readonly { name: string; targetPort: string }[];
    readonly template: {
      readonly metadata: { labels: Record<string, string> };
      readonly spec: { containers: readonly [Container] };
    };
    readonly triggers: readonly [{ metadata: Record<string, string> }];
    readonly scaleTargetRef: { name: string };
  };
}

/** What Kubernetes says of each kind; it lets fields pass that it does not know. */
const MODELS = { Deployment, StatefulSet, Ingress, NetworkPolicy, ConfigMap, Secret, Service };
const text = { type: "string", minLength: 1 } as const;
const count = { type: "integer", minimum: 0 } as const;
const closed = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
/** Of KEDA's own kinds, the part that is used here, as its reference tells it. */
const KEDA: Record<string, object> = {
  ScaledObject: closed({
    scaleTargetRef: closed({ name: text }),
    minReplicaCount: count,
    maxReplicaCount: count,
    pollingInterval: count,
    cooldownPeriod: count,
    triggers: {
      type: "array",
      items: closed({
        type: { const: "metrics-api" },
        metadata: closed({
          url: text,
          format: { enum: ["json", "prometheus", "xml", "yaml"] },
          valueLocation: text,
          targetValue: text,
          authMode: { enum: ["basic", "apiKey", "bearer", "tls"] },
        }),
        authenticationRef: closed({ name: text }),
      }),
    },
  }),
  TriggerAuthentication: closed({
    secretTargetRef: { type: "array", items: closed({ parameter: text, name: text, key: text }) },
  }),
};

function problemsOf(manifest: Manifest): string[] {
  const { apiVersion, kind } = manifest;
  if (apiVersion.startsWith("keda.sh/")) {
    const validate = new Ajv({ allErrors: true }).compile(KEDA[kind] ?? { not: {} });
    validate(manifest.spec);
    return (validate.errors ?? []).map((one) => `${kind}${one.instancePath} ${one.message}`);
  }
  const Model = MODELS[kind as keyof typeof MODELS];
  if (Model === undefined) return [`${kind} is not known`];
  try {
    // Its constructor takes what its types say; that is what is to be found out.
    new (Model as new (data: object) => { validate(): void })(manifest).validate();
    return apiVersion === (Model as { apiVersion: string }).apiVersion ? [] : [apiVersion];
  } catch (error) {
    return [`${kind} ${manifest.metadata.name}: ${(error as Error).message}`];
  }
}

let all: Manifest[];
beforeAll(async () => {
  const yaml = await readFile(join(root, "docs", "kubernetes.yaml"), "utf8");
  all = parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);
});
const named = (kind: string, name: string) =>
  all.find((one) => one.kind === kind && one.metadata.name === name) as Manifest;
const pods = () => all.filter(({ spec }) => spec?.template !== undefined);
const containerOf = (one: Manifest) => one.spec.template.spec.containers[0];

test("each object is as the schemas of Kubernetes and KEDA want it", () => {
  expect(all.flatMap(problemsOf)).toEqual([]);
  // The check itself can fail.
  const broken = structuredClone(named("Deployment", "page")) as { spec: { template?: object } };
  delete broken.spec.template;
  expect(problemsOf(broken as Manifest)).toHaveLength(1);
  const scaled = structuredClone(named("ScaledObject", "worker"));
  Object.assign(scaled.spec, { minReplicas: 1 });
  expect(problemsOf(scaled)).toHaveLength(1);
});

test("what refers to something finds it", () => {
  for (const one of pods()) {
    expect(one.spec.template.metadata.labels).toMatchObject(one.spec.selector.matchLabels ?? {});
    const { envFrom = [], ports = [], ...container } = containerOf(one);
    const refs = envFrom.map((from) =>
      from["configMapRef"]
        ? named("ConfigMap", from["configMapRef"].name)
        : named("Secret", from["secretRef"]?.name ?? ""),
    );
    expect(refs).not.toContain(undefined);
    const probes = (["livenessProbe", "readinessProbe", "startupProbe"] as const).flatMap(
      (probe) => container[probe]?.httpGet ?? [],
    );
    const portNames = ports.map(({ name }) => name);
    expect(probes.filter(({ port }) => !portNames.includes(port))).toEqual([]);
    const isPage = one.metadata.name === "page";
    expect(probes.filter(({ path }) => isPage && !isProbe(path))).toEqual([]);
  }
  for (const service of all.filter(({ kind }) => kind === "Service")) {
    const pod = pods().find(
      ({ spec }) => spec.template.metadata.labels["app"] === service.spec.selector.app,
    );
    const ports = pod && containerOf(pod).ports?.map(({ name }) => name);
    for (const { targetPort } of service.spec.ports) expect(ports).toContain(targetPort);
  }
  const scaled = named("ScaledObject", "worker");
  expect(named("Deployment", scaled.spec.scaleTargetRef.name)).toBeDefined();
});

test("page and worker know their variables, and the workers are scaled by a metric that there is", async () => {
  const help = await Promise.all(
    ["web", "worker"].map((name) => readFile(join(root, "src", name, "main.ts"), "utf8")),
  );
  const known = [...help, await readFile(join(root, "docs", "deploy.md"), "utf8")].join("\n");
  const shared = [...Object.keys(named("ConfigMap", "pictures").data ?? {}), "QUEUES_PASSWORD"];
  for (const name of ["page", "worker"]) {
    const { env = [], command = [] } = containerOf(named("Deployment", name));
    for (const variable of [...shared, ...env.map((one) => one.name)]) {
      expect(known).toContain(variable);
    }
    expect(command.slice(0, 2)).toEqual(["node", "scripts/bootstrap.mjs"]);
    await access(join(root, "scripts", `${command[2]}.ts`));
  }
  const env = containerOf(named("Deployment", "page")).env ?? [];
  const values = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  expect(accessSettings(values)).toMatchObject({ trustProxy: 1 });
  const [{ metadata }] = named("ScaledObject", "worker").spec.triggers;
  const metric = /^(\w+)\{queue="thumbnails"\}$/.exec(metadata["valueLocation"] ?? "")?.[1];
  expect(await readFile(join(root, "src", "web", "page-metrics.ts"), "utf8")).toContain(
    `name: "${metric}"`,
  );
});

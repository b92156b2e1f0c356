import type { Telemetry } from "bullmq";

type Attributes = Readonly<Record<string, string | number>>;

interface Tracer {
  readonly telemetry: Telemetry;
  span<T>(name: string, attributes: Attributes, work: () => Promise<T>, from?: object): Promise<T>;
}

/** Of this process, as OpenTelemetry itself is; undefined while nobody wants traces. */
let tracer: Tracer | undefined;

/** What BullMQ takes to carry a trace through Redis; undefined while nobody wants traces. */
export const telemetry = (): Telemetry | undefined => tracer?.telemetry;

/**
 * Does work as a part of the trace that it belongs to; where nobody wants traces, it is just done.
 *
 * @param from headers of a request that may continue a trace of its sender
 */
export async function traced<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
  from?: object,
): Promise<T> {
  return tracer === undefined ? work() : tracer.span(name, attributes, work, from);
}

/**
 * Sends traces to where OTEL_EXPORTER_OTLP_ENDPOINT (or ..._TRACES_ENDPOINT) says; without one, nothing
 * is loaded and nothing happens. The other usual variables count, too.
 *
 * @param service what traces call this process, unless OTEL_SERVICE_NAME says otherwise
 * @returns sends what is left, and ends it
 */
export async function openTracing(
  service: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<() => Promise<void>> {
  const endpoint = env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] || env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  const isOff = env["OTEL_SDK_DISABLED"] === "true" || env["OTEL_TRACES_EXPORTER"] === "none";
  if (!endpoint || isOff) return async () => {};
  const [api, sdk, { OTLPTraceExporter }, resources, { BullMQOtel }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-node"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
    import("bullmq-otel"),
  ]);
  const named = resources.resourceFromAttributes({ "service.name": service });
  const told = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new sdk.NodeTracerProvider({
    resource: named.merge(told),
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  const spans = provider.getTracer("redis-lab");
  tracer = {
    telemetry: new BullMQOtel({ tracerName: "redis-lab" }),
    span: async (name, attributes, work, from) => {
      const active = api.context.active();
      const parent = from === undefined ? active : api.propagation.extract(active, from);
      return spans.startActiveSpan(name, { attributes }, parent, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.recordException(error as Error);
          span.setStatus({ code: api.SpanStatusCode.ERROR, message: (error as Error).message });
          throw error;
        } finally {
          span.end();
        }
      });
    },
  };
  return async () => {
    tracer = undefined;
    // A collector that is away must not keep the process.
    await provider.shutdown().catch(() => {});
    api.trace.disable();
    api.context.disable();
    api.propagation.disable();
  };
}

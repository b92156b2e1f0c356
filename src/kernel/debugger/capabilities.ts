import type { DebugProtocol } from "@vscode/debugprotocol";

/** What the debugger can do, in the words of the Debug Adapter Protocol. */
export const CAPABILITIES: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsSetVariable: true,
  supportsModulesRequest: true,
  supportsExceptionInfoRequest: true,
  supportsClipboardContext: true,
  supportsTerminateRequest: true,
  supportsRestartRequest: true,
  supportTerminateDebuggee: true,
  supportsValueFormattingOptions: false,
  exceptionBreakpointFilters: [
    { filter: "caught", label: "Caught Exceptions", default: false },
    { filter: "uncaught", label: "Uncaught Exceptions", default: false },
  ],
};

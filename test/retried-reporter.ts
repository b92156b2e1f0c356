import type { Reporter, TestCase } from "vitest/node";

/** Lists at the end of a run the tests that passed in a second try only: each has a fault to be mended. */
export default class RetriedReporter implements Reporter {
  readonly #retried: string[] = [];

  onTestCaseResult(test: TestCase): void {
    const { flaky, retryCount } = test.diagnostic() ?? {};
    if (flaky) this.#retried.push(`${test.module.moduleId}: ${test.fullName} (${retryCount})`);
  }

  onTestRunEnd(): void {
    if (this.#retried.length > 0) {
      console.log(`Passed only when tried again:\n  ${this.#retried.join("\n  ")}`);
    }
  }
}

import type { Locator, Page } from "playwright-core";

/** A notebook that is open in JupyterLab, used as a person would. */
export class NotebookPage {
  readonly panel: Locator;

  constructor(readonly page: Page) {
    this.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)");
  }

  /** The code cells, from the top. */
  get cells(): Locator {
    return this.panel.locator(".jp-CodeCell");
  }

  cellWith(text: string): Locator {
    return this.cells.filter({ hasText: text }).first();
  }

  output(cell: Locator): Locator {
    return cell.locator(".jp-OutputArea-output");
  }

  /** Opens a notebook by the first link to it in the one that is open. */
  async follow(name: string): Promise<void> {
    await this.waitFor(async () => {
      // A click before JupyterLab has taken the link over does nothing.
      if (!(await this.tab(name).isVisible())) {
        await this.panel.locator(`a[href*="${name}"]`).first().click();
      }
      if (!(await this.isVisibleSoon(this.tab(name)))) return false;
      // Restoring its workspace, JupyterLab may bring what was open to the front once more.
      await this.page.waitForTimeout(500);
      return this.tab(name).isVisible();
    });
  }

  tab(name: string): Locator {
    return this.page.locator(".lm-TabBar-tab.jp-mod-current", { hasText: name }).first();
  }

  private async isVisibleSoon(locator: Locator): Promise<boolean> {
    return locator.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
  }

  /** Waits until a notebook of this name is in front and its kernel is idle. */
  async ready(name: string): Promise<void> {
    await this.tab(name).waitFor();
    // What is run before the kernel is known is dropped.
    await this.panel.locator(".jp-KernelName", { hasText: "TypeScript" }).first().waitFor();
    await this.panel.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").waitFor();
  }

  async menu(menu: "Run" | "Kernel" | "Edit" | "File", item: string): Promise<void> {
    await this.page.getByRole("menuitem", { name: menu, exact: true }).click();
    const shown = this.page.locator(`#jp-mainmenu-${menu.toLowerCase()}`);
    await shown.getByText(item, { exact: true }).click();
  }

  /** Runs one cell and waits for its end. */
  async run(cell: Locator): Promise<void> {
    const before = await this.prompt(cell);
    await cell.locator(".jp-InputArea-editor, .jp-Placeholder").first().click();
    await this.page.keyboard.press("Control+Enter");
    // A quick cell may show its star too briefly to be seen, and get the number that it had.
    const begun = async () => (await this.prompt(cell)) !== before;
    await this.waitFor(begun, 1000).catch(() => {});
    await this.waitFor(async () => /\d/.test(await this.prompt(cell)));
  }

  /** `[3]:`, `[ ]:`, or `[*]:` while it runs; empty where the source is folded. */
  async prompt(cell: Locator): Promise<string> {
    return (await cell.locator(".jp-InputPrompt").first().textContent()) ?? "";
  }

  /** Waits until every code cell has a number, which counts from 1; folded ones show none. */
  async allRun(): Promise<void> {
    await this.waitFor(async () => {
      const prompts = await this.cells.locator(".jp-InputPrompt").allTextContents();
      const isDone = (text: string, index: number) => text === "" || text === `[${index + 1}]:`;
      return prompts.length > 0 && prompts.at(-1) !== "" && prompts.every(isDone);
    });
  }

  /** The text of each code cell's output, without what changes from run to run. */
  async outputs(): Promise<string[]> {
    const texts: string[] = [];
    for (const cell of await this.cells.all()) {
      const parts = await cell.locator(".jp-OutputArea-output").evaluateAll((outputs) =>
        outputs.map((output) => {
          const text = output.textContent ?? "";
          const type = output.getAttribute("data-mime-type") ?? "";
          // Kernels show errors in their own ways; what was thrown is the same.
          return /stderr|error/.test(type) ? (/\w+Error: .*/.exec(text)?.[0] ?? text) : text;
        }),
      );
      texts.push(masked(parts.join("\n")));
    }
    return texts;
  }

  /** Replaces a cell's text and runs it. */
  async type(cell: Locator, text: string): Promise<void> {
    await cell.locator(".cm-content").click();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(text);
  }

  async waitFor(condition: () => Promise<boolean>, milliseconds = 60_000): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`Not so after ${milliseconds / 1000} s.`);
      await this.page.waitForTimeout(50);
    }
  }
}

function masked(text: string): string {
  return (
    text
      .replace(/\d+/g, "#")
      .replace(/\S*\/\S+/g, "<path>")
      .replace(/[ \t\u00a0]+/g, " ")
      // A kernel may print a value or return it, and end it with a line end or not.
      .split("\n")
      .filter((line) => line.trim() !== "")
      .join("\n")
  );
}

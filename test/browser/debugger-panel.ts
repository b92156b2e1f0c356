import type { Locator, Page } from "playwright-core";
import type { NotebookPage } from "./notebook-page.js";

/** JupyterLab's debugger, used as a person would. */
export class DebuggerPanel {
  readonly sidebar: Locator;
  readonly #page: Page;

  constructor(private readonly notebook: NotebookPage) {
    this.#page = notebook.page;
    this.sidebar = this.#page.locator("#jp-debugger-sidebar");
  }

  get button(): Locator {
    return this.notebook.panel.locator(".jp-DebuggerBugButton");
  }

  /** Switches the debugger on or off, and waits until the notebook shows it. */
  async toggle(isOn: boolean): Promise<void> {
    await this.button.click();
    const marked = this.#page.locator(".jp-NotebookPanel[data-jp-debugger=true]");
    await this.notebook.waitFor(async () => (await marked.count()) > 0 === isOn);
  }

  /** Clicks beside a line of an editor, from 1. */
  async click(editor: Locator, line: number): Promise<void> {
    // The first is a spacer that nobody sees.
    await editor.locator(".cm-breakpoint-gutter .cm-gutterElement").nth(line).click();
  }

  breakpoints(editor: Locator): Locator {
    return editor.locator(".cm-gutterElement .cm-breakpoint-icon");
  }

  /** Waits until a line of an editor is marked as that where it stands. */
  async stopsAt(editor: Locator, line: string): Promise<void> {
    const marked = editor.locator(".jp-DebuggerEditor-highlight");
    await this.notebook.waitFor(async () => {
      return (await marked.allInnerTexts()).some((text) => text.trim() === line);
    }, 20_000);
  }

  /** Waits until a variable has a value in the panel. */
  async shows(name: string, value: string): Promise<void> {
    const item = this.sidebar.locator("jp-tree-item", {
      has: this.#page.locator(".jp-DebuggerVariables-name", { hasText: new RegExp(`^${name}$`) }),
    });
    await this.notebook.waitFor(async () => {
      const details = item.locator(".jp-DebuggerVariables-detail");
      return (await details.allInnerTexts()).some((text) => text.trim() === value);
    }, 20_000);
  }

  /** The view in which JupyterLab shows a file in which a cell is stopped. */
  get source(): Locator {
    const editor = this.#page.locator(".jp-MainAreaWidget:not(.lm-mod-hidden)");
    return editor.filter({ has: this.#page.locator(".jp-CodeMirrorEditor") }).last();
  }

  /** Evaluates in the debug console, which is closed after that. */
  async evaluate(code: string): Promise<void> {
    await this.press("evaluate");
    const prompt = this.#page.locator(".jp-DebugConsole .jp-CodeConsole-promptCell .cm-content");
    await prompt.click();
    await this.#page.keyboard.insertText(code);
    await this.#page.keyboard.press("Shift+Enter");
    await this.#page.locator(".jp-DebugConsole .jp-OutputArea-output").first().waitFor();
    await this.press("evaluate");
  }

  async press(command: "continue" | "next" | "stepIn" | "stepOut" | "evaluate"): Promise<void> {
    await this.sidebar.locator(`[data-command="debugger:${command}"]`).click();
  }

  /** Lets a cell that is stopped go on to its end. */
  async letGo(): Promise<void> {
    const button = this.sidebar.locator(`[data-command="debugger:continue"]`);
    for (let stops = 0; stops < 5 && (await button.isVisible()); stops++) {
      if (!(await button.isEnabled())) return;
      await button.click();
      await this.#page.waitForTimeout(200);
    }
  }
}

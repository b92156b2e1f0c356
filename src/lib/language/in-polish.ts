import { polishSentence } from "./polish-sentence.js";

/** Names of lines below "Not yet.", and how far their texts are set in. */
const NAMES: Readonly<Record<string, string>> = {
  call: "wywołanie",
  expected: "oczekiwano",
  got: "otrzymano",
  hint: "wskazówka",
};
const INDENT = 12;
const POLISH_INDENT = 14;

const NAMED = new RegExp(`^  (${Object.keys(NAMES).join("|")}): +`);

/** What exercises say, in Polish, line by line; all other lines stay as they are. */
export function inPolish(text: string): string {
  let isBelow = false;
  const lines = text.split("\n").map((line) => {
    if (line === "✔ correct") return "✔ dobrze";
    const requirement = /^Not yet\.(?: (.*))?$/.exec(line);
    if (requirement) {
      isBelow = true;
      const [, sentence] = requirement;
      return sentence === undefined ? "Jeszcze nie." : `Jeszcze nie. ${polishSentence(sentence)}`;
    }
    isBelow &&= line.startsWith("  ");
    if (!isBelow) return line;
    const name = NAMED.exec(line)?.[1];
    if (name === undefined) return line.replace(" ".repeat(INDENT), " ".repeat(POLISH_INDENT));
    const value = line.slice(INDENT);
    const shown = name === "hint" ? polishSentence(value) : value;
    return `  ${`${NAMES[name]}:`.padEnd(POLISH_INDENT - 2)}${shown}`;
  });
  return lines.join("\n");
}

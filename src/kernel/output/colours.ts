const paint = (code: string) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** Colours for front ends that show ANSI sequences, as IPython uses them. */
export const [red, green, cyan, bold] = [paint("0;31"), paint("0;32"), paint("0;36"), paint("1")];

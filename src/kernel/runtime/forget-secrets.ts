/** Of a Jupyter server or hub that has started this kernel: with them a cell could act as its user. */
const SECRETS =
  /^(?:JUPYTER|JUPYTERHUB|JPY|CONFIGPROXY)_(?:\w+_)?(?:TOKEN|SECRET|PASSWORD|COOKIE|KEY)\w*$/;

/** Takes the secrets of Jupyter's own out of the environment, before a cell or a child of one can see it. */
export function forgetSecrets(env: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(env)) if (SECRETS.test(name)) delete env[name];
}

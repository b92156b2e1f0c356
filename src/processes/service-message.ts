/** What a service tells the process that started it, over Node's channel between the two. */
export type ServiceMessage =
  /** It does its work from now on; `url` where it can be visited. */
  | { readonly ready: true; readonly url?: string }
  /** It ends, since another program has its port. */
  | { readonly portInUse: number }
  /** Something that a person should know, such as a Redis that went away. */
  | { readonly notice: string };

/** Tells the process that started this one, if it listens. */
export function tellParent(message: ServiceMessage): void {
  if (process.connected) process.send?.(message, () => {});
  // The channel alone keeps no service alive.
  process.channel?.unref();
}

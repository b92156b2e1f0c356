import type { Evaluation, Where } from "./evaluation.js";
import type { Inspector } from "./inspector.js";
import type { RemoteObject } from "./values.js";

interface Property {
  readonly name: string;
  readonly value?: RemoteObject;
}

/**
 * The values of names as they are now. A name that has no value yet throws, and is left out.
 *
 * @param inV8 what V8 calls a name
 */
export async function gather(
  names: readonly string[],
  inV8: (name: string) => string,
  where: Where,
  { evaluation, inspector }: { readonly evaluation: Evaluation; readonly inspector: Inspector },
): Promise<Map<string, RemoteObject>> {
  const adds = names.map((name) => `add(${JSON.stringify(name)},()=>${inV8(name)});`);
  const all = await evaluation.run(
    `(()=>{const all={__proto__:null};const add=(name,get)=>{try{const value=get();Object.defineProperty(all,name,{value,enumerable:true})}catch{}};${adds.join("")}return all})()`,
    where,
    { generatePreview: false },
  );
  const options = { objectId: all.objectId, ownProperties: true, generatePreview: true };
  const { result } = await inspector.post<{ result: Property[] }>("Runtime.getProperties", options);
  return new Map(result.flatMap(({ name, value }) => (value ? [[name, value] as const] : [])));
}

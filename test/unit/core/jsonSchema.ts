// The few keywords of JSON Schema that media/schemas uses, so that its files can be tried without a library.
type Schema = Readonly<Record<string, unknown>>;

export function fits(value: unknown, schema: Schema, root: Schema = schema): boolean {
  return Object.entries(schema).every(([keyword, argument]) => {
    const rule = rules[keyword];
    if (rule === undefined) throw new Error(`The schema uses "${keyword}", which this test does not know.`);
    return rule(value, argument as never, root, schema);
  });
}

type Rule = (value: unknown, argument: never, root: Schema, schema: Schema) => boolean;

const ignored: Rule = () => true;

const rules: Readonly<Record<string, Rule>> = {
  $schema: ignored,
  $defs: ignored,
  title: ignored,
  description: ignored,
  $ref: (value, path: string, root) => {
    const definitions = root["$defs"] as Record<string, Schema>;
    const target = definitions[path.replace("#/$defs/", "")];
    if (target === undefined) throw new Error(`${path} does not exist.`);
    return fits(value, target, root);
  },
  allOf: (value, schemas: readonly Schema[], root) => schemas.every((each) => fits(value, each, root)),
  oneOf: (value, schemas: readonly Schema[], root) => schemas.filter((each) => fits(value, each, root)).length === 1,
  const: (value, wanted: unknown) => value === wanted,
  enum: (value, choices: readonly unknown[]) => choices.includes(value),
  type: (value, name: string) => {
    if (name === "array") return Array.isArray(value);
    if (name === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
    return name === "integer" ? Number.isInteger(value) : typeof value === name;
  },
  pattern: (value, pattern: string) => typeof value !== "string" || new RegExp(pattern, "u").test(value),
  minimum: (value, least: number) => typeof value !== "number" || value >= least,
  maximum: (value, most: number) => typeof value !== "number" || value <= most,
  minItems: (value, least: number) => !Array.isArray(value) || value.length >= least,
  maxItems: (value, most: number) => !Array.isArray(value) || value.length <= most,
  maxLength: (value, most: number) => typeof value !== "string" || value.length <= most,
  items: (value, item: Schema, root) => !Array.isArray(value) || value.every((each) => fits(each, item, root)),
  required: (value, keys: readonly string[]) => !isRecord(value) || keys.every((key) => key in value),
  properties: (value, properties: Record<string, Schema>, root) =>
    !isRecord(value) ||
    Object.entries(properties).every(([key, schema]) => !(key in value) || fits(value[key], schema, root)),
  additionalProperties: (value, allowed: boolean, _root, schema) =>
    allowed || !isRecord(value) || Object.keys(value).every((key) => key in (schema["properties"] as object)),
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

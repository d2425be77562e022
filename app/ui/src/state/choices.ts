import { backend, type Named } from "../backend";

/** One row in a picker. */
export interface Choice {
  id: string;
  label: string;
}

/** What a picker shows of a search. */
export interface Found {
  choices: Choice[];
  /** There are more: the person narrows the search. */
  more: boolean;
}

export const SHOWN_MAX = 50;

/** Open projects of which each word of the search names the project or its customer. */
export function projects(search: string): Promise<Found> {
  const named = ["P.Code", "P.Name", "P.Customer.Code", "P.Customer.Name"];
  const columns = "P.Id, P.Name, Customer = P.Customer.Code";
  return ask("From P In Project Where Not P.Closed", named, search, `Order By P.Customer.Code, P.Code`, columns);
}

/** Open tasks of the project, and those of every project. */
export function tasks(project: string): (search: string) => Promise<Found> {
  const here = project ? "(K.Project = Null Or K.Project.Id = @project)" : "K.Project = Null";
  const set: Record<string, string> = project ? { project } : {};
  return (search) =>
    ask(`From K In Task Where Not K.Closed And ${here}`, ["K.Code", "K.Name"], search, "Order By K.Code", "K.Id, K.Name", set);
}

/** Rows of any entity. */
export function rowsOf(entity: string): (search: string) => Promise<Found> {
  return async (search) => {
    const list = await backend().rows(entity, search || null, SHOWN_MAX + 1);
    return found(list.rows.map(({ id, title }) => ({ id, label: title })));
  };
}

export function projectLabel(project: Named | null | undefined, customer: Named | null | undefined): string {
  if (!project) return "";
  return customer ? `${customer.code} · ${project.name}` : project.name;
}

async function ask(
  from: string, named: string[], search: string, order: string, columns: string, set: Record<string, string> = {},
): Promise<Found> {
  const words = search.split(/\s+/).filter(Boolean).slice(0, 5);
  const conditions = words.map((_, index) => `(${named.map((name) => `Contains(${name}, @word${index})`).join(" Or ")})`);
  const parameters = { ...set, ...Object.fromEntries(words.map((word, index) => [`word${index}`, word])) };
  const declared = Object.keys(parameters).map((name) => `@${name} As ${name === "project" ? "Guid" : "Text"}`);
  const text = [
    declared.length > 0 ? `Parameters ${declared.join(", ")}` : "",
    [from, ...conditions].join(" And "),
    order,
    `Take ${SHOWN_MAX + 1}`,
    `Select { ${columns} }`,
  ].join("\n");
  const answer = await backend().query({ text, parameters }, false, null);
  return found(
    answer.rows.map(([id, name, customer]) => ({
      id: String(id),
      label: customer ? `${customer} · ${name}` : String(name),
    })),
  );
}

function found(choices: Choice[]): Found {
  return { choices: choices.slice(0, SHOWN_MAX), more: choices.length > SHOWN_MAX };
}

/** One of the eight project colours, the same for the same project everywhere. */
export function colour(project: string | undefined): string {
  if (!project) return "var(--soft)";
  let sum = 0;
  for (const character of project) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
  return `var(--p${sum % 8})`;
}

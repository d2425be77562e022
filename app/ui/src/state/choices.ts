import { backend } from "../backend";

/** A project or a task in a picker. */
export interface Choice {
  id: string;
  label: string;
  /** Of a task: its project, or null for a task of every project. */
  project: string | null;
}

const PROJECTS = `From P In Project Where Not P.Closed Order By P.Customer.Code, P.Code
Select { P.Id, Customer = P.Customer.Code, P.Name }`;
const TASKS = `From K In Task Where Not K.Closed Order By K.Code Select { K.Id, K.Name, K.Project }`;

export async function projects(): Promise<Choice[]> {
  const answer = await backend().query({ text: PROJECTS, parameters: {} }, false);
  return answer.rows.map(([id, customer, name]) => ({
    id: String(id),
    label: customer ? `${customer} · ${name}` : String(name),
    project: null,
  }));
}

export async function tasks(): Promise<Choice[]> {
  const answer = await backend().query({ text: TASKS, parameters: {} }, false);
  return answer.rows.map(([id, name, project]) => ({
    id: String(id),
    label: String(name),
    project: project === null || project === undefined ? null : String(project),
  }));
}

/** One of the eight project colours, the same for the same project everywhere. */
export function colour(project: string | undefined): string {
  if (!project) return "var(--soft)";
  let sum = 0;
  for (const character of project) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
  return `var(--p${sum % 8})`;
}

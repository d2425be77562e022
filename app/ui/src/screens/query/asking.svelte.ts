import {
  type AskedParameter, backend, type Problem, problems as problemsOf, type QueryCheck, type QueryPlan, type QueryResult, sentence,
} from "../../backend";
import { notices } from "../../state/notices.svelte";
import { t } from "../../texts";
import { given } from "./parameters";
import { parameterNames } from "./places";

export const FIRST = `From T In Timesheet
Where T.User = CurrentUser And T.Date >= AddDays(Today(), -7)
Group By T.Date, Project = T.Project.Name Into Hours = Sum(T.Hours)
Order By Date Desc, Hours Desc
Select { Date, Project, Hours }`;

export type Shown = "table" | "chart" | "plan";

/** The question that the page is about; it stays while the person looks at another page. */
class Asking {
  text = $state(FIRST);
  typed = $state<Record<string, string>>({});
  onServer = $state(false);
  shown = $state<Shown>("table");
  /** Number of the query that runs; no two of this computer have the same. */
  running = $state<number | null>(null);
  result = $state.raw<QueryResult | null>(null);
  /** From the question to its answer, as the person waited. */
  elapsedMs = $state(0);
  plan = $state.raw<QueryPlan | null>(null);
  problems = $state.raw<Problem[]>([]);
  failure = $state<string | null>(null);
  #checked = $state.raw<AskedParameter[] | null>(null);
  #last = 0;

  /** Of a text that does not compile the names are known and the types are not. */
  parameters = $derived<AskedParameter[]>(
    this.#checked ??
      parameterNames(this.text).map((name) => ({ name, kind: "Text", entity: null, list: false, required: false })),
  );

  checked(check: QueryCheck): void {
    this.#checked = check.parameters;
  }

  show(shown: Shown): void {
    this.shown = shown;
    if (shown === "plan") void this.explain();
  }

  /** Another text: what was answered before is not its answer, and what runs is given up. */
  begin(text: string): void {
    this.stop();
    this.running = null;
    this.text = text;
    this.#checked = null;
    this.result = this.plan = this.failure = null;
    this.problems = [];
    if (this.shown === "plan") this.shown = "table";
  }

  run(): Promise<void> {
    const begun = performance.now();
    const answered = (result: QueryResult) => {
      this.result = result;
      this.elapsedMs = performance.now() - begun;
    };
    const asked = this.#ask((number) => backend().query(this.#question(), this.onServer, number), answered);
    return asked.then(() => (this.shown === "plan" && this.failure === null ? this.explain() : undefined));
  }

  explain(): Promise<void> {
    this.plan = null;
    return this.#ask((number) => backend().queryPlan(this.#question(), this.onServer, number), (plan) => {
      this.plan = plan;
    });
  }

  format(): Promise<void> {
    return this.#ask(() => backend().formatQuery(this.text), (text) => {
      this.text = text;
    });
  }

  export(form: "csv" | "json"): Promise<void> {
    const written = (path: string | null) => {
      if (path) notices.say(t("exported", { path }));
    };
    return this.#ask((number) => backend().exportAnswer(this.#question(), this.onServer, number, form), written);
  }

  stop(): void {
    if (this.running !== null) void backend().cancelQuery(this.running);
  }

  #question() {
    return { text: this.text, parameters: given(this.parameters, this.typed) };
  }

  /** One at a time; an answer to what was given up meanwhile comes too late. */
  async #ask<T>(action: (number: number) => Promise<T>, done: (answer: T) => void): Promise<void> {
    if (this.running !== null) return;
    const number = (this.#last = Math.max(Date.now(), this.#last + 1));
    this.running = number;
    this.problems = [];
    this.failure = null;
    try {
      const answer = await action(number);
      if (this.running === number) done(answer);
    } catch (error) {
      if (this.running === number) this.#failed(error);
    }
    if (this.running === number) this.running = null;
  }

  #failed(error: unknown): void {
    this.problems = problemsOf(error);
    const said = this.problems.map((one) => [one.message, one.help].filter(Boolean).join(" ")).join("\n");
    this.failure = said || sentence(error);
  }
}

export const asking = new Asking();

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

  /** Another text: what was answered before is not its answer. */
  begin(text: string): void {
    this.text = text;
    this.result = this.plan = this.failure = null;
    this.problems = [];
    if (this.shown === "plan") this.shown = "table";
  }

  run(): Promise<void> {
    return this.#ask(async (number) => {
      const begun = performance.now();
      this.result = await backend().query(this.#question(), this.onServer, number);
      this.elapsedMs = performance.now() - begun;
      if (this.shown === "plan") this.plan = await backend().queryPlan(this.#question(), this.onServer);
    });
  }

  explain(): Promise<void> {
    this.plan = null;
    return this.#ask(async () => {
      this.plan = await backend().queryPlan(this.#question(), this.onServer);
    });
  }

  format(): Promise<void> {
    return this.#ask(async () => {
      this.text = await backend().formatQuery(this.text);
    });
  }

  export(form: "csv" | "json"): Promise<void> {
    return this.#ask(async (number) => {
      const path = await backend().exportAnswer(this.#question(), this.onServer, number, form);
      if (path) notices.say(t("exported", { path }));
    });
  }

  stop(): void {
    if (this.running !== null) void backend().cancelQuery(this.running);
  }

  #question() {
    return { text: this.text, parameters: given(this.parameters, this.typed) };
  }

  async #ask(action: (number: number) => Promise<void>): Promise<void> {
    if (this.running !== null) return;
    const number = Date.now();
    this.running = number;
    this.problems = [];
    this.failure = null;
    try {
      await action(number);
    } catch (error) {
      this.problems = problemsOf(error);
      const said = this.problems.map((one) => [one.message, one.help].filter(Boolean).join(" ")).join("\n");
      this.failure = said || sentence(error);
    }
    this.running = null;
  }
}

export const asking = new Asking();

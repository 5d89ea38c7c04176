// What of a link, or of the attributes, could not be used: a quiet notice above the first step.

import { html, nothing, type TemplateResult } from "lit";
import type { Text } from "../../i18n/index.ts";
import type { Language } from "../../i18n/language.ts";
import { noticeText, questionText, refusalText } from "../../i18n/read/said.ts";
import { send } from "../../state/events.ts";
import { readText } from "../../state/lesson/late.ts";
import type { LogitsProblem } from "../../state/lesson/limits.ts";
import type { Problem } from "../../state/problem.ts";
import { inline } from "../figures/inline.ts";
import type { View } from "../view.ts";

/** More of them, or of the bad values of one, say nothing more. */
const NAMED = 5;

export function problems(from: EventTarget, { text, state }: View): TemplateResult | typeof nothing {
  const t = text.link;
  const more = state.problems.length - NAMED;
  if (state.problems.length === 0) return nothing;
  return html`
    <div class="problems-of-link" role="status" aria-label=${t.name}>
      <div>
        <p>${state.problems.every(({ rule }) => rule.kind === "read") ? t.remarks : t.problems}</p>
        <ul>
          ${state.problems.slice(0, NAMED).map((problem) => html`<li>${inline(said(text, state.language, problem))}</li>`)}
          ${more > 0 ? html`<li>${t.more(more)}</li>` : nothing}
        </ul>
      </div>
      <button type="button" class="quiet" aria-label=${t.dismiss} @click=${() => send(from, { type: "dismissProblems" })}>×</button>
    </div>`;
}

function said(text: Text, language: Language, { name, rule }: Problem): string {
  const t = text.link;
  switch (rule.kind) {
    case "unknown":
      return t.unknown(name);
    case "choice":
      return t.choice(name, rule.bad.slice(0, NAMED), rule.choices);
    case "number":
      return t.number(name, rule.bad, rule.from, rule.to);
    case "wholeNumbers":
      return t.wholeNumbers(name, rule.bad.slice(0, NAMED), rule.from, rule.to);
    case "count":
      return t.count(name, rule.got, rule.from, rule.to);
    case "matrix":
      return t.matrix(name, saidOfMatrix(text, language, rule.problem));
    case "read":
      return `${t.read(name)}${noticeText(readText(language), rule.notice)}`;
    case "labels":
      return t.labels(name, rule.got, rule.samples);
    case "needs":
      return t.needs(name, rule.other);
    case "belongs":
      return t.belongs(name, rule.other);
    case "givesWay":
      return t.givesWay(name, rule.other);
    case "repeated":
      return t.repeated(name);
    case "packed":
      return t.packed(name);
    case "tooLong":
      return t.tooLong(name, rule.length, rule.most);
    case "address":
      return t.address(name, rule.bad);
  }
}

/** Why a matrix cannot be taken, from a link or pasted. */
export function saidOfMatrix(text: Text, language: Language, problem: LogitsProblem): string {
  const t = text.data.matrix;
  switch (problem.kind) {
    case "refused":
      return refusalText(readText(language), problem.refusal);
    case "question":
      return questionText(readText(language), problem.question);
    case "size":
      return t.size(problem.rows, problem.columns);
    case "shapes":
      return t.shapes(problem.shapes.map((shape) => `(${shape.join(", ")})`).join(", "));
    case "tooLong":
      return t.tooLong(problem.length, problem.most);
    case "notLoaded":
      return t.notLoaded(problem.failure);
  }
}

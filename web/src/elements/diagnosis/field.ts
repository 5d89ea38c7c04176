// A line of the ledger: what it is, as it stands, and what is known of it.

import { html, nothing, type TemplateResult } from "lit";
import { type BatchView, idOf } from "./batch-view.ts";

type Content = string | TemplateResult | typeof nothing;

export function line(id: string, label: Content, control: Content, about: Content = nothing): TemplateResult {
  return html`<div class="ledger-line"><label for=${id}>${label}</label>${control}${about}</div>`;
}

interface Field<T> {
  readonly id: string;
  readonly label: Content;
  /** As it stands there; empty: nothing is said. */
  readonly shown: string;
  /** What a text says; null: it does not fit. */
  readonly read: (typed: string) => T | null;
  /** An empty field says nothing: null. */
  readonly say: (from: EventTarget, value: T | null) => void;
  readonly about?: Content;
}

/** A line with a number that the reader can type. */
export function field<T>(view: BatchView, { id, label, shown, read, say, about }: Field<T>): TemplateResult {
  const { text } = view;
  const place = idOf(view, id);
  const retype = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const empty = input.value.trim() === "";
    const value = empty ? null : read(input.value);
    const fits = empty || value !== null;
    // What does not fit stays as it was typed, and says so.
    input.setCustomValidity(fits ? "" : text.ledger.notNumber(input.value));
    input.setAttribute("aria-invalid", String(!fits));
    if (fits) say(input, value);
    else input.reportValidity();
  };
  return line(
    place,
    label,
    html`<input id=${place} type="text" autocomplete="off" placeholder=" " .value=${shown} @change=${retype} />`,
    about,
  );
}

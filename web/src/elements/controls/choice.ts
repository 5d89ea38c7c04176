// One of a few: native radio buttons in a row.

import { html, type TemplateResult } from "lit";

interface Choice {
  readonly value: string;
  readonly label: string | TemplateResult;
}

export function choice(
  legend: string,
  name: string,
  choices: readonly Choice[],
  chosen: string,
  choose: (value: string) => void,
  disabled = false,
): TemplateResult {
  return html`
    <fieldset class="choice" ?disabled=${disabled}>
      <legend>${legend}</legend>
      ${choices.map(
        ({ value, label }) => html`
          <label>
            <input
              type="radio"
              name=${name}
              value=${value}
              .checked=${value === chosen}
              @change=${() => choose(value)}
            />
            <span>${label}</span>
          </label>`,
      )}
    </fieldset>`;
}

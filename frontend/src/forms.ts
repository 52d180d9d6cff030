// Small courtesies of forms: no double sending, reasons asked for before they are refused, choices that act at once.
import { say } from "./words";

function askForReason(form: HTMLFormElement, button: HTMLElement | null): boolean {
  if (!button || button.dataset["needsReason"] === undefined) return true;
  const words = form.querySelector<HTMLTextAreaElement>("textarea");
  if (!words || words.value.trim()) {
    words?.setCustomValidity("");
    return true;
  }
  words.setCustomValidity(say("请先写明理由。"));
  words.reportValidity();
  words.addEventListener("input", () => words.setCustomValidity(""), { once: true });
  return false;
}

const LABELS = "dayu-labels";

/** Remembers how the fields of a form are called, for the page that may have to show what was typed. */
function rememberLabels(form: HTMLFormElement): void {
  const labels: Record<string, string> = {};
  for (const field of Array.from(form.elements)) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    const words = field.closest("fieldset")?.querySelector("legend") ?? field.labels?.[0];
    const text = words?.firstChild?.textContent?.trim() || words?.textContent?.trim();
    if (field.name && text) labels[field.name] = text;
  }
  try {
    window.sessionStorage.setItem(LABELS, JSON.stringify(labels));
  } catch {
    // the page then shows the names of the fields
  }
}

/** On a page that shows back what was typed: calls the fields what the form called them. */
export function nameTyped(): void {
  const shown = document.querySelectorAll<HTMLElement>("[data-typed]");
  if (shown.length === 0) return;
  try {
    const labels = JSON.parse(window.sessionStorage.getItem(LABELS) ?? "{}") as Record<string, string>;
    shown.forEach((label) => {
      const words = labels[label.dataset["typed"] ?? ""];
      if (words) label.textContent = words;
    });
  } catch {
    // the names of the fields stay
  }
}

/** Listens once for the whole page. */
export function listenForForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = (event as SubmitEvent).submitter;
    if (!askForReason(form, button)) {
      event.preventDefault();
      return;
    }
    if (form.dataset["sent"] !== undefined && form.method === "post") {
      event.preventDefault();
      return;
    }
    if (form.method === "post") rememberLabels(form);
    if (form.method === "post" && !form.hasAttribute("hx-post")) {
      form.dataset["sent"] = "";
      button?.setAttribute("aria-busy", "true");
    }
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach((form) => delete form.dataset["sent"]);
    document.querySelectorAll("[aria-busy]").forEach((busy) => busy.removeAttribute("aria-busy"));
  });
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLSelectElement;
    if (field.matches("[data-submit]")) field.form?.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const element = event.target as Element;
    if (element.closest("[data-print]")) window.print();
  });
}

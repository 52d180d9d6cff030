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

// Keeps what is typed into long forms (`data-keep="a key"`) in this browser until it has been sent, so that a closed window,
// a lost connection or an error page loses nothing. Files and secrets are never kept.
import { say } from "./words";

const PREFIX = "dayu-typed:";
const NEVER = new Set(["password", "file", "hidden", "submit", "button"]);

type Kept = Record<string, string>;

function fields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
  return Array.from(form.elements).filter(
    (e): e is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
      (e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement) &&
      !!e.name &&
      !NEVER.has(e.type),
  );
}

function read(key: string): Kept | null {
  try {
    const text = window.localStorage.getItem(PREFIX + key);
    return text ? (JSON.parse(text) as Kept) : null;
  } catch {
    return null;
  }
}

function write(key: string, kept: Kept): void {
  try {
    window.localStorage.setItem(PREFIX + key, JSON.stringify(kept));
  } catch {
    // a full or forbidden store keeps nothing; the form itself still works
  }
}

function forget(key: string): void {
  try {
    window.localStorage.removeItem(PREFIX + key);
  } catch {
    // nothing was kept
  }
}

function checkable(field: Element): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

function collect(form: HTMLFormElement): Kept {
  const kept: Kept = {};
  for (const field of fields(form)) {
    if (checkable(field)) {
      kept[`${field.name}=${field.value}`] = field.checked ? "1" : "";
    } else {
      kept[field.name] = field.value;
    }
  }
  return kept;
}

function restore(form: HTMLFormElement, kept: Kept): boolean {
  let changed = false;
  for (const field of fields(form)) {
    if (checkable(field)) {
      const was = kept[`${field.name}=${field.value}`];
      if (was !== undefined && field.checked !== (was === "1")) {
        field.checked = was === "1";
        changed = true;
      }
    } else {
      const was = kept[field.name];
      if (was && field.value === original(field) && was !== field.value) {
        field.value = was;
        changed = true;
      }
    }
  }
  return changed;
}

/** The value a field had when the page came. */
function original(field: Element): string {
  if (field instanceof HTMLSelectElement) {
    return field.querySelector<HTMLOptionElement>("option[selected]")?.value ?? field.options[0]?.value ?? "";
  }
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.defaultValue : "";
}

function tell(form: HTMLFormElement, key: string): void {
  const note = document.createElement("p");
  note.className = "slips field--wide";
  note.setAttribute("role", "status");
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "link";
  discard.textContent = say("不要了");
  discard.addEventListener("click", () => {
    forget(key);
    form.reset();
    note.remove();
  });
  note.append(say("已恢复上次没有提交的内容。"), " ", discard);
  form.prepend(note);
}

/** Watches every form that asks for it. */
export function keepTyped(root: ParentNode = document): void {
  root.querySelectorAll<HTMLFormElement>("form[data-keep]:not([data-kept])").forEach((form) => {
    const key = form.dataset["keep"] || window.location.pathname;
    form.dataset["kept"] = "";
    const kept = read(key);
    if (kept && !form.querySelector("[data-error]") && restore(form, kept)) tell(form, key);
    let timer = 0;
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => write(key, collect(form)), 400);
    });
    form.addEventListener("submit", () => {
      window.clearTimeout(timer);
      write(key, collect(form));
      window.sessionStorage.setItem("dayu-sent", key);
    });
  });
}

/** After a page that was reached by a successful sending, the kept text is let go. */
export function letGoWhatWasSent(): void {
  const key = window.sessionStorage.getItem("dayu-sent");
  if (!key) return;
  if (document.body.hasAttribute("data-error-page") || document.querySelector("form [data-error], form .slips")) return;
  window.sessionStorage.removeItem("dayu-sent");
  forget(key);
}

// The rail folds to its icons; the choice is kept in this browser.
const KEY = "dayu-rail";

function kept(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Applies the kept choice and listens to the button. */
export function setUpRail(): void {
  const page = document.documentElement;
  if (kept() === "narrow") page.dataset["rail"] = "narrow";
  const button = document.querySelector<HTMLButtonElement>("[data-rail-fold]");
  if (!button) return;
  button.hidden = false;
  const tell = () => button.setAttribute("aria-expanded", String(page.dataset["rail"] !== "narrow"));
  tell();
  button.addEventListener("click", () => {
    if (page.dataset["rail"] === "narrow") delete page.dataset["rail"];
    else page.dataset["rail"] = "narrow";
    try {
      window.localStorage.setItem(KEY, page.dataset["rail"] ?? "wide");
    } catch {
      // the choice lasts until the page is left
    }
    tell();
  });
}

/** On a phone the filters of a list are folded: the list itself comes first. */
export function foldOnPhones(): void {
  if (!window.matchMedia("(max-width: 640px)").matches) return;
  document.querySelectorAll<HTMLDetailsElement>("details[data-fold-on-phones]").forEach((box) => (box.open = false));
}

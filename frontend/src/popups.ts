// Details that open as a sheet (arithmetic, menus): one at a time, closed by Escape or a click beside them, kept on the screen.

const POPUPS = "details[data-popup]";

function closeOthers(kept: Element | null): void {
  document.querySelectorAll<HTMLDetailsElement>(`${POPUPS}[open]`).forEach((details) => {
    if (details !== kept && !details.contains(kept)) details.open = false;
  });
}

function place(details: HTMLDetailsElement): void {
  const sheet = details.querySelector<HTMLElement>(".pop__sheet");
  if (!sheet) return;
  details.classList.remove("pop--left", "pop--up");
  const box = sheet.getBoundingClientRect();
  if (box.left < 8) details.classList.add("pop--left");
  const below = sheet.getBoundingClientRect();
  if (below.bottom > window.innerHeight - 8 && details.getBoundingClientRect().top > below.height + 60) {
    details.classList.add("pop--up");
  }
}

/** Listens once for the whole page. */
export function listenForPopups(): void {
  document.addEventListener("click", (event) => closeOthers((event.target as Element).closest(POPUPS)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>(`${POPUPS}[open]`);
    if (open) {
      open.open = false;
      open.querySelector<HTMLElement>("summary")?.focus();
      return;
    }
    const drawer = document.querySelector<HTMLElement>(".drawer:target [data-close], .rail:target [data-close]");
    drawer?.click();
  });
  document.addEventListener(
    "toggle",
    (event) => {
      const details = event.target as HTMLDetailsElement;
      if (details.matches?.(POPUPS) && details.open) {
        closeOthers(details);
        place(details);
      }
    },
    true,
  );
}

// Keys of the office pages: / goes to the search, j and k walk through a list, Enter opens, Escape closes what is open.

const ROWS = "[data-list] > tbody > tr, [data-list] > li";

function typing(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return !!element?.closest("input, textarea, select, [contenteditable]");
}

function visibleRows(): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>(ROWS)).filter((row) => row.offsetParent !== null);
}

function walk(step: 1 | -1): void {
  const rows = visibleRows();
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row.classList.contains("is-here") || row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at === -1 ? 0 : at + step))];
  if (!next) return;
  rows.forEach((row) => row.classList.remove("is-here"));
  next.classList.add("is-here");
  const door = next.querySelector<HTMLElement>("a[href], button");
  if (door) {
    door.focus({ preventScroll: true });
  } else {
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }
  next.scrollIntoView({ block: "nearest" });
}

function open(target: EventTarget | null): boolean {
  const row = (target as HTMLElement | null)?.closest<HTMLElement>("[data-url]");
  const url = row?.dataset["url"];
  if (!row || !url || (target as HTMLElement).closest("a, button")) return false;
  window.location.assign(url);
  return true;
}

/** Listens once for the whole page. */
export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") return;
    if (typing(event.target)) return;
    if (event.key === "/") {
      const search = document.querySelector<HTMLInputElement>("[data-search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "j") {
      walk(1);
    } else if (event.key === "k") {
      walk(-1);
    } else if (event.key === "Enter" && open(event.target)) {
      event.preventDefault();
    }
  });
}

// My work: ⓘ opens the arithmetic beside the list (or, on a narrow screen, as a sheet) and marks its row.

/** Listens once for the whole page. */
export function listenForArithmetic(): void {
  document.addEventListener("htmx:afterSwap", (event) => {
    const panel = (event as CustomEvent<{ target: Element }>).detail.target;
    if (panel.id === "arith") panel.setAttribute("data-open", "");
  });
  document.addEventListener("click", (event) => {
    const element = event.target as Element;
    const opener = element.closest("[data-arith]");
    if (opener) {
      document.querySelectorAll(".task[data-open]").forEach((row) => row.removeAttribute("data-open"));
      opener.closest(".task")?.setAttribute("data-open", "");
    }
    if (element.closest("[data-arith-close]")) {
      event.preventDefault();
      document.getElementById("arith")?.removeAttribute("data-open");
      document.querySelector<HTMLElement>(".task[data-open] [data-arith]")?.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const panel = document.getElementById("arith");
    if (event.key === "Escape" && panel?.hasAttribute("data-open")) {
      panel.removeAttribute("data-open");
      document.querySelector<HTMLElement>(".task[data-open] [data-arith]")?.focus();
    }
  });
}

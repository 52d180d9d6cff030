// Short messages at the top right. They are read aloud and can be closed; errors stay until closed.
import { say } from "./words";

const STAY_MS = 6000;

/** Says something to the person. */
export function toast(text: string, level: "success" | "warning" | "error" = "success"): void {
  const stack = document.getElementById("toasts");
  if (!stack) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset["level"] = level;
  const mark = document.createElement("i");
  mark.className = "mark";
  mark.dataset["state"] = { success: "fine", warning: "soon", error: "overdue" }[level];
  const words = document.createElement("span");
  words.textContent = text;
  box.append(mark, words);
  stack.append(box);
  furnish(box);
}

/** Gives each toast a close button; those that report no trouble leave by themselves. */
export function furnishToasts(root: ParentNode = document): void {
  root.querySelectorAll<HTMLElement>(".toasts .toast:not([data-ready])").forEach(furnish);
}

function furnish(box: HTMLElement): void {
  box.dataset["ready"] = "";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast__close";
  close.setAttribute("aria-label", say("关闭"));
  close.textContent = "×";
  close.addEventListener("click", () => box.remove());
  box.append(close);
  const level = box.dataset["level"];
  if (level === "error" || level === "warning") return;
  if (box.closest(".toasts--static")) return;
  let timer = window.setTimeout(() => box.remove(), STAY_MS);
  box.addEventListener("mouseenter", () => window.clearTimeout(timer));
  box.addEventListener("focusin", () => window.clearTimeout(timer));
  box.addEventListener("mouseleave", () => (timer = window.setTimeout(() => box.remove(), STAY_MS)));
}
